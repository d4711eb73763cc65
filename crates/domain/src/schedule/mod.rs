//! Working hours as data: weekly hours, shifts, rosters and dated overlays such as Ramadan hours.
//!
//! The file format is documented in `docs/src/schedules.md`; [`builtin`] lists the schedules that ship with the program.

pub mod builtin;
mod check;
mod cycle;
mod day_time;
mod definition;
mod resolve;
mod roster;
mod rules;
mod shift;

pub use cycle::Cycle;
pub use day_time::DayTime;
pub use definition::{Overlay, Schedule, ScheduleKind};
pub use resolve::{DayPlan, FreeKind, PlannedShift};
pub use roster::Roster;
pub use rules::{DirectionUse, LateFrom, PairBy, PunchRule, Rules, Seconds};
pub use shift::{FreeCode, Rest, RestCheck, Shift, WeekdayName, Window};
