use domain::{lang::Lang, month::Month, org::Stage, rights::Role};
use jiff::civil::date;
use service::{day_counts::DayCounts, home::TypedReasons};
use web::pages::{
    beranda::{
        AdminOpdHome, Alert, AuditorHome, BkpsdmHome, ChangeLine, PimpinanHome, Pipeline, PipelineStep,
        SistemHome, Task, TaskKind, UnitMonth, UnitRate,
    },
    layout::{Section, Tone},
};

use super::{Screen, frame, put};

pub fn add(out: &mut Vec<Screen>, lang: Lang) -> Result<(), askama::Error> {
    let counts = DayCounts { due: 61, present: 54, late: 4, duty: 3, leave: 2, absent: 0, unknown: 2 };
    let task = |kind, count, href: &str| Task { kind, count, href: href.into() };
    let clerk = AdminOpdHome {
        shell: frame::shell(lang, Role::AdminOpd, Section::Beranda),
        unit: "Dinas Pendidikan".into(),
        stage: Stage::Berlaku,
        today: date(2026, 11, 23),
        counts: Some(counts),
        tasks: vec![
            task(TaskKind::AbsentUnexplained, 7, "/rekap"),
            task(TaskKind::MissingPunch, 12, "/rekap"),
            task(TaskKind::UnmappedPin, 1, "/terminal"),
            task(TaskKind::NoSchedule, 0, "/rekap"),
            task(TaskKind::TerminalSilent, 1, "/terminal"),
        ],
        month: Month::of(date(2026, 11, 1)),
        lock_by: date(2026, 12, 5),
        days_left: 12,
    };
    put(out, "beranda-admin", &clerk)?;
    let idle = AdminOpdHome { counts: None, tasks: vec![], stage: Stage::UjiCoba, days_left: -2, ..clerk };
    put(out, "beranda-admin-libur", &idle)?;
    put(out, "beranda-bkpsdm", &agency(lang))?;
    let leader = leader(lang);
    put(out, "beranda-pimpinan", &leader)?;
    let early = PimpinanHome { counts: None, alerts: vec![], units: vec![], with_data: (0, 26), ..leader };
    put(out, "beranda-pimpinan-pagi", &early)?;
    put(out, "beranda-auditor", &auditor(lang))?;
    put(out, "beranda-sistem", &operator(lang))
}

fn agency(lang: Lang) -> BkpsdmHome {
    let unit = |name: &str, step, since: &str, late| UnitMonth {
        key: name.replace(' ', "-"),
        name: name.into(),
        step,
        since: since.into(),
        late,
    };
    let deadline = lang.pick("batas 5 Desember", "due 5 December");
    BkpsdmHome {
        shell: frame::shell(lang, Role::Bkpsdm, Section::Beranda),
        month: Month::of(date(2026, 11, 1)),
        pipeline: Pipeline { open: 9, locked: 5, verified: 12 },
        units: vec![
            unit("Dinas Pekerjaan Umum", PipelineStep::Open, deadline, true),
            unit("Kecamatan Air Putih", PipelineStep::Open, deadline, true),
            unit("Dinas Pendidikan", PipelineStep::Locked, "4 Des 15.40", false),
            unit("Dinas Kesehatan", PipelineStep::Locked, "3 Des 09.12", false),
            unit("Inspektorat", PipelineStep::Verified, "3 Des 10.02", false),
            unit("Sekretariat Daerah", PipelineStep::Verified, "2 Des 08.30", false),
        ],
        in_force: (26, 40),
        pending_terminals: 2,
        tpp_ready: true,
    }
}

fn leader(lang: Lang) -> PimpinanHome {
    let p = |id: &'static str, en: &'static str| lang.pick(id, en).to_owned();
    let unit = |name: &str, due, present, absent, unknown| UnitRate {
        key: name.replace(' ', "-"),
        name: name.into(),
        counts: (due > 0).then_some(DayCounts { due, present, absent, unknown, ..DayCounts::default() }),
    };
    PimpinanHome {
        shell: frame::shell(lang, Role::Pimpinan, Section::Beranda),
        today: date(2026, 11, 23),
        counts: Some(DayCounts {
            due: 4673,
            present: 4318,
            late: 210,
            duty: 127,
            leave: 96,
            absent: 18,
            unknown: 114,
        }),
        yesterday: Some("93,1".into()),
        first_data: Some("07.00".into()),
        alerts: vec![
            Alert {
                tone: Tone::Warn,
                title: p("3 kepala OPD belum hadir.", "3 heads of OPDs are not in."),
                text: "PUPR, Perikanan, Kec. Air Putih.".into(),
            },
            Alert {
                tone: Tone::Bad,
                title: p("2 OPD tanpa data sejak 07.00.", "2 OPDs without data since 07.00."),
                text: p("Terminal tidak mengirim. Bukan tidak hadir.", "Terminals are silent. Not absent."),
            },
        ],
        units: vec![
            unit("Dinas PUPR", 132, 98, 17, 17),
            unit("Kecamatan Air Putih", 39, 31, 5, 3),
            unit("Satpol PP", 162, 143, 9, 10),
            unit("Dinas Pendidikan", 2088, 1904, 0, 61),
            unit("RSUD", 429, 412, 8, 9),
            unit("Dinas Perikanan", 0, 0, 0, 0),
        ],
        with_data: (24, 26),
    }
}

fn auditor(lang: Lang) -> AuditorHome {
    let p = |id: &'static str, en: &'static str| lang.pick(id, en).to_owned();
    AuditorHome {
        shell: frame::shell(lang, Role::Auditor, Section::Beranda),
        scope: p("Seluruh OPD, akses sampai 31 Desember 2026", "All OPDs, access until 31 December 2026"),
        changes: vec![
            ChangeLine {
                at: "23 Nov 09.12".into(),
                by: "Siti Rahmawati (Dinas Pendidikan)".into(),
                subject: "Gunawan Utami, 16 Nov".into(),
                what: p("TK menjadi DL", "TK became DL"),
                why: "SPT 800/214/2026".into(),
            },
            ChangeLine {
                at: "22 Nov 14.40".into(),
                by: "Ahmad Fauzi (BKPSDM)".into(),
                subject: "Dinas Kesehatan, Oktober 2026".into(),
                what: p("Rekap dibuka kembali", "Sheet opened again"),
                why: p("Surat dokter susulan", "Doctor's letter came late"),
            },
        ],
        typed: vec![
            TypedReasons { name: "Siti Rahmawati".into(), days: 31, without_document: 4 },
            TypedReasons { name: "Joko Siregar".into(), days: 12, without_document: 0 },
        ],
    }
}

fn operator(lang: Lang) -> SistemHome {
    let shell = frame::shell(lang, Role::Sistem, Section::Beranda);
    SistemHome { shell, alive: (24, 26), pending: 2, quarantine: 3 }
}
