use domain::{lang::Lang, rights::Role};
use web::pages::{
    impor::{BadRow, ChangedField, ImporPage, ImportLine, ImportState, PreviewPage, PreviewRow, ResultPage},
    layout::{Flash, Section, Shell, Tone},
    terminal::Choice,
};

use super::{Screen, frame, people::person, put};

pub fn add(out: &mut Vec<Screen>, lang: Lang) -> Result<(), askama::Error> {
    let page = upload(lang);
    put(out, "impor", &page)?;
    let refused = ImporPage {
        people: 0,
        history: vec![],
        error: Some(
            lang.pick(
                "Berkas ini tidak punya kolom NIP. Pastikan baris judul ada di baris pertama.",
                "This file has no NIP column. Make sure that the headings are in the first row.",
            )
            .into(),
        ),
        ..page
    };
    put(out, "impor-ditolak", &refused)?;
    let preview = preview(lang);
    put(out, "impor-periksa", &preview)?;
    let nothing = PreviewPage {
        added: (0, vec![]),
        changed: (0, vec![]),
        left: (0, vec![]),
        bad: (0, vec![]),
        same: 1203,
        notes: (0, vec![]),
        new_units: vec![],
        unused: vec![],
        ..preview
    };
    put(out, "impor-tanpa-perubahan", &nothing)?;
    put(out, "impor-hasil", &result(lang))
}

fn choice(key: &str, label: &str) -> Choice {
    Choice { key: key.into(), label: label.into() }
}

fn shell(lang: Lang) -> Shell {
    Shell { freshness: None, ..frame::shell(lang, Role::Bkpsdm, Section::Pegawai) }
}

fn upload(lang: Lang) -> ImporPage {
    let line = |key: &str, at: &str, file: &str, counts, state| ImportLine {
        key: key.into(),
        at: at.into(),
        by: "Ahmad Fauzi".into(),
        file: file.into(),
        counts,
        state,
    };
    let flash = lang.pick("Impor siasn-oktober.xlsx dibatalkan.", "Import siasn-oktober.xlsx was undone.");
    ImporPage {
        shell: Shell { flash: Some(Flash { tone: Tone::Good, text: flash.into() }), ..shell(lang) },
        people: 1200,
        limit_mb: 32,
        error: None,
        from: "2026-11-23".into(),
        groups: vec![choice("kantor", "Kantor Bupati"), choice("sekolah", "Sekolah")],
        history: vec![
            line("c", "23 Nov 08.10", "siasn-november.xlsx", (3, 41, 2, 6), ImportState::Preview),
            line(
                "b",
                "2 Nov 09.00",
                "siasn-okt-2.xlsx",
                (0, 12, 0, 0),
                ImportState::Applied { may_undo: true },
            ),
            line("a", "1 Nov 16.20", "siasn-oktober.xlsx", (1200, 0, 0, 18), ImportState::Undone),
        ],
    }
}

fn result(lang: Lang) -> ResultPage {
    ResultPage {
        shell: shell(lang),
        import: ImportLine {
            key: "b".into(),
            at: "23 November 2026 08.10 WIB".into(),
            by: "Ahmad Fauzi".into(),
            file: "siasn-november.xlsx".into(),
            counts: (3, 41, 2, 6),
            state: ImportState::Applied { may_undo: true },
        },
        effective: domain::lang::plain_date(jiff::civil::date(2026, 11, 1), lang),
        same: 1154,
        units: 1,
        pins: 0,
    }
}

fn preview(lang: Lang) -> PreviewPage {
    let p = |id: &'static str, en: &'static str| lang.pick(id, en).to_owned();
    let row = |n: usize, changes| {
        let who = person(n);
        PreviewRow {
            line: n as u32 + 2,
            name: who.name,
            nip: who.nip,
            unit: "Dinas Pendidikan".into(),
            changes,
        }
    };
    let change = |field: String, before: &str, after: &str| ChangedField {
        field,
        before: before.into(),
        after: after.into(),
    };
    PreviewPage {
        shell: shell(lang),
        key: "c".into(),
        file: "siasn-november.xlsx".into(),
        read: 1206,
        same: 1154,
        added: (3, (0..3).map(|n| row(n, vec![])).collect()),
        changed: (
            41,
            vec![
                row(4, vec![change(p("Golongan", "Grade"), "III/b", "III/c")]),
                row(
                    5,
                    vec![
                        change(p("Jabatan", "Position"), "", "Kepala Seksi Kurikulum"),
                        change("OPD".to_owned(), "Dinas Kesehatan", "Dinas Pendidikan"),
                    ],
                ),
            ],
        ),
        left: (2, vec![row(7, vec![]), row(8, vec![])]),
        bad: (
            6,
            vec![
                BadRow {
                    line: 214,
                    value: "1,98702E+17".into(),
                    problem: p(
                        "NIP rusak oleh Excel. Ubah kolom NIP menjadi Teks, lalu isi ulang dari SIASN.",
                        "Excel damaged the NIP. Set the column to Text and fill it again from SIASN.",
                    ),
                },
                BadRow {
                    line: 377,
                    value: "19870202201101200".into(),
                    problem: p("NIP hanya 17 angka.", "The NIP has only 17 digits."),
                },
            ],
        ),
        notes: (
            1,
            vec![BadRow {
                line: 12,
                value: "198001012005011001".into(),
                problem: p("NIP ATASAN: atasan tidak ditemukan.", "NIP ATASAN: there is no such superior."),
            }],
        ),
        new_units: vec!["Sekretariat Daerah".into()],
        unused: vec!["NIK".into(), "AGAMA".into(), "NPWP".into()],
    }
}
