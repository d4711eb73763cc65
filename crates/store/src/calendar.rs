//! Holidays and periods, layer by layer.

use domain::{
    calendar::{HolidayKind, Level},
    ids::{RecordId, UnitId},
};
use jiff::{Timestamp, civil::Date};

use crate::{
    error::{Result, StoreError},
    log,
    sql::{
        bulk::{self, OnConflict},
        record::{Record, record},
        text_enum::text_enum,
        value::{Cell, Column, Kind, Value, params},
    },
    tx::Tx,
};

/// What a layer says about a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayRule {
    /// It is free.
    Free(HolidayKind),
    /// It is free in a wider layer, but an ordinary working day here.
    Withdrawn,
}

impl Column for DayRule {
    const KIND: Kind = Kind::Text;

    fn to_value(&self) -> Value {
        match self {
            DayRule::Free(kind) => kind.to_value(),
            DayRule::Withdrawn => Value::Text("withdrawn".to_owned()),
        }
    }

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Text("withdrawn") => Some(DayRule::Withdrawn),
            other => HolidayKind::from_cell(other).map(DayRule::Free),
        }
    }
}

record! {
    /// A day that differs from the weekly pattern.
    pub struct HolidayRow {
        /// Identity.
        pub holiday_id: RecordId,
        /// Whose calendar.
        pub layer: Level,
        /// The unit, for the unit layer.
        pub unit_id: Option<UnitId>,
        /// The day.
        pub day: Date,
        /// What is said about it.
        pub kind: DayRule,
        /// Name in Bahasa Indonesia.
        pub name: String,
        /// Decree.
        pub source: String,
        /// When it was recorded.
        pub recorded_at: Timestamp,
        /// By whom.
        pub actor: String,
    }
}

record! {
    /// A period with other hours.
    pub struct PeriodRow {
        /// Identity.
        pub period_id: RecordId,
        /// `ramadan` or another name that schedules refer to.
        pub kind: String,
        /// Whose calendar.
        pub layer: Level,
        /// The unit, for the unit layer.
        pub unit_id: Option<UnitId>,
        /// First day.
        pub first_day: Date,
        /// Last day.
        pub last_day: Date,
        /// Name in Bahasa Indonesia.
        pub name: String,
        /// Decree.
        pub source: String,
        /// When it was recorded.
        pub recorded_at: Timestamp,
        /// By whom.
        pub actor: String,
    }
}

/// Adds days; one that the layer has already stays as it is. How many were new.
///
/// # Errors
/// As every call.
pub async fn add_days(tx: &mut Tx, days: &[HolidayRow]) -> Result<u64> {
    bulk::insert(tx, "holiday", days, OnConflict::Ignore).await
}

/// Adds periods.
///
/// # Errors
/// [`crate::ErrorKind::Conflict`] when an id is known.
pub async fn add_periods(tx: &mut Tx, periods: &[PeriodRow]) -> Result<u64> {
    bulk::insert(tx, "calendar_period", periods, OnConflict::Fail).await
}

/// All days of all layers between two days, both included.
///
/// # Errors
/// As every call.
pub async fn days(tx: &mut Tx, from: Date, until: Date) -> Result<Vec<HolidayRow>> {
    let sql = format!(
        "SELECT {} FROM holiday
         WHERE tenant_id = $1 AND day >= $2 AND day <= $3 AND withdrawn_at IS NULL ORDER BY day, recorded_at",
        HolidayRow::LIST
    );
    tx.fetch(sql, params![from, until]).await
}

/// All periods of all layers that touch the days between two days, both included.
///
/// # Errors
/// As every call.
pub async fn periods(tx: &mut Tx, from: Date, until: Date) -> Result<Vec<PeriodRow>> {
    let sql = format!(
        "SELECT {} FROM calendar_period
         WHERE tenant_id = $1 AND last_day >= $2 AND first_day <= $3 AND withdrawn_at IS NULL
         ORDER BY first_day, recorded_at",
        PeriodRow::LIST
    );
    tx.fetch(sql, params![from, until]).await
}

text_enum! {
    /// Which of the two tables an entry is in.
    pub enum CalendarEntry {
        /// A day.
        Day = "day",
        /// A period.
        Period = "period",
    }
}

/// Takes an entry back that was wrong; it stays stored.
///
/// # Errors
/// [`crate::ErrorKind::NotFound`] when it does not hold.
pub async fn withdraw(tx: &mut Tx, which: CalendarEntry, id: RecordId, now: Timestamp) -> Result<()> {
    let sql = match which {
        CalendarEntry::Day => {
            "UPDATE holiday SET withdrawn_at = $3
             WHERE tenant_id = $1 AND holiday_id = $2 AND withdrawn_at IS NULL"
        }
        CalendarEntry::Period => {
            "UPDATE calendar_period SET withdrawn_at = $3
             WHERE tenant_id = $1 AND period_id = $2 AND withdrawn_at IS NULL"
        }
    };
    match log::update(tx, sql, params![id, now]).await? {
        0 => Err(StoreError::not_found("calendar entry")),
        _ => Ok(()),
    }
}
