//! The month of one person in numbers, and the short code that stands for a day in a recap cell.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::{
    day::{DayCode, DayResult},
    lang::Lang,
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

/// The code printed in a recap cell: `H`, `TL`, `PSW`, `TL/PSW`, `TAM`, `TAP`, `TK`, `L`, `DL`, …; empty while unknown.
pub fn cell(day: &DayResult) -> Cow<'static, str> {
    match &day.code {
        DayCode::Hadir | DayCode::SetengahHari => Cow::Borrowed(present_cell(day)),
        DayCode::Tk => Cow::Borrowed("TK"),
        DayCode::Libur => Cow::Borrowed("L"),
        DayCode::Lepas => Cow::Borrowed("O"),
        DayCode::LepasJaga => Cow::Borrowed("LJ"),
        DayCode::Status(code) => Cow::Owned(code.0.clone()),
        DayCode::Belum | DayCode::TanpaJadwal => Cow::Borrowed(""),
    }
}

fn present_cell(day: &DayResult) -> &'static str {
    let late = day.late_minutes > 0;
    let early = day.early_minutes > 0;
    match (day.missing_in, day.missing_out) {
        (true, _) if early => "TAM/PSW",
        (true, _) => "TAM",
        (_, true) if late => "TL/TAP",
        (_, true) => "TAP",
        _ if late && early => "TL/PSW",
        _ if late => "TL",
        _ if early => "PSW",
        _ if day.code == DayCode::SetengahHari => "½",
        _ => "H",
    }
}

/// Codes that a recap may show besides those of the status dictionary, with their meaning.
pub fn legend(lang: Lang) -> Vec<(&'static str, &'static str)> {
    let pick = |id, en| match lang {
        Lang::Id => id,
        Lang::En => en,
    };
    vec![
        ("H", pick("Hadir", "Present")),
        ("TL", pick("Terlambat", "Late")),
        ("PSW", pick("Pulang sebelum waktunya", "Left early")),
        ("TAM", pick("Tidak ada presensi masuk", "No check-in")),
        ("TAP", pick("Tidak ada presensi pulang", "No check-out")),
        ("TK", pick("Tanpa keterangan", "Absent without reason")),
        ("½", pick("Setengah hari", "Half day")),
        ("L", pick("Libur", "Holiday or weekend")),
        ("O", pick("Lepas (jadwal sif)", "Off (roster)")),
        ("LJ", pick("Lepas jaga", "Off after night duty")),
    ]
}
