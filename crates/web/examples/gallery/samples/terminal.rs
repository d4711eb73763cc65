use domain::{lang::Lang, rights::Role, zone::Zone};
use web::pages::{
    layout::{Flash, Section, Tone},
    terminal::{
        ApprovalForm, Choice, CommandLine, CommandState, EmployeeChoice, PendingTerminal, QuarantineLine,
        TerminalCommand, TerminalFacts, TerminalListPage, TerminalPage, TerminalRow, UnmappedPin,
    },
};

use super::{Screen, frame, put};

pub fn add(out: &mut Vec<Screen>, lang: Lang) -> Result<(), askama::Error> {
    let page = list(lang);
    put(out, "terminal", &page)?;
    put(out, "terminal-kosong", &TerminalListPage { terminals: vec![], pending: vec![], ..page })?;
    let one = detail(lang);
    put(out, "terminal-satu", &one)?;
    let calm = TerminalPage {
        shell: frame::shell(lang, Role::AdminOpd, Section::Terminal),
        alerts: vec![],
        unmapped: vec![],
        quarantine: vec![],
        commands: vec![],
        may_send: vec![],
        ..one
    };
    put(out, "terminal-satu-tenang", &calm)
}

fn choice(key: &str, label: &str) -> Choice {
    Choice { key: key.into(), label: label.into() }
}

fn list(lang: Lang) -> TerminalListPage {
    let p = |id: &'static str, en: &'static str| lang.pick(id, en).to_owned();
    let row =
        |name: &str, serial: &str, unit: &str, tone, drift: &str, backlog, unmapped, alerts| TerminalRow {
            key: serial.into(),
            name: name.into(),
            serial: serial.into(),
            unit: unit.into(),
            state: match tone {
                Tone::Good => p("Aktif", "Alive"),
                Tone::Bad => p("Diam", "Silent"),
                _ => p("Perlu diperiksa", "Check"),
            },
            tone,
            last_seen: if tone == Tone::Bad {
                p("hari ini 06.58", "today 06.58")
            } else {
                p("12 detik lalu", "12 seconds ago")
            },
            drift: drift.into(),
            backlog,
            unmapped,
            alerts,
        };
    TerminalListPage {
        shell: frame::shell(lang, Role::Sistem, Section::Terminal),
        terminals: vec![
            row("Pintu Utama", "CKJF210460077", "Dinas PUPR", Tone::Bad, "", None, 0, 1),
            row("Lobi", "CKJF210460021", "Dinas Pendidikan", Tone::Warn, "+94 s", Some(0), 3, 1),
            row("Aula", "CKJF210460022", "Dinas Pendidikan", Tone::Good, "+1 s", Some(0), 0, 0),
            row("Loket", "BOCK194961340", "Dinas Dukcapil", Tone::Good, "−2 s", Some(12), 0, 0),
        ],
        pending: vec![
            PendingTerminal {
                serial: "CKJF210460099".into(),
                model: "K14 Pro, Ver 8.0.4.3".into(),
                address: "10.20.4.18".into(),
                first_seen: "07.02".into(),
                waiting: 214,
                form: ApprovalForm { zone: Zone::Wib, ..ApprovalForm::default() },
            },
            PendingTerminal {
                serial: "CKJF210460100".into(),
                model: String::new(),
                address: "10.20.4.19".into(),
                first_seen: "07.05".into(),
                waiting: 0,
                form: ApprovalForm {
                    name: "Lobi".into(),
                    unit: "DISDIK".into(),
                    error: Some(p("Nama Lobi sudah dipakai di OPD ini.", "This OPD already has a Lobi.")),
                    ..ApprovalForm::default()
                },
            },
        ],
        units: vec![choice("DISDIK", "Dinas Pendidikan"), choice("DINKES", "Dinas Kesehatan")],
        groups: vec![choice("kantor", "Kantor Bupati"), choice("sekolah", "Sekolah")],
        may_approve: true,
    }
}

fn detail(lang: Lang) -> TerminalPage {
    let p = |id: &'static str, en: &'static str| lang.pick(id, en).to_owned();
    let siti = EmployeeChoice { nip: "198702022011012002".into(), name: "Siti Rahmawati, S.Pd.".into() };
    TerminalPage {
        shell: frame::shell(lang, Role::Sistem, Section::Terminal),
        key: "CKJF210460021".into(),
        name: "Lobi".into(),
        facts: TerminalFacts {
            serial: "CKJF210460021".into(),
            unit: "Dinas Pendidikan".into(),
            group: "Kantor Bupati".into(),
            zone: "WIB".into(),
            model: "K14 Pro, Ver 8.0.4.3".into(),
            address: "10.20.4.21".into(),
            last_seen: p("12 detik lalu", "12 seconds ago"),
            drift: p("+94 detik", "+94 seconds"),
            backlog: "0".into(),
            today: "57".into(),
            users: p("61 orang, 118 sidik jari", "61 people, 118 fingerprints"),
        },
        alerts: vec![Flash {
            tone: Tone::Warn,
            text: p(
                "Jam terminal lebih cepat 94 detik. Tekan Setel jam; presensi memakai waktu yang dibetulkan.",
                "The clock is 94 seconds fast. Press Set the clock; punches use the corrected time.",
            ),
        }],
        unmapped: vec![
            UnmappedPin {
                pin: "214".into(),
                name: "SITI R".into(),
                punches: 38,
                span: "2–23 Nov".into(),
                suggestion: Some(siti.clone()),
            },
            UnmappedPin {
                pin: "9001".into(),
                name: String::new(),
                punches: 2,
                span: "20 Nov".into(),
                suggestion: None,
            },
        ],
        quarantine: vec![QuarantineLine {
            at: "23 Nov 07.31.04".into(),
            raw: "17␉2099-01-01 00:00:00␉255␉1".into(),
            reason: p("waktu di masa depan", "a time in the future"),
        }],
        commands: vec![
            CommandLine {
                at: "23 Nov 07.40".into(),
                by: "Yoga Pratama".into(),
                command: p("Hubungi ulang dan setel jam", "Call again and set the clock"),
                state: CommandState::Waiting,
            },
            CommandLine {
                at: "22 Nov 16.12".into(),
                by: "Yoga Pratama".into(),
                command: p("Kirim presensi baru", "Send new punches"),
                state: CommandState::Done,
            },
            CommandLine {
                at: "22 Nov 16.10".into(),
                by: "Yoga Pratama".into(),
                command: p("Minta laporan keadaan", "Ask for a report"),
                state: CommandState::Failed { code: -1004 },
            },
        ],
        may_send: vec![
            TerminalCommand::SetClock,
            TerminalCommand::SendAll,
            TerminalCommand::Report,
            TerminalCommand::Restart,
        ],
        may_map: true,
        may_reopen: false,
        people: vec![siti],
    }
}
