//! A calendar month, the unit of recaps and pay.

use std::{fmt, str::FromStr};

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

/// A calendar month such as `2026-11`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Month {
    first: Date,
}

/// Months of other years are typing errors, and arithmetic at the end of the calendar overflows.
const FIRST_YEAR: i16 = 1900;
const LAST_YEAR: i16 = 2999;

/// The text is not a month of the form `YYYY-MM`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a month between 1900 and 2999; write it as YYYY-MM, for example 2026-11")]
pub struct MonthError(pub String);

impl Month {
    /// The month that holds `date`.
    pub fn of(date: Date) -> Month {
        Month { first: date.first_of_month() }
    }

    /// Year, for example 2026.
    pub fn year(self) -> i16 {
        self.first.year()
    }

    /// Month number 1..=12.
    pub fn number(self) -> i8 {
        self.first.month()
    }

    /// The first day.
    pub fn first(self) -> Date {
        self.first
    }

    /// The last day.
    pub fn last(self) -> Date {
        self.first.last_of_month()
    }

    /// Every day, in order.
    pub fn days(self) -> impl Iterator<Item = Date> {
        let last = self.last();
        self.first.series(1.day()).take_while(move |d| *d <= last)
    }

    /// Whether `date` lies in this month.
    pub fn contains(self, date: Date) -> bool {
        date.first_of_month() == self.first
    }

    /// The month before.
    pub fn previous(self) -> Month {
        Month { first: self.first.saturating_sub(1.month()) }
    }

    /// The month after.
    pub fn next(self) -> Month {
        Month { first: self.first.saturating_add(1.month()) }
    }
}

impl FromStr for Month {
    type Err = MonthError;

    fn from_str(text: &str) -> Result<Month, MonthError> {
        let error = || MonthError(text.to_owned());
        let (year, month) = text.trim().split_once('-').ok_or_else(error)?;
        if year.len() != 4 || month.len() != 2 {
            return Err(error());
        }
        let year: i16 = year.parse().map_err(|_| error())?;
        let month: i8 = month.parse().map_err(|_| error())?;
        if !(FIRST_YEAR..=LAST_YEAR).contains(&year) {
            return Err(error());
        }
        let first = Date::new(year, month, 1).map_err(|_| error())?;
        Ok(Month { first })
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.number())
    }
}

impl Serialize for Month {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_knows_its_days() {
        let feb: Month = "2028-02".parse().unwrap();
        assert_eq!(feb.days().count(), 29);
        assert_eq!(feb.previous().to_string(), "2028-01");
        assert_eq!(feb.next().to_string(), "2028-03");
        for bad in ["2026-13", "2026-1", "26-01", "2026", "2026-00", "", "9999-12", "0001-01"] {
            assert!(bad.parse::<Month>().is_err(), "{bad}");
        }
    }
}
