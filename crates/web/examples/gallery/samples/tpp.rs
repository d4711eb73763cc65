use domain::{
    lang::Lang,
    money::{Percent, Rupiah},
    month::Month,
    org::Stage,
    rights::Role,
};
use jiff::civil::date;
use rust_decimal::Decimal;
use web::pages::{
    layout::Section,
    rekap::{PageNumbers, PersonHead},
    tpp::{AfterLine, CutLine, ExplainPage, PartLine, PolicyBasis, TppHead, TppLine, TppPage, TppState},
};

use super::{
    Screen, frame,
    people::{Dice, person},
    put, rekap,
};

fn policy() -> PolicyBasis {
    PolicyBasis {
        key: "contoh-60-40".into(),
        name: "TPP 60/40 Kabupaten Contoh".into(),
        version: "2026-01".into(),
        basis: "Perbup 12/2026".into(),
    }
}

pub fn add(out: &mut Vec<Screen>, lang: Lang) -> Result<(), askama::Error> {
    let page = list(lang);
    put(out, "tpp", &page)?;
    let fixed = TppState::Final { at: "6 Desember 2026 10.05 WIB".into(), by: "Ahmad Fauzi".into() };
    put(out, "tpp-final", &TppPage { state: fixed, ..page.clone() })?;
    put(out, "tpp-tanpa-aturan", &TppPage { policy: None, stage: Stage::UjiCoba, ..page })?;
    put(out, "tpp-kenapa", &explain(lang))
}

fn list(lang: Lang) -> TppPage {
    let head = |id: &'static str, en: &'static str, formula: &str| TppHead {
        heading: lang.pick(id, en).into(),
        formula: formula.into(),
    };
    let rows: Vec<TppLine> = (0..14).map(|n| line(lang, n)).collect();
    TppPage {
        shell: frame::shell(lang, Role::Bkpsdm, Section::Tpp),
        unit: rekap::opd(),
        units: vec![rekap::opd()],
        month: Month::of(date(2026, 11, 1)),
        newest: Month::of(date(2026, 11, 1)),
        stage: Stage::Berlaku,
        state: TppState::Provisional,
        policy: Some(policy()),
        heads: vec![
            head("Besaran TPP", "TPP amount", "5"),
            head("Produktivitas 60 %", "Productivity 60 %", "6=5x60%"),
            head("Pot. kinerja", "Work cut", "7"),
            head("Disiplin 40 %", "Discipline 40 %", "8=5x40%"),
            head("Pot. presensi %", "Presence cut %", "9"),
            head("Pot. presensi Rp", "Presence cut Rp", "10=8x9"),
            head("TPP sebelum pajak", "TPP before tax", "11=6-7+8-10"),
        ],
        rows,
        sums: ["70.000.000", "42.000.000", "0", "28.000.000", "", "512.000", "69.488.000"]
            .map(Into::into)
            .to_vec(),
        search: String::new(),
        pages: PageNumbers { page: 1, of: 5, people: 61 },
    }
}

fn line(lang: Lang, n: usize) -> TppLine {
    let mut dice = Dice::new(n as u64 + 5);
    let who = person(n);
    let amount = Decimal::from(3_000_000 + 250_000 * dice.roll(14));
    let share = |percent: i64| Percent(Decimal::from(percent)).of(Rupiah(amount));
    let percent = Percent(Decimal::new(5 * i64::try_from(dice.roll(12)).unwrap_or(0), 1));
    let cut = percent.of(share(40));
    let plain = |r: Rupiah| domain::money::grouped(r.0);
    TppLine {
        number: n + 1,
        key: who.key,
        name: who.name,
        nip: who.nip,
        grade: who.grade.into(),
        position: lang.pick("Pengelola Data / 7", "Data officer / 7").into(),
        values: vec![
            plain(Rupiah(amount)),
            plain(share(60)),
            "0".into(),
            plain(share(40)),
            percent.to_string(),
            plain(cut),
            plain(Rupiah(amount - cut.0)),
        ],
    }
}

fn explain(lang: Lang) -> ExplainPage {
    let p = |id: &'static str, en: &'static str| lang.pick(id, en).to_owned();
    let who = person(2);
    let percent = |tenths: i64| Percent(Decimal::new(tenths, 1));
    let article = "Perbup 12/2026 Pasal 9 ayat (2)".to_owned();
    let cut = |day, what: String, minutes, rule: &str, pct: i64, amount: i64| CutLine {
        day: Some(date(2026, 11, day)),
        what,
        minutes,
        rule: rule.into(),
        article: article.clone(),
        percent: percent(pct),
        amount: Rupiah::whole(amount),
    };
    ExplainPage {
        shell: frame::shell(lang, Role::AdminOpd, Section::Tpp),
        unit: rekap::opd(),
        person: PersonHead {
            key: who.key,
            name: who.name,
            nip: who.nip,
            position: p("Pengelola Data, kelas 7", "Data officer, class 7"),
        },
        month: Month::of(date(2026, 11, 1)),
        state: TppState::Provisional,
        policy: policy(),
        amount: Rupiah::whole(5_000_000),
        parts: vec![
            PartLine {
                name: p("Disiplin kerja", "Discipline"),
                share: percent(400),
                amount: Rupiah::whole(2_000_000),
                cuts: vec![
                    cut(3, p("Terlambat", "Late"), Some(24), "TL1", 5, 10_000),
                    cut(10, p("Pulang sebelum waktu", "Left early"), Some(45), "PSW2", 10, 20_000),
                    cut(16, p("Tanpa keterangan", "Absent without notice"), None, "TK", 30, 60_000),
                ],
                cut_percent: percent(45),
                cut_amount: Rupiah::whole(90_000),
                rest: Rupiah::whole(1_910_000),
                notes: vec![],
            },
            PartLine {
                name: p("Produktivitas kerja", "Productivity"),
                share: percent(600),
                amount: Rupiah::whole(3_000_000),
                cuts: vec![],
                cut_percent: percent(0),
                cut_amount: Rupiah::ZERO,
                rest: Rupiah::whole(3_000_000),
                notes: vec![p(
                    "Laporan kinerja belum dipakai bulan ini.",
                    "Work reports are not used this month.",
                )],
            },
        ],
        after: vec![AfterLine {
            name: p("Pembulatan ke rupiah penuh", "Rounded to whole rupiah"),
            article: "Pasal 14".into(),
            amount: Rupiah::ZERO,
        }],
        pay: Rupiah::whole(4_910_000),
        not_cut: None,
    }
}
