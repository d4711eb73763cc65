//! The month of one person in numbers.

use serde::{Deserialize, Serialize};

use crate::{
    day::{DayCode, DayResult},
    status,
};

/// Totals of a month, as the recaps X2 and X3 count them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Totals {
    /// Required working days (hari kerja) up to the moment of judging.
    pub working_days: u32,
    /// Days present, late or not.
    pub present: u32,
    /// Sakit, with or without letter.
    pub sick: u32,
    /// Izin.
    pub permission: u32,
    /// Dinas luar and official tasks.
    pub duty: u32,
    /// Every kind of cuti.
    pub leave: u32,
    /// Tugas belajar.
    pub study: u32,
    /// Diklat.
    pub training: u32,
    /// Dispensasi, technical reason, work from home.
    pub other: u32,
    /// Tanpa keterangan.
    pub absent: u32,
    /// Days late.
    pub late_days: u32,
    /// Minutes late.
    pub late_minutes: i64,
    /// Days left early.
    pub early_days: u32,
    /// Minutes left early.
    pub early_minutes: i64,
    /// Days without check-in.
    pub missing_in: u32,
    /// Days without check-out.
    pub missing_out: u32,
    /// Days on which nothing can be said yet.
    pub unknown: u32,
}

impl Totals {
    /// Counts judged days.
    pub fn of(days: &[DayResult]) -> Totals {
        let mut t = Totals::default();
        for day in days {
            match &day.code {
                DayCode::Hadir | DayCode::SetengahHari => t.present += 1,
                DayCode::Tk => t.absent += 1,
                DayCode::Belum => t.unknown += 1,
                // Leave over a weekend or a holiday is shown there, but no working day is lost.
                DayCode::Status(_) if !day.required => continue,
                DayCode::Status(code) => match status::meaning(code.as_str()).map_or("LAIN", |m| m.column) {
                    "S" => t.sick += 1,
                    "I" => t.permission += 1,
                    "DL" => t.duty += 1,
                    "C" => t.leave += 1,
                    "TB" => t.study += 1,
                    "DIK" => t.training += 1,
                    _ => t.other += 1,
                },
                DayCode::Libur | DayCode::Lepas | DayCode::LepasJaga | DayCode::TanpaJadwal => continue,
            }
            if day.code != DayCode::Belum {
                t.working_days += u32::from(day.planned.is_some());
            }
            t.late_days += u32::from(day.late_minutes > 0);
            t.late_minutes += day.late_minutes;
            t.early_days += u32::from(day.early_minutes > 0);
            t.early_minutes += day.early_minutes;
            t.missing_in += u32::from(day.missing_in);
            t.missing_out += u32::from(day.missing_out);
        }
        t
    }
}
