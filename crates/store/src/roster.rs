//! Shifts of persons on days; append-only.

use domain::ids::{EmployeeId, ImportId};
use jiff::{Timestamp, civil::Date};

use crate::{
    error::Result,
    log,
    scope::Scope,
    sql::{
        bulk::{self, OnConflict},
        record::{Record, record},
        value::params,
    },
    tx::Tx,
};

record! {
    /// The shift of a person on a day.
    pub struct RosterEntry {
        /// The person.
        pub employee_id: EmployeeId,
        /// Day on which the shift starts.
        pub day: Date,
        /// When it was recorded; the latest counts.
        pub recorded_at: Timestamp,
        /// Code of the shift; empty for a free day.
        pub shift: String,
        /// Who recorded it.
        pub actor: String,
        /// Import it came from.
        pub import_id: Option<ImportId>,
    }
}

/// Records shifts.
///
/// # Errors
/// As every call.
pub async fn add(tx: &mut Tx, entries: &[RosterEntry]) -> Result<u64> {
    let clause = "ON CONFLICT (tenant_id, employee_id, day, recorded_at) DO UPDATE SET
        shift = excluded.shift, actor = excluded.actor, import_id = excluded.import_id, revoked_at = NULL";
    bulk::insert(tx, "roster_entry", entries, OnConflict::Clause(clause)).await
}

/// The shifts that count, one per person and day, between two days. One statement.
///
/// # Errors
/// As every call.
pub async fn of(tx: &mut Tx, scope: Scope<'_>, from: Date, until: Date) -> Result<Vec<RosterEntry>> {
    let sql = format!(
        "{}, newest AS (
            SELECT {}, ROW_NUMBER() OVER (PARTITION BY r.employee_id, r.day ORDER BY r.recorded_at DESC) AS place
            FROM people CROSS JOIN roster_entry r
            WHERE r.employee_id = people.employee_id AND r.tenant_id = $1 AND r.day >= $3 AND r.day <= $4 AND r.revoked_at IS NULL
         ) SELECT {} FROM newest WHERE place = 1 ORDER BY employee_id, day",
        scope.with(),
        RosterEntry::list_of("r"),
        RosterEntry::LIST
    );
    tx.fetch(sql, scope.params(from, until)).await
}

/// Takes back what the roster says about a person's day; the schedule's own week or cycle counts again. How many records.
///
/// # Errors
/// As every call.
pub async fn revoke(tx: &mut Tx, employee: EmployeeId, day: Date, now: Timestamp) -> Result<u64> {
    let sql = "UPDATE roster_entry SET revoked_at = $4
               WHERE tenant_id = $1 AND employee_id = $2 AND day = $3 AND revoked_at IS NULL";
    log::update(tx, sql, params![employee, day, now]).await
}
