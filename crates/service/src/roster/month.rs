//! The roster of a unit in a month.

use std::{collections::HashMap, sync::Arc};

use domain::{
    dated::Timeline,
    ids::{EmployeeId, UnitId},
    month::Month,
    person_name::PersonName,
    schedule::Schedule,
};
use jiff::civil::Date;
use store::{Scope, Tx, employee::names, roster};

use super::schedules_of;
use crate::{
    Office, ServiceError,
    reference::{self, Reference},
};

/// The people of a unit with their schedules and shifts.
#[derive(Debug, Clone)]
pub struct RosterMonth {
    /// The unit.
    pub unit: UnitId,
    /// The month.
    pub month: Month,
    /// Its people, by name.
    pub people: Vec<PersonMonth>,
    /// Units and schedules.
    pub reference: Arc<Reference>,
}

/// One person's month.
#[derive(Debug, Clone)]
pub struct PersonMonth {
    /// The person.
    pub id: EmployeeId,
    /// Name with titles.
    pub name: String,
    /// NIP or NI PPPK.
    pub number: String,
    /// Unit at the end of the month.
    pub unit: Option<UnitId>,
    /// Schedules since when.
    pub schedules: Timeline<Arc<Schedule>>,
    /// Schedules of this person alone; `None` where the unit's counts again.
    pub own: Timeline<Option<String>>,
    /// Groups of a repeating roster since when.
    pub groups: Timeline<Option<String>>,
    /// What the roster says, by day.
    pub shifts: HashMap<Date, String>,
}

impl PersonMonth {
    /// The schedule of a day.
    pub fn schedule(&self, day: Date) -> Option<&Arc<Schedule>> {
        self.schedules.on(day)
    }

    /// Days behind group 0.
    pub fn offset(&self, day: Date) -> i32 {
        self.groups.on(day).and_then(Option::as_deref).and_then(|text| text.parse().ok()).unwrap_or(0)
    }

    /// What is worked on a day: the roster's code, or that of the cycle; `None` where the week of the schedule counts.
    pub fn code(&self, day: Date) -> Option<&str> {
        let rostered = self.shifts.get(&day).map(String::as_str);
        rostered.or_else(|| self.schedule(day)?.cycle.as_ref()?.on(day, self.offset(day)))
    }
}

/// Reads the month of a unit and everything below it; the number of statements does not depend on its size.
///
/// # Errors
/// When the database cannot be read.
pub async fn load(
    office: &Office,
    tx: &mut Tx,
    unit: UnitId,
    month: Month,
) -> Result<RosterMonth, ServiceError> {
    let reference = reference::current(office, tx).await?;
    let (first, last) = (month.first(), month.last());
    let mut shifts: HashMap<EmployeeId, HashMap<Date, String>> = HashMap::new();
    for entry in roster::of(tx, Scope::Subtree(unit), first, last).await? {
        shifts.entry(entry.employee_id).or_default().insert(entry.day, entry.shift);
    }
    let people = store::employee::load(tx, Scope::Subtree(unit), first, last).await?;
    let people = people.into_iter().map(|person| {
        let texts = |name| person.attributes.get(name).cloned().unwrap_or_default();
        let e = &person.employee;
        PersonMonth {
            id: e.employee_id,
            name: PersonName::new(&e.name, &e.front_title, &e.back_title).full(),
            number: person.number(last).unwrap_or_default().to_owned(),
            unit: person.unit(last).or_else(|| person.unit(first)),
            schedules: schedules_of(&reference, &person),
            own: texts(names::SCHEDULE),
            groups: texts(names::CYCLE_OFFSET),
            shifts: shifts.remove(&e.employee_id).unwrap_or_default(),
        }
    });
    let people = people.collect();
    Ok(RosterMonth { unit, month, people, reference })
}
