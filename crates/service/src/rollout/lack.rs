//! What an OPD still lacks before it can take the next step.

use domain::{lang::Lang, org::Stage};

use super::tracker::OpdFacts;

/// Working days a trial must last.
pub const TRIAL_DAYS: usize = 10;
/// Of a hundred people, how many must have punched before cuts may apply.
pub const PUNCHED_PERCENT: usize = 95;
/// Of a hundred people, how many must have a PIN before a trial makes sense.
pub const PIN_PERCENT: usize = 95;

/// Something an OPD lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// Nobody is placed in it.
    NoPeople,
    /// People without a valid NIP or NI PPPK.
    Numbers(usize),
    /// People without a direct superior (the head of the OPD not counted).
    Superiors(usize),
    /// People for whom no schedule applies.
    Schedules(usize),
    /// People without a PIN on the terminals.
    Pins(usize),
    /// No approved terminal.
    NoTerminal,
    /// Terminals that wait for approval.
    TerminalsPending(usize),
    /// Approved terminals that have not been heard of for a day.
    TerminalsSilent(usize),
    /// The trial has not lasted long enough.
    TrialTooShort {
        /// Working days so far.
        days: usize,
        /// Working days wanted.
        wanted: usize,
    },
    /// Too few people have punched during the trial.
    FewPunched {
        /// People who have.
        have: usize,
        /// People in all.
        of: usize,
    },
    /// No month was closed during the trial, so its recap was never compared.
    NoTrialRecap,
}

impl Lack {
    /// What is missing, as a sentence with what to do.
    pub fn sentence(self, lang: Lang) -> String {
        let people = |n: usize, id: &str, en: &str| match lang {
            Lang::Id => format!("{n} pegawai {id}."),
            Lang::En if n == 1 => format!("1 person {en}."),
            Lang::En => format!("{n} people {}.", en.replacen("has ", "have ", 1)),
        };
        let fixed = |id: &str, en: &str| lang.pick(id, en).to_owned();
        match self {
            Lack::NoPeople => fixed(
                "Belum ada pegawai. Impor daftar pegawai OPD ini dari SIASN.",
                "No people yet. Import the list of this OPD from SIASN.",
            ),
            Lack::Numbers(n) => people(n, "belum punya NIP yang sah", "has no valid NIP"),
            Lack::Superiors(n) => people(n, "belum punya atasan langsung", "has no direct superior"),
            Lack::Schedules(n) => people(n, "belum punya jadwal", "has no schedule"),
            Lack::Pins(n) => people(n, "belum punya PIN mesin", "has no terminal PIN"),
            Lack::NoTerminal => {
                fixed("Belum ada mesin presensi yang disetujui.", "No attendance terminal is approved yet.")
            }
            Lack::TerminalsPending(n) => match lang {
                Lang::Id => format!("{n} mesin menunggu persetujuan."),
                Lang::En => format!("{n} terminal(s) wait for approval."),
            },
            Lack::TerminalsSilent(n) => match lang {
                Lang::Id => format!("{n} mesin tidak terdengar lebih dari 24 jam."),
                Lang::En => format!("{n} terminal(s) not heard of for more than 24 hours."),
            },
            Lack::TrialTooShort { days, wanted } => match lang {
                Lang::Id => format!("Uji coba baru {days} dari {wanted} hari kerja."),
                Lang::En => format!("The trial has lasted {days} of {wanted} working days."),
            },
            Lack::FewPunched { have, of } => match lang {
                Lang::Id => format!("Baru {have} dari {of} pegawai pernah presensi selama uji coba."),
                Lang::En => format!("Only {have} of {of} people have punched during the trial."),
            },
            Lack::NoTrialRecap => fixed(
                "Belum ada bulan yang pernah dikunci selama uji coba; kunci satu rekap dan bandingkan dengan rekap lama.",
                "No month was locked during the trial; lock one recap and compare it with the old one.",
            ),
        }
    }
}

/// What stands between an OPD in `stage` and the next one; in force, what has fallen apart again.
pub(super) fn lacks(facts: &OpdFacts, stage: Option<Stage>) -> Vec<Lack> {
    let mut lacks = Vec::new();
    if facts.people == 0 {
        lacks.push(Lack::NoPeople);
        return lacks;
    }
    // Somebody has to begin: entering data is what the first stage is for.
    if stage.is_none() {
        return lacks;
    }
    let missing = |have: usize| facts.people.saturating_sub(have);
    let counted = [
        (missing(facts.with_number), Lack::Numbers as fn(usize) -> Lack),
        (missing(facts.with_superior), Lack::Superiors),
        (missing(facts.with_schedule), Lack::Schedules),
    ];
    lacks.extend(counted.into_iter().filter(|(n, _)| *n > 0).map(|(n, lack)| lack(n)));
    if facts.with_pin * 100 < facts.people * PIN_PERCENT {
        lacks.push(Lack::Pins(missing(facts.with_pin)));
    }
    if facts.terminals == 0 {
        lacks.push(Lack::NoTerminal);
    }
    if facts.terminals_pending > 0 {
        lacks.push(Lack::TerminalsPending(facts.terminals_pending));
    }
    let silent = facts.terminals.saturating_sub(facts.terminals_seen);
    if silent > 0 {
        lacks.push(Lack::TerminalsSilent(silent));
    }
    if stage == Some(Stage::UjiCoba) {
        if facts.trial_days < TRIAL_DAYS {
            lacks.push(Lack::TrialTooShort { days: facts.trial_days, wanted: TRIAL_DAYS });
        }
        if facts.punched * 100 < facts.people * PUNCHED_PERCENT {
            lacks.push(Lack::FewPunched { have: facts.punched, of: facts.people });
        }
        if !facts.trial_recap {
            lacks.push(Lack::NoTrialRecap);
        }
    }
    lacks
}
