//! Work schedules: which unit and person follows which since when, and the roster of a unit by month.

pub mod handler;
pub mod import_handler;
mod person;
pub mod person_handler;
mod preview;
mod texts;
mod unit;
pub mod unit_handler;

pub use person::{DayChoice, PersonPage};
pub use preview::{PreviewPage, ProblemLine};
pub use texts::JadwalTexts;
pub use unit::{AssignForm, HistoryLine, PersonLine, UnitPage};

use askama::Template;
use domain::lang;
use jiff::civil::Date;

use crate::pages::layout::Shell;

/// All units at `/jadwal`.
#[derive(Debug, Clone, Template)]
#[template(path = "jadwal/list.html")]
pub struct JadwalPage {
    /// The frame.
    pub shell: Shell,
    /// The month of the rosters that are linked.
    pub month: String,
    /// Schedules that can be assigned.
    pub schedules: Vec<ScheduleLine>,
    /// The units whoever looks may see.
    pub units: Vec<UnitLine>,
}

/// One schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduleLine {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Legal basis.
    pub basis: String,
    /// Whether it needs a roster.
    pub roster: bool,
}

/// One unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitLine {
    /// Code, also the key in addresses.
    pub code: String,
    /// Name.
    pub name: String,
    /// Name and code of the schedule; `None` without any.
    pub schedule: Option<String>,
    /// Since when.
    pub since: Option<Date>,
    /// The unit above that it follows; `None` where it has its own.
    pub follows: Option<String>,
}

impl JadwalPage {
    fn t(&self) -> JadwalTexts {
        JadwalTexts(self.shell.lang)
    }

    fn date(&self, date: &Date) -> String {
        // A schedule that has always held has no first day worth printing.
        if date.year() < 1950 { String::new() } else { lang::plain_date(*date, self.shell.lang) }
    }
}
