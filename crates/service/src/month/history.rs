//! Dated facts of a person in the forms that judging takes.

use domain::{dated::Timeline, ids::UnitId};
use jiff::civil::Date;
use store::employee::{Person, names};

use crate::reference;

/// The units a person was placed in.
pub(super) fn placements(person: &Person) -> Timeline<Option<UnitId>> {
    let entries = texts(person, names::UNIT);
    Timeline::new(
        entries.entries().iter().map(|(day, value)| (*day, value.as_deref().and_then(UnitId::parse))),
    )
}

/// The values of an attribute.
pub(super) fn texts(person: &Person, attribute: &str) -> Timeline<Option<String>> {
    person.attributes.get(attribute).cloned().unwrap_or_default()
}

/// The groups of a repeating roster the person was in; what is not a number counts as group 0.
pub(super) fn offsets(person: &Person) -> Timeline<i32> {
    let entries = texts(person, names::CYCLE_OFFSET);
    let offset = |value: &Option<String>| value.as_deref().and_then(|v| v.parse().ok()).unwrap_or(0);
    Timeline::new(entries.entries().iter().map(|(day, value)| (*day, offset(value))))
}

/// First and last day of employment: from the first placement, until the position state ends it.
pub(super) fn employment(person: &Person) -> (Option<Date>, Option<Date>) {
    let from = person.attributes.get(names::UNIT).and_then(|t| t.entries().first()).map(|(day, _)| *day);
    let until = person.attributes.get(names::POSITION_STATE).and_then(|states| {
        let last = states.entries().last()?;
        reference::ended(last.1.as_deref()).then(|| last.0.yesterday().unwrap_or(last.0))
    });
    (from, until)
}
