//! Working-time schedules and which unit follows which; append-only.

use domain::ids::UnitId;
use jiff::{Timestamp, civil::Date};

use crate::{
    error::Result,
    sql::{
        bulk::{self, OnConflict},
        record::{Record, record},
        value::params,
    },
    tx::Tx,
};

record! {
    /// A version of a schedule, which holds until the next version of its code begins.
    pub struct ScheduleRow {
        /// Code, for example `5HK`.
        pub code: String,
        /// First day.
        pub valid_from: Date,
        /// When it was recorded; of one day the latest counts.
        pub recorded_at: Timestamp,
        /// Name.
        pub name: String,
        /// The schedule as text of `domain::schedule`.
        pub spec: String,
        /// Who recorded it.
        pub actor: String,
    }
}

record! {
    /// A unit, and everything below it, follows a schedule from a day on.
    pub struct UnitSchedule {
        /// The unit.
        pub unit_id: UnitId,
        /// First day.
        pub valid_from: Date,
        /// When it was recorded; of one day the latest counts.
        pub recorded_at: Timestamp,
        /// Code of the schedule.
        pub schedule_code: String,
        /// Who recorded it.
        pub actor: String,
    }
}

/// All versions of all schedules; fed in this order into a `Timeline` per code, the latest record of a day wins.
///
/// # Errors
/// As every call.
pub async fn all(tx: &mut Tx) -> Result<Vec<ScheduleRow>> {
    let sql = format!(
        "SELECT {} FROM schedule WHERE tenant_id = $1 ORDER BY code, valid_from, recorded_at",
        ScheduleRow::LIST
    );
    tx.fetch(sql, params![]).await
}

/// Adds versions.
///
/// # Errors
/// As every call.
pub async fn add(tx: &mut Tx, schedules: &[ScheduleRow]) -> Result<u64> {
    let clause = "ON CONFLICT (tenant_id, code, valid_from, recorded_at) DO UPDATE SET
        name = excluded.name, spec = excluded.spec, actor = excluded.actor";
    bulk::insert(tx, "schedule", schedules, OnConflict::Clause(clause)).await
}

/// What every unit follows, in the order for a `Timeline` per unit.
///
/// # Errors
/// As every call.
pub async fn of_units(tx: &mut Tx) -> Result<Vec<UnitSchedule>> {
    let sql = format!(
        "SELECT {} FROM unit_schedule WHERE tenant_id = $1 ORDER BY unit_id, valid_from, recorded_at",
        UnitSchedule::LIST
    );
    tx.fetch(sql, params![]).await
}

/// Lets units follow schedules.
///
/// # Errors
/// [`crate::ErrorKind::Conflict`] when a unit does not exist.
pub async fn assign(tx: &mut Tx, units: &[UnitSchedule]) -> Result<u64> {
    let clause = "ON CONFLICT (tenant_id, unit_id, valid_from, recorded_at) DO UPDATE SET
        schedule_code = excluded.schedule_code, actor = excluded.actor";
    bulk::insert(tx, "unit_schedule", units, OnConflict::Clause(clause)).await
}
