//! Judging one person from rows that were read in bulk.

use std::collections::HashMap;

use domain::{
    dated::Timeline,
    day::{self, DayResult, Gap, GapCause, PersonFacts},
    discipline::Tally,
    employment::EmploymentKind,
    ids::{EmployeeId, UnitId},
    month::Month,
    org::Stage,
    person_name::PersonName,
    policy::{self, evaluate},
    punch::Punch,
    schedule::Roster,
    zone::Zone,
};
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, DateTime},
};
use store::{
    employee::{Person, names},
    person_facts::PersonFactRows,
    punch::PunchRow,
    status::PersonStatus,
};

use super::{
    gap,
    history::{employment, offsets, placements, texts},
    load::{Wanted, around},
    past::{Before, Carried, Past},
    pay::{self, Paid},
    sheet::PersonSheet,
    status,
};
use crate::{reference::Reference, terminal_desk::punch_row::counted_at};

/// What everybody's judgement needs.
pub(super) struct Judge<'a> {
    pub reference: &'a Reference,
    pub facts: &'a PersonFactRows,
    pub punches: &'a HashMap<EmployeeId, Vec<PunchRow>>,
    pub past: &'a Past,
    pub silence: &'a gap::Silence,
    pub now: Timestamp,
    pub wanted: Wanted<'a>,
    pub from: Date,
    pub until: Date,
    pub unit: Option<UnitId>,
}

/// A person with what does not change from month to month.
struct Subject<'a> {
    person: &'a Person,
    placed: Timeline<Option<UnitId>>,
    punches: &'a [PunchRow],
    statuses: &'a [PersonStatus],
}

impl Judge<'_> {
    /// The person's days and, if wanted, TPP; `None` for someone who is nowhere placed.
    pub(super) fn person(&self, person: &Person) -> Option<PersonSheet> {
        let id = person.employee.employee_id;
        let subject = Subject {
            person,
            placed: placements(person),
            punches: self.punches.get(&id).map_or(&[][..], Vec::as_slice),
            statuses: self.facts.statuses.get(&id).map_or(&[][..], Vec::as_slice),
        };
        let unit = self.unit_on(&subject.placed, self.until)?;
        let before = self.before(&subject);
        let paid = self.paid(&subject, unit, (self.from, self.until), &before);
        let rows = near(subject.punches, self.from, self.until);
        let touches = |s: &&PersonStatus| s.first_day <= self.until && s.last_day >= self.from;
        let value = |name| person.value(name, self.until).unwrap_or_default().to_owned();
        let name = &person.employee;
        let mut sheet = PersonSheet {
            id,
            name: PersonName::new(&name.name, &name.front_title, &name.back_title).full(),
            number: person.number(self.until).unwrap_or_default().to_owned(),
            kind: person.value(names::KIND, self.until).and_then(EmploymentKind::parse),
            golongan: value(names::GOLONGAN),
            jabatan: value(names::JABATAN),
            eselon: value(names::ESELON),
            kelas: value(names::KELAS).parse().ok(),
            unit: Some(unit),
            stage: self.reference.stage(unit, self.until),
            has_schedule: !paid.schedules.is_empty(),
            has_pin: person.has_pin || !rows.is_empty(),
            elsewhere: self.elsewhere(&subject.placed),
            confirmed_absent: status::confirmed_absent(subject.statuses, self.from, self.until),
            statuses: subject.statuses.iter().filter(touches).cloned().collect(),
            punches: rows.to_vec(),
            tpp: None,
            year: None,
            carried: None,
            days: Vec::new(),
        };
        if self.wanted.with_year {
            let stored = self.past.stored(id, self.wanted.month).map(|carried| carried.tally);
            let tally = stored.unwrap_or_else(|| tally(&paid, before.tally.open_run));
            sheet.year = Some(before.tally.then(tally));
        }
        if self.wanted.with_tpp {
            let month = self.pay_of(self.wanted.month);
            let input = month.input(&paid);
            sheet.tpp = input.as_ref().map(|(policy, input)| evaluate(policy, input));
            if self.wanted.with_carry {
                let carry = input.map(|(policy, input)| policy::carry(policy, &input)).unwrap_or_default();
                sheet.carried = Some(Carried { carry, tally: tally(&paid, before.tally.open_run) });
            }
        }
        sheet.days = paid.days;
        Some(sheet)
    }

    fn pay_of(&self, month: Month) -> pay::Month<'_> {
        pay::Month { reference: self.reference, facts: self.facts, month }
    }

    /// What the earlier months hand on: as stored at their lock, else judged now.
    fn before(&self, subject: &Subject<'_>) -> Before {
        let (employed_from, employed_until) = employment(subject.person);
        let mut before = Before::default();
        for month in self.past.months() {
            if employed_from.is_some_and(|d| month.last() < d)
                || employed_until.is_some_and(|d| d < month.first())
            {
                continue;
            }
            let carried = match self.past.stored(subject.person.employee.employee_id, month) {
                Some(stored) => stored.clone(),
                None => self.judged(subject, month, &before),
            };
            before.add(&carried, month.year() == self.wanted.month.year());
        }
        before
    }

    /// A month that is not locked.
    fn judged(&self, subject: &Subject<'_>, month: Month, before: &Before) -> Carried {
        let Some(unit) = subject.placed.on(month.last()).copied().flatten() else {
            return Carried::default();
        };
        let paid = self.paid(subject, unit, (month.first(), month.last()), before);
        let input = self.pay_of(month).input(&paid);
        let carry = input.map(|(policy, input)| policy::carry(policy, &input)).unwrap_or_default();
        Carried { carry, tally: tally(&paid, before.tally.open_run) }
    }

    /// The judged days of a person with what pay needs beside them.
    fn paid<'p>(
        &self,
        subject: &Subject<'p>,
        unit: UnitId,
        (from, until): (Date, Date),
        before: &'p Before,
    ) -> Paid<'p> {
        let person = subject.person;
        let id = person.employee.employee_id;
        let zone = self.reference.units.zone_of(unit);
        let rows = near(subject.punches, from, until);
        let punches: Vec<Punch> = rows.iter().map(|row| as_punch(row, zone)).collect();
        let schedules = self.reference.schedule_of(&subject.placed, &texts(person, names::SCHEDULE));
        let roster =
            Roster::new(self.facts.roster.get(&id).into_iter().flatten().map(|r| (r.day, r.shift.clone())));
        let calendar = self.reference.calendar(unit);
        let (employed_from, employed_until) = employment(person);
        let facts = PersonFacts {
            employed_from,
            employed_until,
            schedules: &schedules,
            roster: &roster,
            cycle_offset: &offsets(person),
            calendar: &calendar,
            punches: &punches,
            statuses: &status::facts(subject.statuses),
            gaps: &self.gaps(person, rows, unit, zone),
            as_of: zone.local(self.now),
        };
        let days = day::judge_range(&facts, from, until);
        Paid { person, unit, days, calendar, schedules, stages: self.reference.stages(unit), before }
    }

    /// Someone whom no terminal knows cannot be absent: nothing of them could ever arrive.
    fn gaps(&self, person: &Person, rows: &[PunchRow], unit: UnitId, zone: Zone) -> Vec<Gap> {
        if !person.has_pin && rows.is_empty() {
            return vec![Gap { from: DateTime::MIN, until: None, cause: GapCause::TerminalSilent }];
        }
        self.silence.gaps(self.reference, unit, zone)
    }

    /// The unit at the end of the days; within the unit asked for, the last one inside it.
    fn unit_on(&self, placed: &Timeline<Option<UnitId>>, day: Date) -> Option<UnitId> {
        let last = placed.on(day).copied().flatten();
        let inside =
            |unit: &UnitId| self.unit.is_none_or(|asked| self.reference.units.path(*unit).contains(&asked));
        last.filter(inside)
            .or_else(|| placed.entries().iter().rev().filter_map(|(_, u)| *u).find(inside))
            .or(last)
    }

    fn elsewhere(&self, placed: &Timeline<Option<UnitId>>) -> Vec<Date> {
        let Some(asked) = self.unit else { return Vec::new() };
        let inside = |unit: UnitId| self.reference.units.path(unit).contains(&asked);
        if placed.entries().iter().filter_map(|(_, u)| *u).all(inside) {
            return Vec::new();
        }
        let days = self.from.series(1.day()).take_while(|d| *d <= self.until);
        days.filter(|d| placed.on(*d).copied().flatten().is_some_and(|u| !inside(u))).collect()
    }
}

/// Only days on which the OPD was in force: what was recorded before does not count against anyone.
fn tally(paid: &Paid<'_>, open_run: u32) -> Tally {
    let in_force = |d: &&DayResult| paid.stages.on(d.date).copied().is_some_and(Stage::cuts_apply);
    Tally::of(paid.days.iter().filter(in_force), open_run)
}

/// The punches around some days, of rows in order of time.
fn near(rows: &[PunchRow], from: Date, until: Date) -> &[PunchRow] {
    let (first, last) = (around(from, -3), around(until, 4));
    let begin = rows.partition_point(|row| row.at < first);
    let end = rows.partition_point(|row| row.at < last);
    &rows[begin..end]
}

fn as_punch(row: &PunchRow, zone: Zone) -> Punch {
    Punch {
        id: row.punch_id.to_string(),
        at: zone.local(counted_at(row)),
        direction: row.direction,
        place: row.place,
        source: String::new(),
        skip: row.has_flag("skip"),
    }
}
