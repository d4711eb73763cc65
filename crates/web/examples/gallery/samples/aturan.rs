use domain::{lang::Lang, rights::Role};
use jiff::civil::date;
use web::pages::{
    aturan::{AturanPage, PolicyPage, PolicyProblem, PolicyRow, PolicyState},
    layout::{Section, Shell},
};

use super::{Screen, frame, put};

const SOURCE: &str = r#"name = "TPP 60/40 Kabupaten Contoh"
basis = "Perbup 12/2026"
valid_from = 2026-01-01

[[part]]
name = "Disiplin kerja"
share = 40

[[part.band]]
code = "TL1"
on = "late"
from = 1
to = 31
percent = 0.5

[[part.band]]
code = "TL2"
on = "late"
from = 31
to = 60
percent = 1
"#;

fn row(key: &str, name: &str, basis: &str, state: PolicyState) -> PolicyRow {
    PolicyRow { key: key.into(), name: name.into(), version: "2026-01".into(), basis: basis.into(), state }
}

pub fn add(out: &mut Vec<Screen>, lang: Lang) -> Result<(), askama::Error> {
    let p = |id: &'static str, en: &'static str| lang.pick(id, en).to_owned();
    let shell = || Shell { freshness: None, ..frame::shell(lang, Role::Bkpsdm, Section::Aturan) };
    let list = AturanPage {
        shell: shell(),
        policies: vec![
            row(
                "contoh-60-40",
                "TPP 60/40 Kabupaten Contoh",
                "Perbup 12/2026",
                PolicyState::Active { since: date(2026, 1, 1) },
            ),
            row("contoh-2027", "TPP 2027", "Perbup 3/2027", PolicyState::Planned { from: date(2027, 1, 1) }),
            row("lama", "TPP 2025", "Perbup 40/2024", PolicyState::Ended { until: date(2025, 12, 31) }),
            row("tanggamus-2017", "Tanggamus 2017", "Perbup 2017", PolicyState::Draft),
        ],
        may_manage: true,
    };
    put(out, "aturan", &list)?;
    put(out, "aturan-kosong", &AturanPage { policies: vec![], ..list.clone() })?;
    let draft = row("contoh-60-40", "TPP 60/40 Kabupaten Contoh", "Perbup 12/2026", PolicyState::Draft);
    let good = PolicyPage {
        shell: shell(),
        policy: Some(draft),
        problems: vec![],
        says: vec![
            (
                p("Terlambat 1–30 menit: 0,5 % dari bagian disiplin.", "1–30 minutes late: 0.5 %."),
                "Pasal 9 (2) a".into(),
            ),
            (p("Tanpa keterangan: 3 % per hari.", "Absent without notice: 3 % a day."), "Pasal 9 (4)".into()),
        ],
        source: SOURCE.into(),
        activate_from: Some("2026-12-01".into()),
    };
    put(out, "aturan-siap", &good)?;
    let bad = PolicyPage {
        policy: None,
        problems: vec![PolicyProblem {
            line: 19,
            problem: p("TL1 dan TL2 tumpang tindih pada menit 31.", "TL1 and TL2 overlap at minute 31."),
            remedy: p("Ubah \"to\" pada TL1 menjadi 30.", "Set \"to\" of TL1 to 30."),
        }],
        says: vec![],
        activate_from: None,
        ..good
    };
    put(out, "aturan-salah", &bad)
}
