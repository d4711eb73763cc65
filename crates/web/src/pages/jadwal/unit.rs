//! One unit in one month: its schedule, its people, their shifts.

use askama::Template;
use domain::{lang, month::Month};
use jiff::civil::{Date, Weekday};

use super::{JadwalTexts, ScheduleLine};
use crate::pages::{layout::Shell, unit_link::UnitLink};

/// A unit at `/jadwal/{unit}/{month}/`.
#[derive(Debug, Clone, Template)]
#[template(path = "jadwal/unit.html")]
pub struct UnitPage {
    /// The frame.
    pub shell: Shell,
    /// The unit.
    pub unit: UnitLink,
    /// The month.
    pub month: Month,
    /// The schedule it follows, in words; `None` without any.
    pub follows: Option<String>,
    /// What was assigned to this very unit, newest first.
    pub history: Vec<HistoryLine>,
    /// The people.
    pub people: Vec<PersonLine>,
    /// The form that assigns a schedule; `None` for whoever may not.
    pub assign: Option<AssignForm>,
    /// Whether a roster may be imported.
    pub may_import: bool,
    /// Why an import was refused.
    pub import_error: Option<String>,
}

/// A schedule since a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryLine {
    /// Name or code of the schedule.
    pub what: String,
    /// First day.
    pub since: Date,
}

/// One person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonLine {
    /// Key in addresses.
    pub key: String,
    /// Name.
    pub name: String,
    /// Schedule and group in words.
    pub schedule: String,
    /// The code of each day; empty where the week of the schedule counts.
    pub codes: Vec<String>,
}

/// The form that assigns a schedule to a unit or person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AssignForm {
    /// Schedules to choose from.
    pub schedules: Vec<ScheduleLine>,
    /// The chosen code.
    pub code: String,
    /// First day, `YYYY-MM-DD`.
    pub from: String,
    /// Why.
    pub reason: String,
    /// What is wrong, as a sentence.
    pub error: Option<String>,
}

impl UnitPage {
    fn t(&self) -> JadwalTexts {
        JadwalTexts(self.shell.lang)
    }

    fn month_title(&self) -> String {
        lang::month_title(self.month, self.shell.lang)
    }

    fn days(&self) -> Vec<(i8, &'static str)> {
        let class = |d: Date| {
            if matches!(d.weekday(), Weekday::Saturday | Weekday::Sunday) { "l" } else { "" }
        };
        self.month.days().map(|d| (d.day(), class(d))).collect()
    }

    fn date(&self, date: &Date) -> String {
        if date.year() < 1950 { String::new() } else { lang::plain_date(*date, self.shell.lang) }
    }
}
