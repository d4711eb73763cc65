//! Judging one day of one person.

mod result;

pub use result::{DayCode, DayResult, IgnoredPunch, PlannedDay, Reason};
