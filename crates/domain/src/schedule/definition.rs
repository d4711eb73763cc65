//! A schedule as it is written down.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Cycle, FreeCode, Rules, Shift, WeekdayName};
use crate::{
    calendar::Calendar,
    document::{self, Format, Problem},
};

/// Where the working days come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScheduleKind {
    /// From the weekday.
    #[default]
    Weekly,
    /// From a roster per person, or a repeating cycle.
    Roster,
}

/// Other hours for a while: Ramadan, a flood, the fasting month of one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overlay {
    /// What it is called in the reasons.
    pub name: String,
    /// Holds while this named period of the calendar does (`ramadan`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// Holds from this date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Holds until this date, included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Weekdays that are free while it holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub free_days: Vec<WeekdayName>,
    /// Shifts that replace: by weekday where they name days, by code where they do not.
    #[serde(default, rename = "shift", skip_serializing_if = "Vec::is_empty")]
    pub shifts: Vec<Shift>,
}

impl Overlay {
    /// Whether the overlay holds on `date`.
    pub fn holds(&self, date: Date, calendar: &Calendar) -> bool {
        match &self.period {
            Some(period) => calendar.in_period(period, date),
            None => self.from.is_none_or(|d| d <= date) && self.until.is_none_or(|d| date <= d),
        }
    }
}

/// Working hours: shifts by weekday or by roster, with overlays and the rules by which punches are read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// Short code, unique in a regency.
    pub code: String,
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// Weekly or by roster.
    #[serde(default)]
    pub kind: ScheduleKind,
    /// The rule it stands on, as it is to be printed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub legal_basis: String,
    /// How punches are read.
    #[serde(default)]
    pub rules: Rules,
    /// The shifts.
    #[serde(default, rename = "shift", skip_serializing_if = "Vec::is_empty")]
    pub shifts: Vec<Shift>,
    /// A repeating roster.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cycle: Option<Cycle>,
    /// Other hours for a while; of several that hold the last one listed counts.
    #[serde(default, rename = "overlay", skip_serializing_if = "Vec::is_empty")]
    pub overlays: Vec<Overlay>,
}

impl Schedule {
    /// Reads and checks a schedule file.
    ///
    /// # Errors
    /// What is wrong, with path and line.
    pub fn read(text: &str, format: Format) -> Result<Schedule, Vec<Problem>> {
        let schedule: Schedule = document::read(text, format)?;
        let problems = schedule.check();
        if problems.is_empty() { Ok(schedule) } else { Err(problems) }
    }

    /// Whether holidays free from work here.
    pub fn holidays_free(&self) -> bool {
        self.rules.holidays_free.unwrap_or(self.kind == ScheduleKind::Weekly)
    }

    /// The shift called `code` in the catalogue.
    pub fn shift(&self, code: &str) -> Option<&Shift> {
        self.shifts.iter().find(|s| s.code == code)
    }

    /// What `code` means where it is no shift: `L`, `LIBUR`, `OFF`, `-` are free, `LJ` is lepas jaga.
    pub fn free_code(&self, code: &str) -> Option<FreeCode> {
        match code.trim().to_ascii_uppercase().as_str() {
            _ if self.shift(code).is_some() => None,
            "L" | "LIBUR" | "OFF" | "-" | "" => Some(FreeCode::Lepas),
            "LJ" | "LEPAS JAGA" => Some(FreeCode::LepasJaga),
            _ => None,
        }
    }
}
