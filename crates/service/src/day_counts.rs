//! How many people of a list are present, away, absent or without data. No data yet is never counted as absent.

use domain::day::{DayCode, DayResult};
use print::{DayMark, MarkColumn};

/// Counts of judged days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DayCounts {
    /// People who must be present that day.
    pub due: u32,
    /// Present so far.
    pub present: u32,
    /// Of those present, late.
    pub late: u32,
    /// On duty elsewhere, study, training.
    pub duty: u32,
    /// Leave, sick, permission.
    pub leave: u32,
    /// Without notice. Zero until the day is judged.
    pub absent: u32,
    /// No data yet.
    pub unknown: u32,
}

impl DayCounts {
    /// Counts judged days; free days are left out.
    pub fn of<'a>(days: impl Iterator<Item = &'a DayResult>) -> DayCounts {
        let mut c = DayCounts::default();
        for day in days {
            let column = DayMark::of(day).column;
            if column == MarkColumn::Off {
                continue;
            }
            c.due += u32::from(!matches!(day.code, DayCode::Status(_)));
            c.late += u32::from(day.late_minutes > 0);
            match column {
                MarkColumn::Present => c.present += 1,
                MarkColumn::Absent => c.absent += 1,
                MarkColumn::Pending if day.check_in.is_some() => c.present += 1,
                MarkColumn::Pending => c.unknown += 1,
                MarkColumn::Duty | MarkColumn::Study => c.duty += 1,
                _ => c.leave += 1,
            }
        }
        c
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::status::StatusCode;
    use jiff::civil::{Date, date};

    const DAY: Date = date(2026, 11, 3);

    fn day(code: DayCode) -> DayResult {
        DayResult::blank(DAY, code)
    }

    #[test]
    fn no_data_yet_is_not_absent_and_a_free_day_is_nobodys() {
        let begun = DayResult { check_in: Some(DAY.at(7, 0, 0, 0)), ..day(DayCode::Belum) };
        let duty = day(DayCode::Status(StatusCode("DL".into())));
        let leave = day(DayCode::Status(StatusCode("CT".into())));
        let late = DayResult { late_minutes: 5, ..day(DayCode::Hadir) };
        let days = [late, day(DayCode::Tk), day(DayCode::Belum), begun, day(DayCode::Libur), duty, leave];
        let expected = DayCounts { due: 4, present: 2, late: 1, duty: 1, leave: 1, absent: 1, unknown: 1 };
        assert_eq!(DayCounts::of(days.iter()), expected);
    }
}
