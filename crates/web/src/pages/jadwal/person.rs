//! One person in one month: every day's shift, the own schedule, the group.

use askama::Template;
use domain::{lang, month::Month};
use jiff::civil::Date;

use super::{AssignForm, HistoryLine, JadwalTexts};
use crate::pages::{layout::Shell, unit_link::UnitLink};

/// A person at `/jadwal/{unit}/{month}/{person}`.
#[derive(Debug, Clone, Template)]
#[template(path = "jadwal/person.html")]
pub struct PersonPage {
    /// The frame.
    pub shell: Shell,
    /// The unit it came from.
    pub unit: UnitLink,
    /// The month.
    pub month: Month,
    /// Key of the person.
    pub key: String,
    /// Name.
    pub name: String,
    /// NIP as printed.
    pub nip: String,
    /// The schedule followed, in words.
    pub schedule: String,
    /// The days.
    pub days: Vec<DayChoice>,
    /// Whether the shifts may be changed.
    pub may_edit: bool,
    /// Why the shifts were refused.
    pub error: Option<String>,
    /// Own schedules and groups, newest first.
    pub history: Vec<HistoryLine>,
    /// The form that assigns a schedule; `None` for whoever may not.
    pub assign: Option<AssignForm>,
    /// The group form: number of groups and the group now; `None` without a cycle.
    pub groups: Option<(usize, usize)>,
    /// Why the group was refused.
    pub group_error: Option<String>,
    /// First day proposed for a change.
    pub from: String,
}

/// One day with its choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayChoice {
    /// The day.
    pub date: Date,
    /// What may be chosen: code and name.
    pub codes: Vec<(String, String)>,
    /// What the roster says; empty where it says nothing.
    pub chosen: String,
    /// What holds without the roster.
    pub otherwise: String,
}

impl PersonPage {
    fn t(&self) -> JadwalTexts {
        JadwalTexts(self.shell.lang)
    }

    fn month_title(&self) -> String {
        lang::month_title(self.month, self.shell.lang)
    }

    fn label(&self, date: &Date) -> String {
        format!("{} {}", lang::weekday_name(date.weekday(), self.shell.lang), date.day())
    }

    fn date(&self, date: &Date) -> String {
        lang::plain_date(*date, self.shell.lang)
    }

    fn here(&self) -> String {
        format!("/jadwal/{}/{}/{}", self.unit.key, self.month, self.key)
    }

    fn numbers(&self, of: &usize) -> std::ops::RangeInclusive<usize> {
        1..=*of
    }
}
