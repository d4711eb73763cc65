//! A person with a few facts, for the tests.

use std::sync::Arc;

use domain::{
    calendar::Calendar,
    dated::Timeline,
    day::{DayResult, Gap, PersonFacts, StatusFact, judge_day, judge_range},
    document::Format,
    punch::{Direction, PlaceState, Punch},
    schedule::{Roster, Schedule},
};
use jiff::civil::{Date, DateTime};

pub fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub fn at(text: &str) -> DateTime {
    text.parse().unwrap()
}

/// A punch whose id is its moment.
pub fn punch(moment: &str) -> Punch {
    Punch {
        id: moment.to_owned(),
        at: at(moment),
        direction: Direction::Unknown,
        place: PlaceState::Unknown,
        source: String::new(),
        skip: false,
    }
}

pub fn typed(moment: &str, direction: Direction) -> Punch {
    Punch { direction, ..punch(moment) }
}

pub fn schedule(text: &str) -> Schedule {
    Schedule::read(text, Format::Toml).unwrap_or_else(|problems| panic!("{problems:?}"))
}

pub fn builtin(code: &str) -> Schedule {
    domain::schedule::builtin::get(code).unwrap()
}

/// Everything known of one person; judged long after unless `as_of` says otherwise.
pub struct Person {
    pub schedules: Timeline<Arc<Schedule>>,
    pub roster: Roster,
    pub offset: Timeline<i32>,
    pub calendar: Calendar,
    pub punches: Vec<Punch>,
    pub statuses: Vec<StatusFact>,
    pub gaps: Vec<Gap>,
    pub employed_from: Option<Date>,
    pub employed_until: Option<Date>,
    pub as_of: DateTime,
}

impl Person {
    pub fn new(schedule: Schedule) -> Person {
        Person {
            schedules: Timeline::always(Arc::new(schedule)),
            roster: Roster::default(),
            offset: Timeline::default(),
            calendar: Calendar::national(),
            punches: Vec::new(),
            statuses: Vec::new(),
            gaps: Vec::new(),
            employed_from: None,
            employed_until: None,
            as_of: at("2030-01-01T00:00"),
        }
    }

    /// Adds punches at these moments.
    pub fn punched(mut self, moments: &[&str]) -> Person {
        self.punches.extend(moments.iter().map(|m| punch(m)));
        self
    }

    pub fn seen_at(mut self, moment: &str) -> Person {
        self.as_of = at(moment);
        self
    }

    pub fn with_status(mut self, status: StatusFact) -> Person {
        self.statuses.push(status);
        self
    }

    pub fn with_gap(mut self, gap: Gap) -> Person {
        self.gaps.push(gap);
        self
    }

    pub fn rostered(mut self, entries: &[(&str, &str)]) -> Person {
        for (date, code) in entries {
            self.roster.add(day(date), *code);
        }
        self
    }

    pub fn facts(&self) -> PersonFacts<'_> {
        PersonFacts {
            employed_from: self.employed_from,
            employed_until: self.employed_until,
            schedules: &self.schedules,
            roster: &self.roster,
            cycle_offset: &self.offset,
            calendar: &self.calendar,
            punches: &self.punches,
            statuses: &self.statuses,
            gaps: &self.gaps,
            as_of: self.as_of,
        }
    }

    pub fn judge(&self, date: &str) -> DayResult {
        judge_day(&self.facts(), day(date))
    }

    pub fn judge_range(&self, from: &str, until: &str) -> Vec<DayResult> {
        judge_range(&self.facts(), day(from), day(until))
    }
}
