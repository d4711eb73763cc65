//! What a judged day says.

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use super::Reason;
use crate::{punch::PlaceState, status::StatusCode};

/// The headline of a judged day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayCode {
    /// Came (perhaps late, early away or with one punch missing: see the minutes and flags).
    Hadir,
    /// Worked less than the half-day threshold of the shift.
    SetengahHari,
    /// Tanpa keterangan: a working day without punches and without a reason.
    Tk,
    /// Public holiday, cuti bersama or weekend.
    Libur,
    /// A free day of the roster.
    Lepas,
    /// The day after a night shift.
    LepasJaga,
    /// Cuti, DL, sakit, … with its code.
    Status(StatusCode),
    /// The day is not over, or data is still missing through no fault of the person. Never counts as absent.
    Belum,
    /// No schedule applies (not employed, nothing assigned).
    TanpaJadwal,
}

/// The part of the schedule that a day was judged by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedDay {
    /// Shift code, for example `REG` or `M`.
    pub shift: String,
    /// Nominal start.
    pub start: DateTime,
    /// Nominal end; next day for a night shift.
    pub end: DateTime,
    /// From when a check-in is accepted.
    pub window_from: DateTime,
    /// Until when a check-out is accepted.
    pub window_until: DateTime,
    /// Last moment that is on time.
    pub on_time_until: DateTime,
    /// The moment from which late minutes are counted once the limit is passed: the start, the limit (as the
    /// schedule says), or the end of a status that covers the morning.
    pub late_counted_from: DateTime,
    /// First moment at which leaving is not early.
    pub leave_from: DateTime,
    /// Net working minutes required.
    pub required_minutes: i64,
    /// Whether Ramadan hours were used.
    pub ramadan: bool,
}

/// A punch that was seen but not counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IgnoredPunch {
    /// Reference of the punch.
    pub id: String,
    /// Why.
    pub reason: Reason,
}

/// One of several shifts of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShiftResult {
    /// Headline of this shift.
    pub code: DayCode,
    /// Its hours.
    pub planned: PlannedDay,
    /// Counted check-in.
    pub check_in: Option<DateTime>,
    /// Counted check-out.
    pub check_out: Option<DateTime>,
    /// Whole minutes late.
    pub late_minutes: i64,
    /// Whole minutes left too early.
    pub early_minutes: i64,
    /// Net minutes worked.
    pub worked_minutes: i64,
}

/// A judged day: what was planned, which facts were used, what follows and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayResult {
    /// The working date; a night shift belongs to the date it starts.
    pub date: Date,
    /// Headline.
    pub code: DayCode,
    /// Whether the person had to work on this date by schedule and calendar, whatever status covers it.
    /// Leave counts only where this is set.
    pub required: bool,
    /// The schedule used; `None` on days without work.
    pub planned: Option<PlannedDay>,
    /// Counted check-in.
    pub check_in: Option<DateTime>,
    /// Counted check-out.
    pub check_out: Option<DateTime>,
    /// Place of the check-in.
    pub in_place: PlaceState,
    /// Place of the check-out.
    pub out_place: PlaceState,
    /// Whole minutes late against the nominal start (0 when within the on-time limit).
    pub late_minutes: i64,
    /// Whole minutes left too early.
    pub early_minutes: i64,
    /// Whole minutes late back from rest, where rest is checked.
    pub break_late_minutes: i64,
    /// Rest is checked and the punch on coming back is missing.
    pub missing_break: bool,
    /// A working day with a check-out but no check-in.
    pub missing_in: bool,
    /// A working day with a check-in but no check-out (only once the window has closed).
    pub missing_out: bool,
    /// Net minutes worked between the counted punches, rest taken off.
    pub worked_minutes: i64,
    /// Whether this is the first required working day after a run of at least three free days.
    pub first_after_holiday: bool,
    /// Whether this is the last required working day before a run of at least three free days.
    pub last_before_holiday: bool,
    /// A status that covers only part of the day (izin setengah hari), beside the headline.
    pub partial_status: Option<StatusCode>,
    /// The shifts one by one, where the day has several; else empty.
    pub shifts: Vec<ShiftResult>,
    /// References of the punches used.
    pub used: Vec<String>,
    /// Punches seen but not counted.
    pub ignored: Vec<IgnoredPunch>,
    /// Why the day was judged so, in order.
    pub reasons: Vec<Reason>,
}

impl DayResult {
    /// A day of which nothing is known but its headline; required if the headline is one of a working day.
    pub fn blank(date: Date, code: DayCode) -> DayResult {
        let free =
            matches!(code, DayCode::Libur | DayCode::Lepas | DayCode::LepasJaga | DayCode::TanpaJadwal);
        DayResult {
            date,
            code,
            required: !free,
            planned: None,
            check_in: None,
            check_out: None,
            in_place: PlaceState::Unknown,
            out_place: PlaceState::Unknown,
            late_minutes: 0,
            early_minutes: 0,
            break_late_minutes: 0,
            missing_break: false,
            missing_in: false,
            missing_out: false,
            worked_minutes: 0,
            first_after_holiday: false,
            last_before_holiday: false,
            partial_status: None,
            shifts: Vec::new(),
            used: Vec::new(),
            ignored: Vec::new(),
            reasons: Vec::new(),
        }
    }
}
