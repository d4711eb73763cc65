//! Judging one day of one person.

mod facts;
mod range;
mod reason;
mod reason_text;
mod result;

pub use facts::{DayPart, Gap, GapCause, PersonFacts, StatusFact};
pub use range::DayTimeRange;
pub use reason::{Reason, Side};
pub use result::{DayCode, DayResult, IgnoredPunch, PlannedDay, ShiftResult};
