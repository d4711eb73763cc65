//! A clock time seen from the working date, so that a shift may begin the evening before or end the next day.

use std::{fmt, str::FromStr};

use jiff::civil::{Date, DateTime, Time};
use serde::{Deserialize, Serialize};

const DAY: i32 = 86_400;

/// Seconds from the midnight that begins the working date; negative on the day before, 86,400 and more on the day after.
///
/// Written `07:30` (or `07.30`, `07:30:00`); the day after is `07:00+1`, the day before `23:30-1`; `24:00` is the end of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DayTime(i32);

/// The text is not a clock time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a time; write it as \"07:30\", or \"07:00+1\" for the next day")]
pub struct DayTimeError(pub String);

impl DayTime {
    /// `minutes` after (or, if negative, before) the midnight that begins the working date.
    pub const fn minutes(minutes: i32) -> DayTime {
        DayTime(minutes * 60)
    }

    /// A time of the working date itself.
    pub fn of(time: Time) -> DayTime {
        DayTime(i32::from(time.hour()) * 3600 + i32::from(time.minute()) * 60 + i32::from(time.second()))
    }

    /// Whole minutes from midnight, rounded down.
    pub const fn as_minutes(self) -> i64 {
        self.0.div_euclid(60) as i64
    }

    /// The same clock time a day later.
    #[must_use]
    pub const fn next_day(self) -> DayTime {
        DayTime(self.0 + DAY)
    }

    /// Moves by whole minutes.
    #[must_use]
    pub const fn plus_minutes(self, minutes: i64) -> DayTime {
        DayTime(self.0 + minutes as i32 * 60)
    }

    /// The moment on the calendar for the working date `date`. Beyond the range of jiff the nearest moment is given.
    pub fn on(self, date: Date) -> DateTime {
        let second = self.0.rem_euclid(DAY);
        let date = match self.day_offset() {
            0 => date,
            // The usual cases without the arithmetic of spans, which is many times slower.
            1 => date.tomorrow().unwrap_or(date),
            -1 => date.yesterday().unwrap_or(date),
            days => date.saturating_add(jiff::Span::new().days(days)),
        };
        match (i8::try_from(second / 3600), i8::try_from(second / 60 % 60), i8::try_from(second % 60)) {
            (Ok(hour), Ok(minute), Ok(second)) => date.at(hour, minute, second, 0),
            _ => date.at(0, 0, 0, 0),
        }
    }

    /// How many days after the working date the moment lies (-1, 0, 1, …).
    pub const fn day_offset(self) -> i32 {
        self.0.div_euclid(DAY)
    }
}

impl FromStr for DayTime {
    type Err = DayTimeError;

    fn from_str(text: &str) -> Result<DayTime, DayTimeError> {
        let error = || DayTimeError(text.to_owned());
        let trimmed = text.trim();
        let (clock, days) = match trimmed.find(['+', '-']) {
            Some(at) => {
                let days: i32 = trimmed[at + 1..].parse().map_err(|_| error())?;
                (&trimmed[..at], if trimmed[at..].starts_with('-') { -days } else { days })
            }
            None => (trimmed, 0),
        };
        let mut fields = clock.split([':', '.']);
        let mut field = |max: i32| -> Result<i32, DayTimeError> {
            let digits = fields.next().ok_or_else(error)?;
            if digits.is_empty() || digits.len() > 2 {
                return Err(error());
            }
            digits.parse::<i32>().ok().filter(|n| (0..=max).contains(n)).ok_or_else(error)
        };
        let (hour, minute) = (field(24)?, field(59)?);
        let second = if clock.matches([':', '.']).count() == 2 { field(59)? } else { 0 };
        if fields.next().is_some() || days.abs() > 7 || (hour == 24 && (minute, second) != (0, 0)) {
            return Err(error());
        }
        Ok(DayTime(days * DAY + hour * 3600 + minute * 60 + second))
    }
}

impl fmt::Display for DayTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (day, second) = (self.day_offset(), self.0.rem_euclid(DAY));
        write!(f, "{:02}:{:02}", second / 3600, second / 60 % 60)?;
        if second % 60 != 0 {
            write!(f, ":{:02}", second % 60)?;
        }
        if day == 0 { Ok(()) } else { write!(f, "{day:+}") }
    }
}

impl Serialize for DayTime {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for DayTime {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn times_are_read_and_written() {
        for (text, shown, minutes) in [
            ("07:30", "07:30", 450),
            ("07.30", "07:30", 450),
            ("07:30:00", "07:30", 450),
            ("07:00+1", "07:00+1", 1860),
            ("23:30-1", "23:30-1", -30),
            ("24:00", "00:00+1", 1440),
            ("0:05", "00:05", 5),
        ] {
            let time: DayTime = text.parse().unwrap();
            assert_eq!((time.to_string().as_str(), time.as_minutes()), (shown, minutes), "{text}");
        }
        for bad in [
            "",
            "7",
            "25:00",
            "07:60",
            "07:30:61",
            "24:01",
            "07:30+9",
            "07:30+x",
            "a:b",
            "07:30:00:00",
            "-07:30",
        ] {
            assert!(bad.parse::<DayTime>().is_err(), "{bad}");
        }
    }

    #[test]
    fn the_day_before_and_after_are_reached() {
        let on = |text: &str| text.parse::<DayTime>().unwrap().on(date(2026, 3, 1)).to_string();
        assert_eq!(on("23:30-1"), "2026-02-28T23:30:00");
        assert_eq!(on("07:00+1"), "2026-03-02T07:00:00");
    }
}
