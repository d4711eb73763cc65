//! The TPP of one person: the facts of the month in the form that policies take.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    calendar::{Calendar, WorkWeek},
    dated::Timeline,
    day::DayResult,
    employment::EmploymentKind,
    ids::UnitId,
    month::Month as CalendarMonth,
    org::Stage,
    policy::{EventDuty, InputValue, Period, PersonMonth, Policy, Who},
    schedule::{Schedule, ScheduleKind},
};
use jiff::civil::Date;
use store::{
    employee::{Person, names},
    person_facts::PersonFactRows,
};

use super::past::Before;
use crate::reference::Reference;

/// Attributes that are no question of their own for a policy, or have one already.
const KNOWN: [&str; 12] = [
    names::KIND,
    names::GOLONGAN,
    names::KELAS,
    names::JABATAN,
    names::JENIS_JABATAN,
    names::ESELON,
    names::UNIT,
    names::SUPERIOR,
    names::SCHEDULE,
    names::CYCLE_OFFSET,
    names::TPP,
    names::POSITION_STATE,
];

/// What all people of a sheet share.
pub(super) struct Month<'a> {
    pub reference: &'a Reference,
    pub facts: &'a PersonFactRows,
    pub month: CalendarMonth,
}

/// One person's judged days with what pay needs beside them.
pub(super) struct Paid<'a> {
    pub person: &'a Person,
    pub unit: UnitId,
    pub days: Vec<DayResult>,
    pub calendar: Arc<Calendar>,
    pub schedules: Timeline<Arc<Schedule>>,
    pub stages: Timeline<Stage>,
    pub before: &'a Before,
}

impl<'a> Month<'a> {
    /// The facts as a policy takes them, with the policy; `None` when no active policy covers the person.
    pub(super) fn input(&self, paid: &Paid<'_>) -> Option<(&'a Policy, PersonMonth)> {
        let person = paid.person;
        let who = self.who(person, self.month.last())?;
        let policy = self.reference.policies.on(&who, self.month.last())?;
        let required = paid.days.iter().filter(|d| d.planned.is_some()).count();
        let week = paid.schedules.on(self.month.last()).map(|s| (s.kind, s));
        let working_days = match week {
            Some((ScheduleKind::Weekly, schedule)) => {
                paid.calendar.working_days_of(self.month, week_of(schedule))
            }
            _ => i64::try_from(required).unwrap_or(0),
        };
        let mut input = PersonMonth::new(self.month, who.clone(), u32::try_from(working_days).unwrap_or(0));
        input.who = self.history(person);
        let minutes: i64 =
            paid.days.iter().filter_map(|d| d.planned.as_ref()).map(|p| p.required_minutes).sum();
        input.work_minutes = minutes.try_into().unwrap_or(0);
        input.stage = with_default(paid.stages.clone());
        input.days.clone_from(&paid.days);
        input.amounts = self.amounts(person, &who, Some(paid.unit));
        input.inputs = self.inputs(person);
        input.events = self.events(person);
        let periods = paid.calendar.periods().iter();
        input.periods =
            periods.map(|p| Period { name: p.name.clone(), from: p.from, until: p.until }).collect();
        input.year_to_date.clone_from(&paid.before.year_to_date);
        input.spells.clone_from(&paid.before.spells);
        Some((policy, input))
    }

    fn who(&self, person: &Person, day: Date) -> Option<Who> {
        let value = |name: &str| person.value(name, day).map(str::to_owned);
        let mut who = Who::of(EmploymentKind::parse(person.value(names::KIND, day)?)?);
        who.golongan = value(names::GOLONGAN);
        who.kelas = value(names::KELAS).and_then(|k| k.parse().ok());
        who.jabatan = value(names::JABATAN);
        who.jenis_jabatan = value(names::JENIS_JABATAN);
        who.eselon = value(names::ESELON);
        who.opd = person.unit(day).and_then(|u| self.reference.units.opd_of(u)).map(|u| u.code.clone());
        let further = person.attributes.iter().filter(|(name, _)| !KNOWN.contains(&name.as_str()));
        who.attributes =
            further.filter_map(|(name, values)| Some((name.clone(), values.on(day)?.clone()?))).collect();
        Some(who)
    }

    /// Who the person was since each day of the month on which something changed.
    fn history(&self, person: &Person) -> Timeline<Who> {
        let inside = |d: &Date| self.month.contains(*d);
        let mut days: Vec<Date> = person
            .attributes
            .values()
            .flat_map(|t| t.entries().iter().map(|(d, _)| *d))
            .filter(inside)
            .collect();
        days.push(self.month.first());
        days.sort_unstable();
        days.dedup();
        Timeline::new(days.into_iter().filter_map(|day| Some((day, self.who(person, day)?))))
    }

    /// A personal amount beats the table of the tenant; without both the policy's own table counts.
    fn amounts(
        &self,
        person: &Person,
        who: &Who,
        unit: Option<UnitId>,
    ) -> BTreeMap<String, rust_decimal::Decimal> {
        let day = self.month.last();
        let own = person.value(names::TPP, day).and_then(|text| text.parse().ok());
        let path = unit.map(|u| self.reference.units.path(u)).unwrap_or_default();
        let amount = own.or_else(|| {
            let fits = |a: &&store::tpp_amount::TppAmount| {
                a.valid_from <= day
                    && a.kelas.is_none_or(|k| who.kelas.map(i64::from) == Some(k))
                    && a.jabatan.as_ref().is_none_or(|j| who.jabatan.as_ref() == Some(j))
                    && a.unit_id.is_none_or(|u| path.contains(&u))
            };
            let narrowness = |a: &&store::tpp_amount::TppAmount| {
                (a.jabatan.is_some(), a.unit_id.is_some(), a.kelas.is_some(), a.valid_from)
            };
            self.reference.amounts.iter().filter(fits).max_by_key(narrowness).map(|a| a.amount)
        });
        amount.map(|amount| BTreeMap::from([("tpp".to_owned(), amount)])).unwrap_or_default()
    }

    fn inputs(&self, person: &Person) -> BTreeMap<String, InputValue> {
        let rows = self.facts.inputs.get(&person.employee.employee_id);
        let own = rows.into_iter().flatten().filter(|row| row.month == self.month);
        own.map(|row| (row.name.clone(), read_input(&row.value))).collect()
    }

    fn events(&self, person: &Person) -> Vec<EventDuty> {
        let rows = self.facts.events.get(&person.employee.employee_id);
        let duty = |row: &store::person_facts::EventRow| EventDuty {
            date: row.day,
            kind: row.kind.clone(),
            part: Some(row.part.clone()).filter(|p| !p.is_empty() && p != "full"),
            attended: row.attended,
        };
        rows.into_iter().flatten().map(duty).collect()
    }
}

fn read_input(value: &str) -> InputValue {
    match value {
        "true" | "ya" => InputValue::Flag(true),
        "false" | "tidak" => InputValue::Flag(false),
        text => text.parse().map_or_else(|_| InputValue::Text(text.to_owned()), InputValue::Number),
    }
}

fn week_of(schedule: &Schedule) -> WorkWeek {
    WorkWeek::of(schedule.shifts.iter().flat_map(|shift| {
        use jiff::civil::Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
        [Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday]
            .into_iter()
            .filter(|d| shift.worked_on(*d))
    }))
}

/// Before the first record an OPD is in pendataan: nothing is cut.
fn with_default(mut stages: Timeline<Stage>) -> Timeline<Stage> {
    if stages.on(Date::MIN).is_none() {
        stages.set(Date::MIN, Stage::Pendataan);
    }
    stages
}
