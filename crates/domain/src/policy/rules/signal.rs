//! What a rule looks at.

use super::{measure::MeasureId, pattern::Pattern};
use crate::policy::result::Unit;

/// Something that can be seen on a day, or a measure of the month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signal {
    /// Minutes late at the start.
    Late,
    /// Minutes left too early.
    Early,
    /// Minutes late back from rest.
    BreakLate,
    /// Late and early minutes of the day together.
    LateEarly,
    /// A check-out without a check-in.
    MissingIn,
    /// A check-in without a check-out.
    MissingOut,
    /// Rest is checked and the punch on coming back is missing.
    MissingBreak,
    /// Absent without notice (TK).
    Absent,
    /// Worked less than the half-day threshold.
    HalfDay,
    /// A day with a status (cuti, izin, sakit, …).
    Status,
    /// A status for part of the day.
    PartialStatus,
    /// A day on which the person came.
    Present,
    /// Minutes worked less than required, on a day with both punches.
    Shortage,
    /// Minutes worked, on a day with both punches.
    Worked,
    /// An obligation of this kind was missed.
    Event(Pattern),
    /// Once a month, when the conditions hold.
    Month,
    /// A measure of the month.
    Measure(MeasureId),
}

/// The names of the signals of a day and of the month, without events and measures.
pub const NAMES: [(&str, Signal); 15] = [
    ("late", Signal::Late),
    ("early", Signal::Early),
    ("break_late", Signal::BreakLate),
    ("late_early", Signal::LateEarly),
    ("missing_in", Signal::MissingIn),
    ("missing_out", Signal::MissingOut),
    ("missing_break", Signal::MissingBreak),
    ("absent", Signal::Absent),
    ("half_day", Signal::HalfDay),
    ("status", Signal::Status),
    ("partial_status", Signal::PartialStatus),
    ("present", Signal::Present),
    ("shortage", Signal::Shortage),
    ("worked", Signal::Worked),
    ("month", Signal::Month),
];

impl Signal {
    /// A signal of a day (or event) by its name.
    pub fn parse(name: &str) -> Option<Signal> {
        if let Some(kind) = name.strip_prefix("event:") {
            return (!kind.is_empty()).then(|| Signal::Event(Pattern::parse(kind)));
        }
        NAMES.into_iter().find(|(own, _)| *own == name).map(|(_, signal)| signal)
    }

    /// Whether the quantity is minutes.
    pub fn is_minutes(&self) -> bool {
        matches!(
            self,
            Signal::Late
                | Signal::Early
                | Signal::BreakLate
                | Signal::LateEarly
                | Signal::Shortage
                | Signal::Worked
        )
    }

    /// Whether it belongs to a day rather than to the month.
    pub fn is_daily(&self) -> bool {
        !matches!(self, Signal::Month | Signal::Measure(_))
    }

    /// What its quantity counts (measures know their own unit).
    pub fn unit(&self) -> Unit {
        match self {
            _ if self.is_minutes() => Unit::Minutes,
            Signal::Absent | Signal::HalfDay | Signal::Status | Signal::PartialStatus | Signal::Present => {
                Unit::Days
            }
            _ => Unit::Times,
        }
    }
}
