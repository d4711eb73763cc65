//! Judging one day of one person.

mod assign;
mod combine;
mod facts;
mod free_run;
mod judge;
mod measure;
mod pairs;
mod pick;
mod range;
mod reason;
mod reason_text;
mod result;
mod slot;

pub use facts::{DayPart, Gap, GapCause, PersonFacts, StatusFact};
pub use judge::{judge_day, judge_month, judge_range};
pub use range::DayTimeRange;
pub use reason::{Reason, Side};
pub use result::{DayCode, DayResult, IgnoredPunch, PlannedDay, ShiftResult};
