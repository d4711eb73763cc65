//! Punches invented for the working days of which a file says nothing, so that a what-if names only what differs.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::file::{Fill, Person};
use crate::{
    day::{DayPart, PersonFacts},
    punch::{Direction, PlaceState, Punch},
    schedule::{DayPlan, PlannedShift},
};

/// The punches to add for `fill = "on_time"`: at the start and the end of every shift on dates of the range that
/// have no punch, no status over the whole day, and are not listed as absent.
pub(super) fn invented(
    person: &Person,
    facts: &PersonFacts<'_>,
    dates: impl Iterator<Item = Date>,
) -> Vec<Punch> {
    if person.fill == Fill::None {
        return Vec::new();
    }
    let punched: BTreeSet<Date> = facts.punches.iter().map(|p| p.at.date()).collect();
    let mut punches = Vec::new();
    for date in dates {
        let excused =
            facts.statuses.iter().any(|s| s.covers(date) && s.part == DayPart::Full && !s.punches_expected);
        let unemployed =
            facts.employed_from.is_some_and(|d| date < d) || facts.employed_until.is_some_and(|d| d < date);
        if punched.contains(&date) || excused || unemployed || person.absent.contains(&date) {
            continue;
        }
        let plan = facts
            .schedules
            .on(date)
            .map(|s| s.plan(date, facts.calendar, facts.roster, facts.offset_on(date)));
        if let Some(DayPlan::Work { shifts, .. }) = plan {
            punches.extend(shifts.iter().flat_map(|planned| both(planned, date)));
        }
    }
    punches
}

fn both(planned: &PlannedShift<'_>, date: Date) -> [Punch; 2] {
    let shift = planned.shift;
    [(shift.start, Direction::In, "in"), (shift.leave_limit(), Direction::Out, "out")].map(
        |(time, direction, side)| Punch {
            id: format!("fill:{date}:{}:{side}", shift.code),
            at: time.on(date),
            direction,
            place: PlaceState::Unknown,
            source: "fill".to_owned(),
            skip: false,
        },
    )
}
