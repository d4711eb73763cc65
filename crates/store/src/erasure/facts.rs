//! The covered facts of a person: their rows and the salts of their entries.

use domain::{ids::EmployeeId, month::Month};
use jiff::civil::Date;

use super::Places;
use crate::{
    error::Result,
    log::{Covered, subjects},
    sql::value::{Row, Value, params},
    tx::Tx,
};

/// Rows that are looked up in one statement.
const CHUNK: usize = 2_000;

/// What was taken away.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Erased {
    /// Table and number of its rows, without tables that had none.
    pub rows: Vec<(&'static str, u64)>,
    /// Places of the entries that nobody can open any more.
    pub entries: Places,
}

impl Erased {
    /// Counts rows of a table.
    pub(super) fn count(&mut self, table: &'static str, rows: u64) {
        match self.rows.iter_mut().find(|(known, _)| *known == table) {
            Some((_, sum)) => *sum += rows,
            None if rows > 0 => self.rows.push((table, rows)),
            None => {}
        }
    }
}

/// Which rows of a covered table are facts of the person $2 up to the day $3.
const FACTS: &[(&str, &str)] = &[
    ("punch", "employee_id = $2 AND SUBSTR(local_time, 1, 10) <= $3"),
    ("person_status", "employee_id = $2 AND last_day <= $3"),
    ("month_input", "employee_id = $2 AND month <= SUBSTR($3, 1, 7)"),
    ("roster_entry", "employee_id = $2 AND day <= $3"),
    ("month_carry", "employee_id = $2 AND month <= SUBSTR($3, 1, 7)"),
    (
        "event_attendance",
        "employee_id = $2 AND event_id IN (SELECT e.event_id FROM event e WHERE e.tenant_id = $1 AND e.day <= $3)",
    ),
];

/// Deletes the facts of a person up to a day, with the salts of their entries and what retries of punches would find.
///
/// # Errors
/// As every call.
pub async fn facts(tx: &mut Tx, person: EmployeeId, until: Date) -> Result<Erased> {
    let mut erased = Erased::default();
    let keys = "DELETE FROM intake_key WHERE tenant_id = $1 AND punch_id IN (
        SELECT punch_id FROM punch
        WHERE tenant_id = $1 AND employee_id = $2 AND SUBSTR(local_time, 1, 10) <= $3)";
    super::journal::blank_punches(tx, person, until, &mut erased).await?;
    erased.count("intake_key", tx.execute(keys, params![person, until]).await?);
    for (table, which) in FACTS {
        take(tx, table, which, params![person, until], &mut erased).await?;
    }
    Ok(erased)
}

/// Deletes rows of a covered table and forgets the salts of all their entries.
pub(super) async fn take(
    tx: &mut Tx,
    table: &'static str,
    which: &str,
    params: Vec<Value>,
    erased: &mut Erased,
) -> Result<()> {
    let Some(covered) = Covered::table(table) else { return Ok(()) };
    let ids = subjects(tx, covered, which, params.clone()).await?;
    for chunk in ids.chunks(CHUNK) {
        let of_rows = vec![Value::Ids(chunk.to_vec()), Value::text(table)];
        let places =
            "SELECT seq FROM log_entry WHERE tenant_id = $1 AND subject IN set_of($2) AND covers = $3";
        let found: Places =
            tx.fetch_map(places, of_rows.clone(), |row: Row<'_>| row.get("seq")).await?.into_iter().collect();
        erased.entries.extend(&found);
        let salts =
            "UPDATE log_entry SET salt = NULL WHERE tenant_id = $1 AND subject IN set_of($2) AND covers = $3";
        tx.execute(salts, of_rows).await?;
    }
    let rows = tx.execute(format!("DELETE FROM {table} WHERE tenant_id = $1 AND {which}"), params).await?;
    erased.count(table, rows);
    Ok(())
}

/// The months up to `until` in which anything is known of the person's attendance.
///
/// # Errors
/// As every call.
pub async fn months_with_facts(tx: &mut Tx, person: EmployeeId, until: Date) -> Result<Vec<Month>> {
    let sql = "SELECT DISTINCT SUBSTR(local_time, 1, 7) AS month FROM punch
        WHERE tenant_id = $1 AND employee_id = $2 AND SUBSTR(local_time, 1, 10) <= $3
        UNION SELECT SUBSTR(last_day, 1, 7) FROM person_status
        WHERE tenant_id = $1 AND employee_id = $2 AND last_day <= $3
        UNION SELECT month FROM month_input
        WHERE tenant_id = $1 AND employee_id = $2 AND month <= SUBSTR($3, 1, 7)
        UNION SELECT SUBSTR(day, 1, 7) FROM roster_entry
        WHERE tenant_id = $1 AND employee_id = $2 AND day <= $3
        ORDER BY month";
    tx.fetch_map(sql, params![person, until], |row| row.get("month")).await
}
