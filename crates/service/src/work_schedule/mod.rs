//! Which unit and which person follows which schedule since when, and the group of a person in a repeating roster.
//!
//! All three are dated facts: a new one is added, an old one is never changed.

mod assign;

pub use assign::{Assignment, Whose, assign, set_group};

use domain::{dated::Timeline, ids::UnitId};
use jiff::civil::Date;

use crate::reference::Reference;

/// What a unit follows on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// Code of the schedule.
    pub code: String,
    /// Since when.
    pub since: Date,
    /// The unit it was assigned to: itself or one above.
    pub from_unit: UnitId,
}

/// The schedule that a unit follows on `day`; `None` where nothing was ever assigned to it or above it.
pub fn followed(reference: &Reference, unit: UnitId, day: Date) -> Option<Followed> {
    reference.units.path(unit).into_iter().find_map(|at| {
        let assigned: Timeline<String> = reference.assigned_schedules(at);
        let code = assigned.on(day)?.clone();
        Some(Followed { code, since: assigned.since(day)?, from_unit: at })
    })
}
