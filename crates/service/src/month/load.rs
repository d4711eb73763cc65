//! Reading the facts of many people in a fixed number of statements, and judging them.

use std::{collections::HashMap, sync::Arc};

use domain::{
    dated::Timeline,
    day::{self, Gap, GapCause, PersonFacts},
    employment::EmploymentKind,
    ids::{EmployeeId, UnitId},
    month::Month,
    person_name::PersonName,
    punch::Punch,
    schedule::Roster,
};
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, DateTime},
};
use store::{
    Scope, Tx,
    employee::{Person, names},
    month_close::CloseState,
    person_facts::{self, PersonFactRows},
    punch::PunchRow,
};

use super::{
    gap, pay,
    sheet::{MonthSheet, PersonSheet},
    status, stored,
};
use crate::{
    Office, ServiceError,
    actors::Actors,
    reference::{self, Reference},
};

/// What to judge.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Whose days.
    pub scope: Scope<'a>,
    /// The month.
    pub month: Month,
    /// Only these days of it; `None` for all.
    pub days: Option<(Date, Date)>,
    /// Whether the TPP is wanted too. It needs the whole month.
    pub with_tpp: bool,
}

impl<'a> Wanted<'a> {
    /// A whole month with TPP.
    pub fn month(scope: Scope<'a>, month: Month) -> Wanted<'a> {
        Wanted { scope, month, days: None, with_tpp: true }
    }

    /// One day, without TPP.
    pub fn day(scope: Scope<'a>, day: Date) -> Wanted<'a> {
        Wanted { scope, month: Month::of(day), days: Some((day, day)), with_tpp: false }
    }
}

/// Reads and judges. The number of statements does not depend on the number of people.
///
/// # Errors
/// When the database cannot be read.
pub async fn load(office: &Office, tx: &mut Tx, wanted: Wanted<'_>) -> Result<MonthSheet, ServiceError> {
    let reference = reference::current(office, tx).await?;
    load_with(office, tx, reference, wanted).await
}

/// [`load`] with reference data that was read in this transaction already.
///
/// # Errors
/// As [`load`].
pub async fn load_with(
    office: &Office,
    tx: &mut Tx,
    reference: Arc<Reference>,
    wanted: Wanted<'_>,
) -> Result<MonthSheet, ServiceError> {
    let now = office.now();
    let unit = match wanted.scope {
        Scope::Subtree(unit) => Some(unit),
        _ => None,
    };
    let (from, until) = wanted.days.unwrap_or((wanted.month.first(), wanted.month.last()));
    let people = store::employee::load(tx, wanted.scope, from, until).await?;
    let punches = by_person(store::punch::of(tx, wanted.scope, around(from, -3), around(until, 4)).await?);
    let facts = person_facts::of(tx, wanted.scope, from, until, wanted.month).await?;
    let terminals = store::terminal::all(tx).await?;
    let silence = gap::Silence::of(&reference, &terminals, now);
    let judge =
        Judge { reference: &reference, facts: &facts, silence: &silence, now, wanted, from, until, unit };
    let mut people: Vec<PersonSheet> = people.iter().filter_map(|p| judge.person(p, &punches)).collect();
    let opd = closing_opd(&reference, wanted.scope, &people);
    let close = match opd {
        Some(opd) => store::month_close::history(tx, opd, wanted.month).await?.pop(),
        None => None,
    };
    if let (Some(opd), Some(CloseState::Locked | CloseState::Verified)) =
        (opd, close.as_ref().map(|c| c.state))
    {
        let locked = stored::stored(tx, opd, wanted.month).await?;
        people = stored::shown(locked, &people, unit == Some(opd), (from, until));
    }
    let of_close = close.as_ref().map(|close| close.actor.as_str());
    let mut known_by: Vec<&str> = of_close.into_iter().collect();
    if let Scope::People(_) = wanted.scope {
        known_by.extend(facts.statuses.values().flatten().map(|status| status.actor.as_str()));
    }
    let actors = Actors::among(tx, &known_by).await?;
    let close_by = of_close.map(|actor| actors.name(actor)).unwrap_or_default();
    let terminal_names = terminals.iter().map(|t| (t.terminal_id, t.name.clone())).collect();
    let today = reference.units.today(unit, now);
    let (data_until, silent_terminals) = silence.report(&reference, unit);
    Ok(MonthSheet {
        unit,
        month: wanted.month,
        from,
        until,
        as_of: now,
        today,
        people,
        close,
        close_by,
        terminal_names,
        actors,
        data_until,
        silent_terminals,
        reference,
    })
}

/// The OPD whose lock decides what is shown: that of the unit, or of the one person asked for.
fn closing_opd(reference: &Reference, scope: Scope<'_>, people: &[PersonSheet]) -> Option<UnitId> {
    let unit = match scope {
        Scope::Subtree(unit) => Some(unit),
        Scope::People([_]) => people.first().and_then(|p| p.unit),
        _ => None,
    }?;
    reference.units.opd_of(unit).map(|opd| opd.unit_id)
}

struct Judge<'a> {
    reference: &'a Reference,
    facts: &'a PersonFactRows,
    silence: &'a gap::Silence,
    now: Timestamp,
    wanted: Wanted<'a>,
    from: Date,
    until: Date,
    unit: Option<UnitId>,
}

impl Judge<'_> {
    fn person(&self, person: &Person, punches: &HashMap<EmployeeId, Vec<PunchRow>>) -> Option<PersonSheet> {
        let id = person.employee.employee_id;
        let placed = placements(person);
        let unit = self.unit_on(&placed, self.until)?;
        let zone = self.reference.units.zone_of(unit);
        let rows = punches.get(&id).map_or(&[][..], Vec::as_slice);
        let seen: Vec<Punch> = rows.iter().map(|row| as_punch(row, zone)).collect();
        let status_rows = self.facts.statuses.get(&id).map_or(&[][..], Vec::as_slice);
        let schedules = self.reference.schedule_of(&placed, &texts(person, names::SCHEDULE));
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
            punches: &seen,
            statuses: &status::facts(status_rows),
            gaps: &self.gaps(person, rows, unit, zone),
            as_of: zone.local(self.now),
        };
        let days = day::judge_range(&facts, self.from, self.until);
        let stages = self.reference.stages(unit);
        let value = |name| person.value(name, self.until).unwrap_or_default().to_owned();
        let mut sheet = PersonSheet {
            id,
            name: PersonName::new(
                &person.employee.name,
                &person.employee.front_title,
                &person.employee.back_title,
            )
            .full(),
            number: person.number(self.until).unwrap_or_default().to_owned(),
            kind: person.value(names::KIND, self.until).and_then(EmploymentKind::parse),
            golongan: value(names::GOLONGAN),
            jabatan: value(names::JABATAN),
            eselon: value(names::ESELON),
            kelas: value(names::KELAS).parse().ok(),
            unit: Some(unit),
            stage: self.reference.stage(unit, self.until),
            has_schedule: !schedules.is_empty(),
            has_pin: person.has_pin || !rows.is_empty(),
            elsewhere: self.elsewhere(&placed),
            confirmed_absent: status::confirmed_absent(status_rows, self.from, self.until),
            statuses: status_rows.to_vec(),
            punches: rows.to_vec(),
            tpp: None,
            days,
        };
        if self.wanted.with_tpp {
            let month = pay::Month { reference: self.reference, facts: self.facts, month: self.wanted.month };
            sheet.tpp = month.evaluate(person, &sheet, &calendar, &schedules, stages);
        }
        Some(sheet)
    }

    /// Someone whom no terminal knows cannot be absent: nothing of them could ever arrive.
    fn gaps(&self, person: &Person, rows: &[PunchRow], unit: UnitId, zone: domain::zone::Zone) -> Vec<Gap> {
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

fn by_person(rows: Vec<PunchRow>) -> HashMap<EmployeeId, Vec<PunchRow>> {
    let mut people: HashMap<EmployeeId, Vec<PunchRow>> = HashMap::new();
    for row in rows {
        if let Some(id) = row.employee_id {
            people.entry(id).or_default().push(row);
        }
    }
    people
}

/// Noon UTC some days away: a margin wide enough for every zone and night shift.
fn around(day: Date, days: i64) -> Timestamp {
    let at: DateTime = day.saturating_add(days.days()).at(0, 0, 0, 0);
    domain::zone::Zone::Wib.instant(at).unwrap_or(if days < 0 { Timestamp::MIN } else { Timestamp::MAX })
}

fn as_punch(row: &PunchRow, zone: domain::zone::Zone) -> Punch {
    Punch {
        id: row.punch_id.to_string(),
        at: zone.local(row.at),
        direction: row.direction,
        place: row.place,
        source: String::new(),
        skip: row.has_flag("skip"),
    }
}

fn placements(person: &Person) -> Timeline<Option<UnitId>> {
    let entries = texts(person, names::UNIT);
    Timeline::new(
        entries.entries().iter().map(|(day, value)| (*day, value.as_deref().and_then(UnitId::parse))),
    )
}

fn texts(person: &Person, attribute: &str) -> Timeline<Option<String>> {
    person.attributes.get(attribute).cloned().unwrap_or_default()
}

/// The groups of a repeating roster the person was in; what is not a number counts as group 0.
fn offsets(person: &Person) -> Timeline<i32> {
    let entries = texts(person, names::CYCLE_OFFSET);
    let offset = |value: &Option<String>| value.as_deref().and_then(|v| v.parse().ok()).unwrap_or(0);
    Timeline::new(entries.entries().iter().map(|(day, value)| (*day, offset(value))))
}

/// First and last day of employment: from the first placement, until the position state ends it.
fn employment(person: &Person) -> (Option<Date>, Option<Date>) {
    let from = person.attributes.get(names::UNIT).and_then(|t| t.entries().first()).map(|(day, _)| *day);
    let until = person.attributes.get(names::POSITION_STATE).and_then(|states| {
        let last = states.entries().last()?;
        reference::ended(last.1.as_deref()).then(|| last.0.yesterday().unwrap_or(last.0))
    });
    (from, until)
}
