use domain::{
    lang::Lang,
    money::{Percent, Rupiah},
    month::Month,
    org::Stage,
    rights::Role,
};
use jiff::civil::{Weekday, date};
use web::pages::{
    layout::Section,
    rekap::{
        Cell, DayHead, DayPage, Effect, HistoryEntry, Mark, MarkTone, MonthState, PageNumbers, PersonHead,
        PlanLine, Problem, ProblemKind, ProblemLink, PunchLine, PunchUse, RekapPage, RekapRow, SheetActions,
        SheetView, StatusChoice, StatusForm, Totals, UnitLink,
    },
};

use super::{
    Screen, frame,
    people::{Dice, person},
    put,
};

pub fn opd() -> UnitLink {
    UnitLink { key: "DISDIK".into(), name: "Dinas Pendidikan".into() }
}

fn november() -> Month {
    Month::of(date(2026, 11, 1))
}

fn cell(dice: &mut Dice, free: bool) -> Cell {
    use MarkTone::{Absent, Duty, Free, Hadir, Late, Leave};
    if free {
        return Cell { mark: Mark::fixed("", Free), link: false, corrected: false };
    }
    let (text, tone) = match dice.roll(60) {
        0..=3 => ("TL", Late),
        4 => ("PSW", Late),
        5 => ("TLP", Late),
        6 => ("TAP", Late),
        7 => ("TAM", Late),
        8 => ("TK", Absent),
        9..=10 => ("DL", Duty),
        11 => ("CT", Leave),
        12 => ("S", Leave),
        13 => ("I", Leave),
        14 => ("DIK", Duty),
        _ => ("•", Hadir),
    };
    let corrected = tone != Hadir && dice.roll(5) == 0;
    Cell { mark: Mark::fixed(text, tone), link: true, corrected }
}

/// The rows of `people` invented persons for a month.
pub fn rows(month: Month, people: usize) -> Vec<RekapRow> {
    (0..people)
        .map(|n| {
            let mut dice = Dice::new(1000 + n as u64);
            let who = person(n);
            let cells: Vec<Cell> = month
                .days()
                .map(|d| cell(&mut dice, matches!(d.weekday(), Weekday::Saturday | Weekday::Sunday)))
                .collect();
            let count = |code: &str| cells.iter().filter(|c| c.mark.text == code).count() as u32;
            let due = cells.iter().filter(|c| c.link).count() as u32;
            let late = count("TL") + count("TLP");
            let (absent, early) = (count("TK"), count("PSW") + count("TLP"));
            let away = count("S") + count("I") + count("CT") + count("DL") + count("DIK") + absent;
            let cut = u32::from(late > 0) * late * 5 + absent * 30 + early * 5;
            let totals = Totals {
                due,
                present: due - away,
                sick: count("S"),
                permission: count("I"),
                leave: count("CT"),
                duty: count("DL"),
                study: 0,
                other: count("DIK"),
                absent,
                late,
                late_minutes: i64::from(late) * 17,
                early,
                missing: count("TAM") + count("TAP"),
                cut: Percent(rust_decimal::Decimal::new(i64::from(cut), 1)),
            };
            RekapRow {
                number: n + 1,
                key: who.key,
                name: who.name,
                nip: who.nip,
                grade: who.grade.into(),
                cells,
                totals,
            }
        })
        .collect()
}

/// The sheet of a month with so many people.
pub fn sheet(lang: Lang, month: Month, people: usize) -> RekapPage {
    let link = |label: &str| ProblemLink { label: label.into(), href: format!("{}/16", person(3).key) };
    RekapPage {
        shell: frame::shell(lang, Role::AdminOpd, Section::Rekap),
        unit: opd(),
        units: vec![],
        month,
        newest: november(),
        stage: Stage::Berlaku,
        state: MonthState::Open,
        actions: SheetActions::default(),
        problems: vec![
            Problem {
                kind: ProblemKind::AbsentUnexplained,
                blocks: true,
                count: 7,
                remedy: "Buka harinya, catat surat atau nyatakan benar tanpa keterangan.".into(),
                links: vec![
                    link("Dewi Lestari, 16 Nov"),
                    link("Joko Siregar, 18 Nov"),
                    link("Fitri Utami, 19 Nov"),
                ],
            },
            Problem {
                kind: ProblemKind::MissingPunch,
                blocks: false,
                count: 2,
                remedy: "Boleh dibiarkan: dipotong menurut aturannya.".into(),
                links: vec![link("Eko Wibowo, 4 Nov"), link("Indra Hakim, 12 Nov")],
            },
            Problem {
                kind: ProblemKind::UnmappedPin,
                blocks: true,
                count: 1,
                remedy: "Hubungkan PIN di halaman Terminal.".into(),
                links: vec![ProblemLink {
                    label: "Terminal Lobi, PIN 214".into(),
                    href: "/terminal/lobi".into(),
                }],
            },
        ],
        view: SheetView::Matrix,
        search: String::new(),
        days: month.days().map(|d| DayHead { date: d, holiday: None }).collect(),
        rows: rows(month, people),
        pages: PageNumbers { page: 1, of: 1, people },
    }
}

pub fn add(out: &mut Vec<Screen>, lang: Lang) -> Result<(), askama::Error> {
    let open = sheet(lang, november(), 24);
    put(out, "rekap", &open)?;
    put(out, "rekap-daftar", &RekapPage { view: SheetView::List, ..open.clone() })?;
    let ready = RekapPage {
        problems: vec![],
        stage: Stage::UjiCoba,
        actions: SheetActions { lock: true, ..SheetActions::default() },
        pages: PageNumbers { page: 1, of: 3, people: 261 },
        ..sheet(lang, november(), 6)
    };
    put(out, "rekap-siap", &ready)?;
    let (by, at) = ("Siti Rahmawati".to_owned(), "4 Desember 2026 15.40 WIB".to_owned());
    let locked = RekapPage {
        shell: frame::shell(lang, Role::Bkpsdm, Section::Rekap),
        units: vec![opd(), UnitLink { key: "DINKES".into(), name: "Dinas Kesehatan".into() }],
        state: MonthState::Locked { version: 2, by: by.clone(), at: at.clone() },
        actions: SheetActions { verify: true, reopen: true, lock: false },
        stage: Stage::Berlaku,
        ..ready.clone()
    };
    put(out, "rekap-dikunci", &locked)?;
    let verified = RekapPage {
        state: MonthState::Verified { version: 2, by: "Ahmad Fauzi".into(), at: at.clone() },
        actions: SheetActions { reopen: true, ..SheetActions::default() },
        ..locked.clone()
    };
    put(out, "rekap-diverifikasi", &verified)?;
    let reason =
        lang.pick("Surat tugas susulan Nomor 800/214/2026.", "Letter of duty 800/214/2026 came late.");
    let reopened = RekapPage {
        state: MonthState::Reopened { version: 2, by, at, reason: reason.into() },
        actions: SheetActions::default(),
        ..locked
    };
    put(out, "rekap-dibuka", &reopened)?;
    let future = RekapPage {
        month: november().next(),
        state: MonthState::Future,
        actions: SheetActions::default(),
        rows: vec![],
        ..ready.clone()
    };
    put(out, "rekap-belum-mulai", &future)?;
    put(out, "rekap-kosong", &RekapPage { rows: vec![], search: "zzz".into(), ..ready })?;
    put(out, "hari", &day(lang))?;
    let free = DayPage {
        mark: Mark::fixed("", MarkTone::Free),
        headline: lang.pick("Hari libur.", "A free day.").into(),
        plan: vec![],
        punches: vec![],
        effects: vec![],
        history: vec![],
        form: None,
        closed: Some(lang.pick("Bulan ini sudah dikunci 4 Desember.", "Locked on 4 December.").into()),
        ..day(lang)
    };
    put(out, "hari-libur", &free)
}

fn day(lang: Lang) -> DayPage {
    let who = person(2);
    let p = |id: &'static str, en: &'static str| lang.pick(id, en).to_owned();
    let lobby = "Terminal Lobi (CKJF210460021)".to_owned();
    DayPage {
        shell: frame::shell(lang, Role::AdminOpd, Section::Rekap),
        unit: opd(),
        person: PersonHead {
            key: who.key,
            name: who.name,
            nip: who.nip,
            position: p("Pengelola Data, Bidang SD", "Data officer, primary schools"),
        },
        date: date(2026, 11, 3),
        mark: Mark::fixed("TL", MarkTone::Late),
        headline: p("Hadir, terlambat 24 menit.", "Present, 24 minutes late."),
        plan: vec![
            PlanLine { label: p("Jam kerja", "Hours"), value: "07.30 – 16.00 WIB".into() },
            PlanLine { label: p("Tepat waktu sampai", "On time until"), value: "07.30".into() },
            PlanLine { label: p("Presensi diterima", "Punches accepted"), value: "06.00 – 18.00".into() },
            PlanLine { label: p("Jadwal", "Schedule"), value: p("REG · 5 hari kerja", "REG · 5-day week") },
        ],
        punches: vec![
            PunchLine {
                time: "07.54.12".into(),
                source: lobby.clone(),
                used: PunchUse::In,
                receipt: receipt(),
            },
            PunchLine {
                time: "07.54.16".into(),
                source: lobby.clone(),
                used: PunchUse::Ignored { reason: p("ulangan dalam 1 menit", "repeated within a minute") },
                receipt: receipt(),
            },
            PunchLine { time: "16.03.41".into(), source: lobby, used: PunchUse::Out, receipt: receipt() },
        ],
        reasons: vec![
            p(
                "Presensi pertama 07.54 dihitung sebagai masuk.",
                "The first punch, 07.54, counts as check-in.",
            ),
            p("Batas tepat waktu 07.30, terlambat 24 menit.", "On time until 07.30: 24 minutes late."),
        ],
        effects: vec![Effect {
            rule: p("TL1: terlambat 1–30 menit", "TL1: 1–30 minutes late"),
            article: p("Perbup 12/2026 Pasal 9 ayat (2)", "Perbup 12/2026 art. 9 (2)"),
            percent: Percent(rust_decimal::Decimal::new(5, 1)),
            basis: p("bagian disiplin", "the discipline part"),
            amount: Some(Rupiah::whole(10_000)),
        }],
        not_cut: None,
        revoke_error: None,
        history: vec![HistoryEntry {
            at: p("4 November 2026 09.12", "4 November 2026 09.12"),
            by: "Siti Rahmawati".into(),
            what: p("TK menjadi hadir", "Absent became present"),
            why: p(
                "Data terminal terlambat masuk, BA 12/XI/2026",
                "Terminal data came late, record 12/XI/2026",
            ),
            receipt: receipt(),
            revocable: Some("0199".into()),
        }],
        form: Some(StatusForm {
            choices: domain::status::dictionary()
                .iter()
                .map(|m| StatusChoice { code: m.code.into(), label: lang.pick(m.id, m.en).into() })
                .collect(),
            code: "DL".into(),
            from: "2026-11-03".into(),
            until: "2026-11-03".into(),
            errors: vec![(
                "surat".into(),
                p("Nomor surat wajib diisi untuk dinas luar.", "Duty needs a document number."),
            )],
            ..StatusForm::default()
        }),
        closed: None,
    }
}

/// Address of a receipt.
fn receipt() -> String {
    "/bukti/019a0000000070008000000000000001".into()
}
