use domain::{lang::Lang, org::Stage, rights::Role};
use jiff::civil::date;
use web::pages::{
    cakupan::{CakupanPage, RolloutRow, TahapForm, TahapPage},
    layout::Section,
};

use super::{Screen, frame, put};

pub fn add(out: &mut Vec<Screen>, lang: Lang) -> Result<(), askama::Error> {
    let shell = || frame::shell(lang, Role::Bkpsdm, Section::Cakupan);
    let page = CakupanPage { shell: shell(), units: units(), people: (4673, 7120) };
    put(out, "cakupan", &page)?;
    put(out, "cakupan-kosong", &CakupanPage { units: vec![], ..page })?;
    let stage = TahapPage {
        shell: shell(),
        unit: units().swap_remove(27),
        history: vec![
            (Stage::Pendataan, date(2026, 9, 1), "SE 800/101/2026".into()),
            (Stage::UjiCoba, date(2026, 11, 2), "SE 800/188/2026".into()),
        ],
        form: TahapForm {
            stage: Stage::Berlaku,
            from: "2026-12-01".into(),
            letter: String::new(),
            error: Some(
                lang.pick("Tanggal mulai harus awal bulan.", "The first day must begin a month.").into(),
            ),
        },
        may_change: true,
    };
    put(out, "cakupan-tahap", &stage)
}

fn units() -> Vec<RolloutRow> {
    let name = |n: usize| match n {
        0 => "Sekretariat Daerah".to_owned(),
        1 => "Dinas Pendidikan".to_owned(),
        2 => "Dinas Kesehatan".to_owned(),
        26 => "Satuan Polisi Pamong Praja".to_owned(),
        27 => "Dinas Perikanan".to_owned(),
        n => format!("Kecamatan Contoh {n}"),
    };
    (0..40)
        .map(|n| {
            let (stage, since, lacks) = match n {
                0..26 => (Some(Stage::Berlaku), Some(date(2026, 7, 1)), vec![]),
                26..32 => (
                    Some(Stage::UjiCoba),
                    Some(date(2026, 11, 2)),
                    vec![
                        "Uji coba baru 7 dari 10 hari kerja.".to_owned(),
                        "4 pegawai belum punya PIN mesin.".to_owned(),
                    ],
                ),
                32..37 => (
                    Some(Stage::Pendataan),
                    Some(date(2026, 11, 9)),
                    vec![
                        "Belum ada terminal yang disetujui.".to_owned(),
                        "21 pegawai belum punya jadwal.".to_owned(),
                    ],
                ),
                _ => (None, None, vec!["Belum ada pegawai.".to_owned()]),
            };
            RolloutRow {
                key: format!("opd-{n}"),
                name: name(n),
                stage,
                since,
                people: 40 + n as u32 * 7,
                lacks,
            }
        })
        .collect()
}
