//! How far the month of an OPD is on its way, and what still stands in it.

use super::RekapTexts;

/// The state of a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MonthState {
    /// Being filled.
    Open,
    /// Locked by the OPD and sent.
    Locked {
        /// Version number, from 1.
        version: u32,
        /// Who locked it.
        by: String,
        /// When: `4 Desember 2026 15.40 WIB`.
        at: String,
    },
    /// Checked and accepted by BKPSDM.
    Verified {
        /// Version number.
        version: u32,
        /// Who verified it.
        by: String,
        /// When.
        at: String,
    },
    /// Opened again by BKPSDM.
    Reopened {
        /// The version that is being replaced.
        version: u32,
        /// Who opened it.
        by: String,
        /// When.
        at: String,
        /// Why.
        reason: String,
    },
    /// The month has not begun.
    Future,
}

impl MonthState {
    /// Whether facts of the month may still be changed by the OPD.
    pub fn is_open(&self) -> bool {
        matches!(self, MonthState::Open | MonthState::Reopened { .. })
    }
}

/// What the person who looks may do with the month now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SheetActions {
    /// Lock and send to BKPSDM.
    pub lock: bool,
    /// Accept a locked month.
    pub verify: bool,
    /// Open a locked month again, with a reason.
    pub reopen: bool,
}

/// Something that keeps a month from being locked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What it is.
    pub kind: ProblemKind,
    /// Whether it prevents the lock.
    pub blocks: bool,
    /// How often it occurs.
    pub count: usize,
    /// The way on.
    pub remedy: String,
    /// Where to mend it; the first ones only.
    pub links: Vec<ProblemLink>,
}

/// A place where a problem can be mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemLink {
    /// `Siti Rahmawati, 16 Nov`.
    pub label: String,
    /// Address.
    pub href: String,
}

/// The kinds of problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    /// Days without notice that nobody has confirmed or explained.
    AbsentUnexplained,
    /// Days with only one punch.
    MissingPunch,
    /// People without a schedule.
    NoSchedule,
    /// People whose PIN on the terminal is not connected.
    UnmappedPin,
    /// Terminals that have not yet sent everything.
    TerminalSilent,
    /// Figures that the policy needs and nobody gave.
    MissingInput,
    /// No TPP policy holds in the month.
    NoPolicy,
    /// People whom no policy covers.
    NotCovered,
    /// People whose kind of employment is not known.
    NoKind,
    /// People without a TPP amount.
    NoAmount,
    /// Days of the month that are not over.
    DaysLeft,
}

impl Problem {
    /// The sentence of the panel.
    pub fn text(&self, t: &RekapTexts) -> String {
        let n = self.count;
        let text = match self.kind {
            ProblemKind::AbsentUnexplained => t.problem_absent(n),
            ProblemKind::MissingPunch => t.problem_missing(n),
            ProblemKind::NoSchedule => t.problem_schedule(n),
            ProblemKind::UnmappedPin => t.problem_pin(n),
            ProblemKind::TerminalSilent => t.problem_terminal(n),
            ProblemKind::MissingInput => t.problem_input(n),
            ProblemKind::NoPolicy => t.problem_policy().to_owned(),
            ProblemKind::NotCovered => t.problem_covered(n),
            ProblemKind::NoKind => t.problem_kind(n),
            ProblemKind::NoAmount => t.problem_amount(n),
            ProblemKind::DaysLeft => t.problem_days(n),
        };
        if self.blocks { text } else { t.problem_may_stay(text) }
    }
}
