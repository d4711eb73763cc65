//! Counting working days and finding runs of free days.

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};
use serde::{Deserialize, Serialize};

use super::Calendar;
use crate::month::Month;

/// The weekdays on which an office works, before holidays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WorkWeek(u8);

impl WorkWeek {
    /// Monday to Friday (Perpres 21/2023).
    pub const FIVE_DAYS: WorkWeek = WorkWeek(0b001_1111);
    /// Monday to Saturday (schools, puskesmas, service units).
    pub const SIX_DAYS: WorkWeek = WorkWeek(0b011_1111);

    /// A week of these days.
    pub fn of(days: impl IntoIterator<Item = Weekday>) -> WorkWeek {
        WorkWeek(days.into_iter().fold(0, |mask, day| mask | 1 << day.to_monday_zero_offset()))
    }

    /// Whether `day` is one of the days.
    pub fn has(self, day: Weekday) -> bool {
        self.0 & (1 << day.to_monday_zero_offset()) != 0
    }
}

impl Calendar {
    /// Whether `date` is a working day: a day of the week worked and no free day.
    pub fn is_working(&self, date: Date, week: WorkWeek) -> bool {
        week.has(date.weekday()) && self.holiday(date).is_none()
    }

    /// Working days from `from` to `until`, both included.
    pub fn working_days(&self, from: Date, until: Date, week: WorkWeek) -> i64 {
        let count =
            from.series(1.day()).take_while(|d| *d <= until).filter(|d| self.is_working(*d, week)).count();
        i64::try_from(count).unwrap_or(i64::MAX)
    }

    /// Working days of a month.
    pub fn working_days_of(&self, month: Month, week: WorkWeek) -> i64 {
        self.working_days(month.first(), month.last(), week)
    }

    /// The `n`th working day after `date`: the next working day is the first. `n` = 0 gives `date` itself.
    ///
    /// `None` if fewer than `n` such days come within `n` weeks and a year (an empty week, an absurd `n`).
    pub fn nth_working_day_after(&self, date: Date, n: u32, week: WorkWeek) -> Option<Date> {
        if n == 0 {
            return Some(date);
        }
        let horizon = usize::try_from(n).ok()?.checked_mul(7)?.checked_add(366)?;
        let left = usize::try_from(n).ok()? - 1;
        date.series(1.day()).skip(1).take(horizon).filter(|d| self.is_working(*d, week)).nth(left)
    }

    /// Whether `date` is the first working day after at least `run` free days in a row.
    pub fn is_first_after_run(&self, date: Date, run: usize, week: WorkWeek) -> bool {
        self.is_working(date, week) && follows_free_run(date, run, |d| !self.is_working(d, week))
    }

    /// Whether `date` is the last working day before at least `run` free days in a row.
    pub fn is_last_before_run(&self, date: Date, run: usize, week: WorkWeek) -> bool {
        self.is_working(date, week) && precedes_free_run(date, run, |d| !self.is_working(d, week))
    }
}

/// Whether the `run` days before `date` are all free.
pub fn follows_free_run(date: Date, run: usize, is_free: impl Fn(Date) -> bool) -> bool {
    date.series((-1).day()).skip(1).take(run).filter(|d| is_free(*d)).count() == run
}

/// Whether the `run` days after `date` are all free.
pub fn precedes_free_run(date: Date, run: usize, is_free: impl Fn(Date) -> bool) -> bool {
    date.series(1.day()).skip(1).take(run).filter(|d| is_free(*d)).count() == run
}
