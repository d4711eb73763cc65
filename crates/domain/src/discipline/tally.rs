//! What of judged days counts for discipline.

use serde::{Deserialize, Serialize};

use crate::day::{DayCode, DayResult};

/// Minutes late and left early that count as one day of absence: 7 hours 30 minutes.
const DAY: i64 = 450;

/// Absence and lost minutes of a stretch of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tally {
    /// Working days absent without reason.
    pub absent: u32,
    /// Days late.
    pub late_days: u32,
    /// Minutes late.
    pub late_minutes: i64,
    /// Days left early.
    pub early_days: u32,
    /// Minutes left early.
    pub early_minutes: i64,
    /// Most days of absence in a row. Free days neither count nor break the row.
    pub longest_run: u32,
    /// Days of absence in a row up to the last day.
    pub open_run: u32,
}

impl Tally {
    /// Counts days in order, after `open_run` days of absence just before them.
    pub fn of<'a>(days: impl IntoIterator<Item = &'a DayResult>, open_run: u32) -> Tally {
        let mut tally = Tally { open_run, ..Tally::default() };
        for day in days {
            match &day.code {
                DayCode::Tk => {
                    tally.absent += 1;
                    tally.open_run += 1;
                    tally.longest_run = tally.longest_run.max(tally.open_run);
                }
                DayCode::Hadir | DayCode::SetengahHari | DayCode::Status(_) if day.required => {
                    tally.open_run = 0;
                    tally.late_days += u32::from(day.late_minutes > 0);
                    tally.late_minutes += day.late_minutes;
                    tally.early_days += u32::from(day.early_minutes > 0);
                    tally.early_minutes += day.early_minutes;
                }
                _ => {}
            }
        }
        tally
    }

    /// This stretch followed by a later one, which was counted from this one's open run.
    #[must_use]
    pub fn then(self, later: Tally) -> Tally {
        Tally {
            absent: self.absent + later.absent,
            late_days: self.late_days + later.late_days,
            late_minutes: self.late_minutes + later.late_minutes,
            early_days: self.early_days + later.early_days,
            early_minutes: self.early_minutes + later.early_minutes,
            longest_run: self.longest_run.max(later.longest_run),
            open_run: later.open_run,
        }
    }

    /// Whole days that the minutes late and left early make.
    pub fn minute_days(&self) -> u32 {
        u32::try_from((self.late_minutes + self.early_minutes) / DAY).unwrap_or(0)
    }

    /// Days of absence with those that the minutes make.
    pub fn days(&self) -> u32 {
        self.absent + self.minute_days()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn day(n: i8, code: DayCode) -> DayResult {
        let free = matches!(code, DayCode::Libur);
        DayResult { required: !free, ..DayResult::blank(date(2026, 6, n), code) }
    }

    #[test]
    fn minutes_become_days_at_450() {
        for (minutes, days) in [(449, 0), (450, 1), (899, 1), (1349, 2), (1350, 3)] {
            let tally = Tally { late_minutes: minutes - 100, early_minutes: 100, ..Tally::default() };
            assert_eq!(tally.days(), days, "{minutes}");
        }
        assert_eq!(Tally { absent: 2, late_minutes: 450, ..Tally::default() }.days(), 3);
    }

    #[test]
    fn a_row_goes_on_over_free_days_and_over_the_end_of_the_month() {
        let june = [day(29, DayCode::Hadir), day(30, DayCode::Tk)];
        let july = [day(1, DayCode::Libur), day(2, DayCode::Tk), day(3, DayCode::Belum), day(4, DayCode::Tk)];
        let first = Tally::of(&june, 0);
        let both = first.then(Tally::of(&july, first.open_run));
        assert_eq!((both.absent, both.longest_run, both.open_run), (3, 3, 3));
        let back = Tally::of(&[day(5, DayCode::Hadir)], both.open_run);
        assert_eq!((back.open_run, both.then(back).longest_run), (0, 3));
    }
}
