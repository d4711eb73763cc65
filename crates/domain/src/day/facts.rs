//! The facts of one person that a judgement rests on.

use std::sync::Arc;

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use super::DayTimeRange;
use crate::{
    calendar::Calendar,
    dated::Timeline,
    punch::Punch,
    schedule::{Roster, Schedule},
    status::{self, StatusCode},
};

/// The part of the day that a status covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayPart {
    /// The whole day.
    #[default]
    Full,
    /// From the start to the rest (without a rest: to the middle of the shift).
    FirstHalf,
    /// From the rest (the middle) to the end.
    SecondHalf,
    /// Between two clock times.
    Hours(DayTimeRange),
}

/// A leave, duty or other status of a person over some days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusFact {
    /// The code, for example `CT` or `DL`.
    pub code: StatusCode,
    /// First day.
    pub from: Date,
    /// Last day, included.
    pub until: Date,
    /// The part of each day.
    #[serde(default)]
    pub part: DayPart,
    /// The document behind it, as shown to the person: number of the letter.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub document: String,
    /// Of several on one day the lowest rank wins; by default the rank of the dictionary (see [`crate::status`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<u8>,
    /// The status changes only the place of work (WFH, WFA): punches are still expected and judged.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub punches_expected: bool,
}

impl StatusFact {
    /// A status over whole days, both ends included.
    pub fn full(code: &str, from: Date, until: Date) -> StatusFact {
        StatusFact {
            code: StatusCode(code.to_owned()),
            from,
            until,
            part: DayPart::Full,
            document: String::new(),
            rank: None,
            punches_expected: false,
        }
    }

    /// A status over a part of one day.
    pub fn partial(code: &str, date: Date, part: DayPart) -> StatusFact {
        StatusFact { part, ..StatusFact::full(code, date, date) }
    }

    /// Whether `date` is covered.
    pub fn covers(&self, date: Date) -> bool {
        self.from <= date && date <= self.until
    }

    /// The rank by which statuses of one day are ordered; unknown codes come last.
    pub fn effective_rank(&self) -> u8 {
        self.rank.unwrap_or_else(|| status::meaning(self.code.as_str()).map_or(u8::MAX, |m| m.rank))
    }
}

/// Why data is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GapCause {
    /// The terminal has not been heard of; its punches may still come.
    #[default]
    TerminalSilent,
    /// The server could not take punches.
    ServerOutage,
    /// A disruption declared by the BKPSDM (power cut, flood, …).
    Declared,
}

/// A stretch of local time in which punches of the person may be missing through no fault of theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gap {
    /// First moment without data.
    pub from: DateTime,
    /// Last moment without data; `None` while it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<DateTime>,
    /// Why.
    #[serde(default)]
    pub cause: GapCause,
}

impl Gap {
    /// The end, or the end of time while the gap goes on.
    pub fn end(&self) -> DateTime {
        self.until.unwrap_or(DateTime::MAX)
    }

    /// Whether the gap touches the stretch from `from` to `until`, both included.
    pub fn touches(&self, from: DateTime, until: DateTime) -> bool {
        self.from <= until && from <= self.end()
    }
}

/// Everything about one person that judging needs. All times are local to the place of work.
#[derive(Debug, Clone, Copy)]
pub struct PersonFacts<'a> {
    /// First day of employment, if known.
    pub employed_from: Option<Date>,
    /// Last day of employment, if it has ended.
    pub employed_until: Option<Date>,
    /// Which schedule has held since when.
    pub schedules: &'a Timeline<Arc<Schedule>>,
    /// The person's roster; empty for weekly schedules.
    pub roster: &'a Roster,
    /// How many days the person's group runs behind group 0 of a [`crate::schedule::Cycle`], since when; 0 where
    /// nothing is said.
    pub cycle_offset: &'a Timeline<i32>,
    /// The calendar of the person's unit.
    pub calendar: &'a Calendar,
    /// The punches, in any order; a few days beyond the judged dates do no harm and night shifts need one.
    pub punches: &'a [Punch],
    /// Leave, duty and other statuses, in any order.
    pub statuses: &'a [StatusFact],
    /// When data may be missing.
    pub gaps: &'a [Gap],
    /// The moment as of which is judged: nothing later is known.
    pub as_of: DateTime,
}

impl PersonFacts<'_> {
    /// The place of the person's group in the cycle on `date`.
    pub fn offset_on(&self, date: Date) -> i32 {
        self.cycle_offset.on(date).copied().unwrap_or(0)
    }
}
