use domain::{lang::Lang, org::Stage, rights::Role};
use jiff::civil::date;
use service::day_counts::DayCounts;
use web::pages::{
    hari_ini::{DayFilter, DayRow, DayState, HariIniPage},
    layout::Section,
    rekap::{Mark, MarkTone, PageNumbers},
};

use super::{
    Screen, frame,
    people::{Dice, person},
    put, rekap,
};

pub fn add(out: &mut Vec<Screen>, lang: Lang) -> Result<(), askama::Error> {
    let page = page(lang);
    put(out, "hari-ini", &page)?;
    let before = HariIniPage {
        state: DayState::BeforeHours { opens: "06.00".into() },
        rows: vec![],
        counts: DayCounts { unknown: 61, ..DayCounts::default() },
        ..page.clone()
    };
    put(out, "hari-ini-pagi", &before)?;
    let holiday = HariIniPage {
        state: DayState::Holiday { name: lang.pick("Sabtu", "Saturday").into() },
        date: date(2026, 11, 21),
        stage: Stage::UjiCoba,
        unit: None,
        units: vec![rekap::opd()],
        rows: page.rows[..3].to_vec(),
        pages: PageNumbers { page: 2, of: 3, people: 3 },
        ..page.clone()
    };
    put(out, "hari-ini-libur", &holiday)?;
    put(out, "hari-ini-kosong", &HariIniPage { rows: vec![], filter: DayFilter::Absent, ..page })
}

fn page(lang: Lang) -> HariIniPage {
    HariIniPage {
        shell: frame::shell(lang, Role::AdminOpd, Section::HariIni),
        unit: Some(rekap::opd()),
        units: vec![],
        stage: Stage::Berlaku,
        date: date(2026, 11, 23),
        today: date(2026, 11, 23),
        state: DayState::Working,
        counts: DayCounts { due: 61, present: 54, late: 4, duty: 3, leave: 2, absent: 0, unknown: 2 },
        filter: DayFilter::All,
        search: String::new(),
        rows: (0..18).map(|n| row(lang, n)).collect(),
        pages: PageNumbers { page: 1, of: 1, people: 61 },
    }
}

fn row(lang: Lang, n: usize) -> DayRow {
    let mut dice = Dice::new(n as u64 + 40);
    let who = person(n);
    let late = 3 + dice.roll(40);
    let (check_in, mark, remark) = match n % 6 {
        1 => {
            let words = lang.pick("terlambat", "late by");
            (
                format!("07.{:02}", 30 + late % 30),
                Mark::fixed("TL", MarkTone::Late),
                format!("{words} {late}"),
            )
        }
        3 => (String::new(), Mark::fixed("DL", MarkTone::Duty), "SPT 800/214/2026".into()),
        4 if n > 8 => {
            let words = lang.pick("belum ada data", "no data yet");
            (String::new(), Mark::fixed("?", MarkTone::Open), words.into())
        }
        _ => (format!("07.{:02}", dice.roll(30)), Mark::fixed("•", MarkTone::Hadir), String::new()),
    };
    DayRow {
        number: n + 1,
        href: format!("/rekap/DISDIK/2026-11/{}/23", who.key),
        key: who.key,
        name: who.name,
        nip: who.nip,
        place: lang.pick("Pengelola Data", "Data officer").into(),
        check_in,
        check_out: String::new(),
        mark,
        remark,
    }
}
