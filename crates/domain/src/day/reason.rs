//! Why a day was judged so, as data. The sentences are in `reason_text.rs`.

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use super::{DayPart, GapCause};
use crate::{
    calendar::{HolidayKind, Level},
    status::StatusCode,
};

/// Coming or leaving.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The check-in.
    In,
    /// The check-out.
    Out,
}

/// One reason of a judgement, readable in both languages through [`Reason::text`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Reason {
    /// Free text that needs no translation (holiday names, document numbers).
    Note {
        /// The text.
        text: String,
    },

    // ---- what was planned
    /// A free day of the calendar.
    Holiday {
        /// Its name.
        name: String,
        /// Libur or cuti bersama.
        day: HolidayKind,
        /// Whose calendar says so.
        level: Level,
    },
    /// A free day of the calendar that does not free from this schedule.
    HolidayWorked {
        /// Its name.
        name: String,
    },
    /// A free day that a lower layer of the calendar withdrew.
    HolidayWithdrawn {
        /// Its name.
        name: String,
        /// Whose calendar withdrew it.
        level: Level,
        /// Why.
        why: String,
    },
    /// Present on a free day where the schedule counts that.
    HolidayAttended,
    /// The week has no work on this weekday.
    Weekend,
    /// A free day of the roster.
    RosterFree,
    /// The day after a night shift.
    AfterNight {
        /// The date on which the night shift began, if it was not the roster itself that said so.
        night: Option<Date>,
    },
    /// The roster has no entry in this month.
    RosterMissing,
    /// A roster code that the schedule does not know.
    RosterCodeUnknown {
        /// The code.
        code: String,
    },
    /// No shift of the schedule exists on this date.
    ShiftNotValid,
    /// No schedule is assigned.
    NoSchedule,
    /// Not employed yet, or no more.
    NotEmployed,
    /// Other hours were used.
    OtherHours {
        /// Name of the overlay.
        name: String,
    },
    /// The national holidays of the year are not known.
    CalendarUnknown {
        /// The year.
        year: i16,
    },

    // ---- statuses
    /// A status covers the day.
    StatusDay {
        /// Its code.
        code: StatusCode,
        /// The document behind it.
        document: String,
    },
    /// A status covers a part of the day.
    StatusPart {
        /// Its code.
        code: StatusCode,
        /// The part.
        part: DayPart,
        /// The document behind it.
        document: String,
    },
    /// Another status also covers the day and comes after.
    StatusOutranked {
        /// The code left out.
        code: StatusCode,
        /// The code that counts.
        by: StatusCode,
    },
    /// A status that changes only the place of work.
    StatusPlace {
        /// Its code.
        code: StatusCode,
    },

    // ---- what is not known yet
    /// The day lies in the future.
    Future,
    /// The window is still open.
    WindowOpen {
        /// Until when.
        until: DateTime,
    },
    /// Data may be missing, so the missing punch is not held against the person.
    DataGap {
        /// Which punch may be missing; `None` for both.
        side: Option<Side>,
        /// Begin of the gap.
        from: DateTime,
        /// End of the gap; `None` while it goes on.
        until: Option<DateTime>,
        /// Why.
        cause: GapCause,
    },

    // ---- what follows from the punches
    /// Late.
    Late {
        /// Minutes counted.
        minutes: i64,
        /// The check-in.
        at: DateTime,
        /// The on-time limit.
        limit: DateTime,
        /// From when minutes were counted.
        since: DateTime,
    },
    /// After the nominal start, but within the on-time limit.
    WithinLimit {
        /// The check-in.
        at: DateTime,
        /// The on-time limit.
        limit: DateTime,
    },
    /// The seconds were left out, and that made the difference.
    SecondsLeftOut {
        /// Which punch.
        side: Side,
        /// The exact moment.
        at: DateTime,
    },
    /// Came later and leaves as much later, as the schedule allows.
    Flex {
        /// Minutes shifted.
        minutes: i64,
        /// From when leaving is not early.
        leave_from: DateTime,
    },
    /// Left too early.
    Early {
        /// Minutes counted.
        minutes: i64,
        /// The check-out.
        at: DateTime,
        /// From when leaving is not early.
        limit: DateTime,
    },
    /// Minutes of an outage were not counted as late or early.
    OutageExcluded {
        /// Late or early.
        side: Side,
        /// Minutes left out.
        minutes: i64,
        /// Begin of the outage.
        from: DateTime,
        /// End of the outage.
        until: Option<DateTime>,
    },
    /// Late back from rest.
    BreakLate {
        /// Minutes.
        minutes: i64,
        /// The punch.
        at: DateTime,
        /// Last moment that was on time.
        limit: DateTime,
    },
    /// No punch on coming back from rest.
    MissingBreak,
    /// No check-in.
    MissingIn,
    /// No check-out until the window closed.
    MissingOut {
        /// When the window closed.
        closed: DateTime,
    },
    /// One punch alone was taken for the side it stands nearer to.
    NearestSide {
        /// The punch.
        id: String,
        /// The side.
        side: Side,
    },
    /// A punch was taken for the other side than the key pressed says.
    KeyOverruled {
        /// The punch.
        id: String,
        /// The side it was taken for.
        side: Side,
    },
    /// Absent: not one punch until the window closed, all data complete, no status.
    NoPunch {
        /// When the window closed.
        closed: DateTime,
    },
    /// One of several shifts of the day was not worked.
    ShiftAbsent {
        /// Its code.
        shift: String,
    },
    /// Worked less than the threshold for half a day.
    BelowHalfDay {
        /// Minutes worked.
        worked: i64,
        /// The threshold.
        threshold: i64,
    },
    /// Worked less than the threshold for presence.
    BelowPresence {
        /// Minutes worked.
        worked: i64,
        /// The threshold.
        threshold: i64,
    },

    // ---- why a punch was not counted
    /// The same press again.
    Duplicate {
        /// The punch that counts.
        of: String,
    },
    /// Too soon after the check-in (or the return from rest) to be a check-out.
    Retry {
        /// The punch that is repeated.
        of: String,
        /// The setting.
        min_gap_minutes: i64,
    },
    /// Between the check-in and the check-out.
    Between,
    /// A later one in the same window counts.
    LaterCounts {
        /// The punch that counts.
        by: String,
    },
    /// Typed the other way, or without its other half.
    Unpaired,
    /// In no window of any shift.
    OutsideWindow,
    /// The day is free.
    FreeDay,
    /// A status covers the day.
    CoveredByStatus {
        /// Its code.
        code: StatusCode,
    },
    /// Marked not to be counted.
    Skipped,
    /// Later than the moment as of which is judged.
    AfterAsOf,
}
