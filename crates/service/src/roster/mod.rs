//! Rosters: the shift of each person on each day, edited by month or imported from a table.

mod edit;
pub mod import;
mod month;
mod table;
#[cfg(test)]
mod tests;

pub use edit::{NewShifts, save};
pub use month::{PersonMonth, RosterMonth, load};

use std::sync::Arc;

use domain::{
    dated::Timeline,
    ids::UnitId,
    schedule::{FreeCode, Schedule},
};
use store::employee::{Person, names};

use crate::reference::Reference;

/// The schedules of a person since when, as the judge sees them.
pub(crate) fn schedules_of(reference: &Reference, person: &Person) -> Timeline<Arc<Schedule>> {
    let texts = |name| person.attributes.get(name).cloned().unwrap_or_default();
    let units = texts(names::UNIT);
    let units = units.entries().iter().map(|(day, v)| (*day, v.as_deref().and_then(UnitId::parse)));
    reference.schedule_of(&Timeline::new(units), &texts(names::SCHEDULE))
}

/// A code as the schedule writes it: its own shift, or `L` and `LJ` for free days; `None` if it knows no such code.
pub fn known_code(schedule: &Schedule, typed: &str) -> Option<String> {
    let typed = typed.trim();
    let own = schedule.shifts.iter().find(|s| s.code.eq_ignore_ascii_case(typed));
    match (own, schedule.free_code(typed)) {
        (Some(shift), _) => Some(shift.code.clone()),
        (None, Some(FreeCode::Lepas)) => Some("L".to_owned()),
        (None, Some(FreeCode::LepasJaga)) => Some("LJ".to_owned()),
        (None, None) => None,
    }
}

/// The codes that may be chosen under a schedule: its shifts, then the free days.
pub fn codes(schedule: &Schedule) -> Vec<(String, String)> {
    let shifts = schedule.shifts.iter().map(|s| (s.code.clone(), s.name.clone()));
    let mut codes: Vec<(String, String)> = Vec::new();
    for (code, name) in shifts {
        if !codes.iter().any(|(known, _)| *known == code) {
            codes.push((code, name));
        }
    }
    codes.push(("L".to_owned(), "Libur".to_owned()));
    codes.push(("LJ".to_owned(), "Lepas jaga".to_owned()));
    codes
}
