//! Which days are judged, and moments as the file writes them.

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
};
use serde::{Deserialize, Deserializer, de::Error};

use super::file::JudgeFile;
use crate::{document::Problem, month::Month, zone::Zone};

/// No file judges more days than this; a mistyped year should not take minutes.
const LONGEST_DAYS: i32 = 1200;

/// A moment: local (`2026-03-02 07:20`) or with an offset (`2026-03-02T00:20:00Z`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// As the clock on the wall shows it.
    Local(DateTime),
    /// As an instant.
    Instant(Timestamp),
}

impl Moment {
    /// The local time in `zone`.
    pub fn local(self, zone: Zone) -> DateTime {
        match self {
            Moment::Local(at) => at,
            Moment::Instant(at) => zone.local(at),
        }
    }

    /// Reads a moment.
    pub(super) fn parse(text: &str) -> Option<Moment> {
        let text = text.trim();
        if let Ok(instant) = text.parse::<Timestamp>() {
            return Some(Moment::Instant(instant));
        }
        let (date, time) = text.split_once(['T', ' '])?;
        let time: crate::schedule::DayTime = time.parse().ok()?;
        Some(Moment::Local(time.on(date.parse().ok()?)))
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        Moment::parse(&text).ok_or_else(|| {
            D::Error::custom(format!("'{text}' is not a moment; write it as \"2026-03-02 07:20\""))
        })
    }
}

/// The days to judge, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    pub from: Date,
    pub until: Date,
}

impl Range {
    pub(super) fn of(file: &JudgeFile) -> Result<Range, Problem> {
        let range = match (file.month, file.from, file.until) {
            (Some(_), Some(_), _) | (Some(_), _, Some(_)) => {
                return Err(Problem::at("month", "give either month, or from and until, not both"));
            }
            (Some(month), None, None) => Range { from: month.first(), until: month.last() },
            (None, Some(from), Some(until)) => Range { from, until },
            (None, None, None) => Self::guess(file)?,
            (None, from, _) => {
                let missing = if from.is_some() { "until" } else { "from" };
                return Err(
                    Problem::at("", format!("`{missing}` is missing")).remedy("or write month = \"2026-03\"")
                );
            }
        };
        if range.until < range.from {
            return Err(Problem::at("until", format!("{} lies before {}", range.until, range.from)));
        }
        if range.from.year() < 1900 || range.until.year() > 2999 {
            let message = format!("{} to {} lies outside the years 1900 to 2999", range.from, range.until);
            return Err(Problem::at("from", message).remedy("check the year"));
        }
        let days = range.from.until(range.until).map_or(i32::MAX, |span| span.get_days());
        if days > LONGEST_DAYS {
            let message = format!("{} to {} is more than {LONGEST_DAYS} days", range.from, range.until);
            return Err(Problem::at("until", message).remedy("judge a few months at a time"));
        }
        Ok(range)
    }

    /// The one month in which all facts lie.
    fn guess(file: &JudgeFile) -> Result<Range, Problem> {
        let remedy = "write month = \"2026-03\", or from and until";
        let mut months: Vec<Month> =
            file.persons.iter().flat_map(|p| p.dates(file.zone)).map(Month::of).collect();
        months.sort_unstable();
        months.dedup();
        match months[..] {
            [month] => Ok(Range { from: month.first(), until: month.last() }),
            [] => Err(Problem::at("month", "which month is to be judged is not said").remedy(remedy)),
            [first, .., last] => {
                let message = format!("the facts lie in several months, from {first} to {last}");
                Err(Problem::at("month", message).remedy(remedy))
            }
        }
    }

    /// The months that lie wholly in the range; a TPP is calculated for each.
    pub(super) fn months(self) -> impl Iterator<Item = Month> {
        let whole = move |m: &Month| self.from <= m.first() && m.last() <= self.until;
        let first = Month::of(self.from);
        std::iter::successors(Some(first), |m| Some(m.next()))
            .take_while(move |m| m.first() <= self.until)
            .filter(whole)
    }
}

impl super::file::Person {
    /// The dates of the person's own facts.
    fn dates(&self, zone: Zone) -> Vec<Date> {
        let punches = self.punches.dates(zone);
        let statuses = self.statuses.iter().filter_map(|s| s.date.or(s.from));
        let roster = self.roster.entries().map(|(date, _)| date);
        punches.into_iter().chain(statuses).chain(roster).chain(self.absent.iter().copied()).collect()
    }
}
