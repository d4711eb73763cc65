//! One layer of a calendar as it is written down.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::document::{self, Format, Problem};

/// The name of the fasting month among the [`Period`]s.
pub const RAMADAN: &str = "ramadan";

/// Whose calendar a layer is; later variants overrule earlier ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// The whole country (SKB 3 Menteri, Keppres).
    National,
    /// A province.
    Province,
    /// A kabupaten or kota.
    Regency,
    /// One OPD or a unit of it.
    Unit,
}

/// What kind of free day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HolidayKind {
    /// Hari libur.
    Libur,
    /// Cuti bersama (for ASN by Keppres; it does not shorten annual leave).
    CutiBersama,
}

/// How sure the date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Decreed and not expected to move.
    #[default]
    High,
    /// Decreed, but hanging on a sighting of the moon or a later decree.
    Medium,
    /// Not decreed yet.
    Low,
}

/// A free day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// The date.
    pub date: Date,
    /// Libur or cuti bersama.
    #[serde(default = "libur")]
    pub kind: HolidayKind,
    /// Its name in Bahasa Indonesia.
    pub name: String,
    /// How sure the date is.
    #[serde(default)]
    pub certainty: Certainty,
}

fn libur() -> HolidayKind {
    HolidayKind::Libur
}

/// A free day of a higher layer that is an ordinary working day here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// The date.
    pub date: Date,
    /// Why, or by which letter.
    #[serde(default)]
    pub reason: String,
}

/// A named stretch of days, both ends included, that schedules may refer to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// The name; [`RAMADAN`] is the usual one.
    pub name: String,
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
}

/// The decree behind the days of a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decree {
    /// The year it rules.
    pub year: i16,
    /// Its name and number.
    pub number: String,
}

/// One layer of a calendar: the file format of `hadir`'s holiday files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layer {
    /// Whose layer it is.
    pub level: Level,
    /// The name of the country, province, regency or unit.
    #[serde(default)]
    pub name: String,
    /// Years for which this layer is complete.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub years: Vec<i16>,
    /// The decrees behind it.
    #[serde(default, rename = "decree", skip_serializing_if = "Vec::is_empty")]
    pub decrees: Vec<Decree>,
    /// Free days added.
    #[serde(default, rename = "day", skip_serializing_if = "Vec::is_empty")]
    pub days: Vec<Holiday>,
    /// Free days of higher layers taken away.
    #[serde(default, rename = "withdraw", skip_serializing_if = "Vec::is_empty")]
    pub withdrawals: Vec<Withdrawal>,
    /// Named periods.
    #[serde(default, rename = "period", skip_serializing_if = "Vec::is_empty")]
    pub periods: Vec<Period>,
}

impl Layer {
    /// A layer without any day.
    pub fn empty(level: Level, name: &str) -> Layer {
        Layer {
            level,
            name: name.to_owned(),
            years: Vec::new(),
            decrees: Vec::new(),
            days: Vec::new(),
            withdrawals: Vec::new(),
            periods: Vec::new(),
        }
    }

    /// Adds a free day.
    #[must_use]
    pub fn with_day(mut self, date: Date, kind: HolidayKind, name: &str) -> Layer {
        self.days.push(Holiday { date, kind, name: name.to_owned(), certainty: Certainty::High });
        self
    }

    /// Takes a free day of a higher layer away.
    #[must_use]
    pub fn without_day(mut self, date: Date, reason: &str) -> Layer {
        self.withdrawals.push(Withdrawal { date, reason: reason.to_owned() });
        self
    }

    /// Adds a named period, both ends included.
    #[must_use]
    pub fn with_period(mut self, name: &str, from: Date, until: Date) -> Layer {
        self.periods.push(Period { name: name.to_owned(), from, until });
        self
    }

    /// Reads a layer file.
    ///
    /// # Errors
    /// What is wrong with the text, with path and line.
    pub fn read(text: &str, format: Format) -> Result<Layer, Vec<Problem>> {
        let layer: Layer = document::read(text, format)?;
        let problems = layer.check();
        if problems.is_empty() { Ok(layer) } else { Err(problems) }
    }

    /// What is contradictory in this layer.
    pub fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (i, period) in self.periods.iter().enumerate() {
            if period.until < period.from {
                let message = format!(
                    "the period '{}' ends on {} before it begins on {}",
                    period.name, period.until, period.from
                );
                problems.push(Problem::at(format!("period[{i}]"), message));
            }
        }
        for (i, day) in self.days.iter().enumerate() {
            if self.days[..i].iter().any(|d| d.date == day.date) {
                problems.push(Problem::at(format!("day[{i}]"), format!("{} is listed twice", day.date)));
            }
            if self.withdrawals.iter().any(|w| w.date == day.date) {
                let message = format!("{} is both added and withdrawn in one layer", day.date);
                problems.push(Problem::at(format!("day[{i}]"), message));
            }
        }
        problems
    }
}
