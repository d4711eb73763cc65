use domain::{lang::Lang, month::Month, rights::Role};
use jiff::civil::date;
use web::pages::{
    jadwal::{
        AssignForm, DayChoice, HistoryLine, JadwalPage, PersonLine, PersonPage, PreviewPage, ProblemLine,
        ScheduleLine, UnitLine, UnitPage,
    },
    layout::Section,
    rekap::UnitLink,
};

use super::{Screen, frame, people::person, put};

pub fn add(out: &mut Vec<Screen>, lang: Lang) -> Result<(), askama::Error> {
    let shell = || frame::shell(lang, Role::Bkpsdm, Section::Jadwal);
    let month: Month = Month::of(date(2026, 11, 1));
    let schedules: Vec<ScheduleLine> = domain::schedule::builtin::codes()
        .filter_map(domain::schedule::builtin::get)
        .map(|s| ScheduleLine {
            roster: s.kind == domain::schedule::ScheduleKind::Roster,
            code: s.code,
            name: s.name,
            basis: s.legal_basis,
        })
        .collect();
    let unit = |code: &str, name: &str, schedule: Option<&str>, follows: Option<&str>| UnitLine {
        code: code.into(),
        name: name.into(),
        schedule: schedule.map(str::to_owned),
        since: schedule.map(|_| date(2026, 1, 1)),
        follows: follows.map(str::to_owned),
    };
    let list = JadwalPage {
        shell: shell(),
        month: month.to_string(),
        schedules: schedules.clone(),
        units: vec![
            unit("SETDA", "Sekretariat Daerah", Some("Lima hari kerja"), Some("Kabupaten Contoh")),
            unit("RSUD", "RSUD Kabupaten Contoh", Some("Rumah sakit 3 shift"), None),
            unit("SATPOLPP", "Satuan Polisi Pamong Praja", Some("Damkar 24/48"), None),
            unit("DISKAN", "Dinas Perikanan", None, None),
        ],
    };
    put(out, "jadwal", &list)?;
    put(out, "jadwal-kosong", &JadwalPage { units: vec![], ..list })?;
    let rsud = UnitLink { key: "RSUD".into(), name: "RSUD Kabupaten Contoh".into() };
    let cycle = ["P", "P", "S", "S", "M", "LJ", "L"];
    let assign = AssignForm { schedules, from: "2026-12-01".into(), ..AssignForm::default() };
    let page = UnitPage {
        shell: shell(),
        unit: rsud.clone(),
        month,
        follows: Some("Rumah sakit 3 shift".into()),
        history: vec![HistoryLine { what: "Rumah sakit 3 shift".into(), since: date(2026, 1, 1) }],
        people: (0..18)
            .map(|n| PersonLine {
                key: person(n).key,
                name: person(n).name,
                schedule: "Rumah sakit 3 shift".into(),
                codes: month.days().map(|d| cycle[(d.day() as usize + n) % 7].to_owned()).collect(),
            })
            .collect(),
        assign: Some(assign.clone()),
        may_import: true,
        import_error: None,
    };
    put(out, "jadwal-unit", &page)?;
    let refused = lang.pick("Judul kolom tidak ditemukan.", "No headings found.");
    put(out, "jadwal-unit-kosong", &UnitPage { people: vec![], import_error: Some(refused.into()), ..page })?;
    let codes: Vec<(String, String)> =
        [("P", "Pagi"), ("S", "Siang"), ("M", "Malam"), ("L", "Libur"), ("LJ", "Lepas jaga")]
            .map(|(c, n)| (c.to_owned(), n.to_owned()))
            .to_vec();
    let who = person(3);
    let one = PersonPage {
        shell: shell(),
        unit: rsud.clone(),
        month,
        key: who.key,
        name: who.name,
        nip: who.nip,
        schedule: "Damkar 24/48, Regu 2".into(),
        days: month
            .days()
            .map(|date| DayChoice {
                date,
                codes: codes.clone(),
                chosen: if date.day() % 5 == 0 { "M".into() } else { String::new() },
                otherwise: if date.day() % 3 == 0 { "D".into() } else { "L".into() },
            })
            .collect(),
        may_edit: true,
        error: Some(lang.pick("Kode sif X tidak ada.", "There is no shift X.").into()),
        history: vec![],
        assign: Some(assign),
        groups: Some((3, 2)),
        group_error: None,
        from: "2026-12-01".into(),
    };
    put(out, "jadwal-pegawai", &one)?;
    let preview = PreviewPage {
        shell: shell(),
        unit: rsud,
        month,
        file: "sif-november.xlsx".into(),
        counts: [2, 41, 19, 2],
        changes: vec![
            (person(1).name, "1: P, 2: P → M, 3: LJ".into()),
            (person(2).name, "1: M, 2: LJ, 3: L, 4: P, 5: P, 6: S, 7: S, 8: M, 9: LJ, 10: L".into()),
        ],
        problems: vec![
            ProblemLine {
                row: 7,
                value: "3: Q".into(),
                problem: lang
                    .pick("Kode sif ini tidak ada. Yang ada: P, S, M, L, LJ.", "No such shift.")
                    .into(),
            },
            ProblemLine {
                row: 9,
                value: "NIP: 1,98E+17".into(),
                problem: lang.pick("NIP tertulis sebagai bilangan ilmiah.", "The number lost digits.").into(),
            },
        ],
        table: "NIP;TANGGAL;SHIFT\n".into(),
    };
    put(out, "jadwal-impor", &preview)
}
