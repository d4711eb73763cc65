//! Counting how complete each unit is, for the rollout tracker; a fixed number of statements whatever the size.

use domain::ids::{EmployeeId, UnitId};
use jiff::{Timestamp, civil::Date};

use crate::{
    error::Result,
    sql::{record::record, value::params},
    tx::Tx,
};

record! {
    /// The people placed directly in a unit on a day.
    pub struct UnitCount {
        /// The unit.
        pub unit_id: UnitId,
        /// People.
        pub people: i64,
        /// Those with a number.
        pub with_number: i64,
        /// Those with a superior.
        pub with_superior: i64,
        /// Those with a schedule of their own.
        pub with_schedule: i64,
        /// Those with a PIN in some group.
        pub with_pin: i64,
    }
}

/// The newest fact of each person in service and attribute that holds on `$2`.
const FACTS: &str = "fact AS (
        SELECT employee_id, attribute, value, ref_id,
               ROW_NUMBER() OVER (PARTITION BY employee_id, attribute
                                  ORDER BY valid_from DESC, recorded_at DESC) AS newest
        FROM employee_attribute
        WHERE tenant_id = $1 AND attribute IN ('unit', 'superior', 'schedule', 'position_state')
          AND valid_from <= $2 AND revoked_at IS NULL
    ),
    held AS (
        SELECT employee_id, attribute, ref_id FROM fact
        WHERE newest = 1 AND value IS NOT NULL AND employee_id NOT IN (
            SELECT employee_id FROM fact WHERE newest = 1 AND attribute = 'position_state'
              AND value IN ('berhenti', 'pensiun', 'meninggal', 'pindah', 'nonaktif'))
    )";

/// How complete every unit is on `day`.
///
/// # Errors
/// As every call.
pub async fn unit_counts(tx: &mut Tx, day: Date) -> Result<Vec<UnitCount>> {
    let sql = format!(
        "WITH {FACTS},
        numbered AS (SELECT DISTINCT employee_id FROM employee_number
                     WHERE tenant_id = $1 AND revoked_at IS NULL),
        pinned AS (SELECT DISTINCT employee_id FROM pin_map
                   WHERE tenant_id = $1 AND valid_from <= $2 AND (valid_until IS NULL OR valid_until >= $2))
        SELECT u.ref_id AS unit_id, COUNT(*) AS people, COUNT(numbered.employee_id) AS with_number,
               COUNT(s.employee_id) AS with_superior, COUNT(w.employee_id) AS with_schedule,
               COUNT(pinned.employee_id) AS with_pin
        FROM held u
        JOIN employee e ON e.tenant_id = $1 AND e.employee_id = u.employee_id AND e.withdrawn_at IS NULL
        LEFT JOIN held s ON s.employee_id = u.employee_id AND s.attribute = 'superior'
        LEFT JOIN held w ON w.employee_id = u.employee_id AND w.attribute = 'schedule'
        LEFT JOIN numbered ON numbered.employee_id = u.employee_id
        LEFT JOIN pinned ON pinned.employee_id = u.employee_id
        WHERE u.attribute = 'unit'
        GROUP BY u.ref_id"
    );
    tx.fetch(sql, params![day]).await
}

/// Units to which a schedule is given on `day`; it holds for everything below them.
///
/// # Errors
/// As every call.
pub async fn units_with_schedule(tx: &mut Tx, day: Date) -> Result<Vec<UnitId>> {
    let sql = "SELECT DISTINCT unit_id FROM unit_schedule WHERE tenant_id = $1 AND valid_from <= $2";
    tx.fetch_map(sql, params![day], |row| row.get("unit_id")).await
}

/// When each person last punched, not before `since`, with the person's unit on `day`.
///
/// # Errors
/// As every call.
pub async fn last_punches(
    tx: &mut Tx,
    day: Date,
    since: Timestamp,
) -> Result<Vec<(UnitId, EmployeeId, Timestamp)>> {
    let sql = format!(
        "WITH {FACTS}
        SELECT u.ref_id AS unit_id, p.employee_id, MAX(p.at) AS last_at
        FROM held u CROSS JOIN punch p
        WHERE u.attribute = 'unit' AND p.employee_id = u.employee_id AND p.tenant_id = $1 AND p.at >= $3 AND p.voided_at IS NULL
        GROUP BY u.ref_id, p.employee_id"
    );
    let read = |row: crate::sql::value::Row<'_>| {
        Ok((row.get("unit_id")?, row.get("employee_id")?, row.get("last_at")?))
    };
    tx.fetch_map(sql, params![day, since], read).await
}

/// When each OPD last locked a month.
///
/// # Errors
/// As every call.
pub async fn last_locks(tx: &mut Tx) -> Result<Vec<(UnitId, Timestamp)>> {
    let sql = "SELECT unit_id, MAX(at) AS last_at FROM month_close
               WHERE tenant_id = $1 AND state <> 'reopened' GROUP BY unit_id";
    tx.fetch_map(sql, params![], |row| Ok((row.get("unit_id")?, row.get("last_at")?))).await
}
