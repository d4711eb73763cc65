//! The measures that every policy knows without declaring them.

use crate::policy::result::Unit;

/// A measure of the month that the engine computes by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Builtin {
    /// Sum of minutes late.
    LateMinutes,
    /// Sum of minutes left early.
    EarlyMinutes,
    /// Sum of minutes late back from rest.
    BreakLateMinutes,
    /// Late and early minutes together.
    LateEarlyMinutes,
    /// Late and early minutes together as whole days of 450 minutes.
    MinuteDays,
    /// Minutes worked less than required, on days with both punches.
    ShortageMinutes,
    /// Minutes worked.
    WorkedMinutes,
    /// Minutes required in the month.
    WorkMinutes,
    /// Days late.
    LateDays,
    /// Days left early.
    EarlyDays,
    /// Days without check-in.
    MissingInDays,
    /// Days without check-out.
    MissingOutDays,
    /// Missing check-ins and check-outs.
    MissingPunches,
    /// Days absent without notice.
    TkDays,
    /// Longest run of days absent without notice; free days neither count nor break it.
    LongestTkRun,
    /// Half days.
    HalfDays,
    /// Minutes required on working days with a status: hours that leave and duty stand for.
    ExcusedMinutes,
    /// Number of the month in the year, 1 to 12.
    MonthNumber,
    /// Days present.
    PresentDays,
    /// Days with any status.
    StatusDays,
    /// Working days of the month.
    Workdays,
    /// Calendar days of the month.
    CalendarDays,
    /// Working days on which the post was held.
    ActiveWorkdays,
    /// Calendar days on which the post was held.
    ActiveCalendarDays,
    /// Days present of the working days, in percent.
    AttendancePct,
    /// Salary.
    Salary,
}

/// Name, measure, unit and whether only whole numbers occur.
pub const BUILTINS: [(&str, Builtin, Unit, bool); 26] = [
    ("late_minutes", Builtin::LateMinutes, Unit::Minutes, true),
    ("early_minutes", Builtin::EarlyMinutes, Unit::Minutes, true),
    ("break_late_minutes", Builtin::BreakLateMinutes, Unit::Minutes, true),
    ("late_early_minutes", Builtin::LateEarlyMinutes, Unit::Minutes, true),
    ("minute_days", Builtin::MinuteDays, Unit::Days, true),
    ("shortage_minutes", Builtin::ShortageMinutes, Unit::Minutes, true),
    ("worked_minutes", Builtin::WorkedMinutes, Unit::Minutes, true),
    ("work_minutes", Builtin::WorkMinutes, Unit::Minutes, true),
    ("late_days", Builtin::LateDays, Unit::Days, true),
    ("early_days", Builtin::EarlyDays, Unit::Days, true),
    ("missing_in_days", Builtin::MissingInDays, Unit::Days, true),
    ("missing_out_days", Builtin::MissingOutDays, Unit::Days, true),
    ("missing_punches", Builtin::MissingPunches, Unit::Times, true),
    ("excused_minutes", Builtin::ExcusedMinutes, Unit::Minutes, true),
    ("month_number", Builtin::MonthNumber, Unit::Number, true),
    ("tk_days", Builtin::TkDays, Unit::Days, true),
    ("longest_tk_run", Builtin::LongestTkRun, Unit::Days, true),
    ("half_days", Builtin::HalfDays, Unit::Days, true),
    ("present_days", Builtin::PresentDays, Unit::Days, true),
    ("status_days", Builtin::StatusDays, Unit::Days, true),
    ("workdays", Builtin::Workdays, Unit::Days, true),
    ("calendar_days", Builtin::CalendarDays, Unit::Days, true),
    ("active_workdays", Builtin::ActiveWorkdays, Unit::Days, true),
    ("active_calendar_days", Builtin::ActiveCalendarDays, Unit::Days, true),
    ("attendance_pct", Builtin::AttendancePct, Unit::Percent, false),
    ("salary", Builtin::Salary, Unit::Rupiah, false),
];

/// The measures that add up over months; a quotient or a longest run does not.
pub fn summed() -> impl Iterator<Item = (&'static str, Builtin)> {
    let adds_up = |builtin: &Builtin| {
        !matches!(
            builtin,
            Builtin::MinuteDays
                | Builtin::LongestTkRun
                | Builtin::AttendancePct
                | Builtin::MonthNumber
                | Builtin::Salary
        )
    };
    BUILTINS.iter().map(|(name, builtin, ..)| (*name, *builtin)).filter(move |(_, b)| adds_up(b))
}

/// Something of the day itself, for conditions of day rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayMeasure {
    /// Minutes late.
    Late,
    /// Minutes left early.
    Early,
    /// Both together.
    LateEarly,
    /// Minutes worked.
    Worked,
    /// Minutes required.
    Required,
    /// Minutes worked less than required.
    Shortage,
}

/// Names of the measures of a day.
pub const DAY_MEASURES: [(&str, DayMeasure); 6] = [
    ("day:late", DayMeasure::Late),
    ("day:early", DayMeasure::Early),
    ("day:late_early", DayMeasure::LateEarly),
    ("day:worked", DayMeasure::Worked),
    ("day:required", DayMeasure::Required),
    ("day:shortage", DayMeasure::Shortage),
];
