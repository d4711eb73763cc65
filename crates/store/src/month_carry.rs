//! What locked months hand on to later ones, person by person. Opening a month again revokes its rows.

use domain::{
    ids::{EmployeeId, UnitId},
    month::Month,
};
use jiff::{Timestamp, civil::Date};

use crate::{
    error::Result,
    log,
    month_close::CloseHead,
    scope::Scope,
    sql::{
        bulk::{self, OnConflict},
        record::record,
        value::{Row, params},
    },
    tx::Tx,
};

record! {
    /// What one locked month of a person hands on.
    pub struct MonthCarry {
        /// The person.
        pub employee_id: EmployeeId,
        /// The month.
        pub month: Month,
        /// The OPD that locked it.
        pub unit_id: UnitId,
        /// Version of the lock, as in `month_close`.
        pub version: i64,
        /// Counters, open runs and tally, as JSON.
        pub carried: String,
    }
}

/// Records what a lock hands on.
///
/// # Errors
/// [`crate::ErrorKind::Conflict`] when this version is recorded already.
pub async fn add(tx: &mut Tx, rows: &[MonthCarry]) -> Result<u64> {
    bulk::insert(tx, "month_carry", rows, OnConflict::Fail).await
}

/// Takes back what an OPD's lock of a month handed on; how many people that concerns.
///
/// # Errors
/// As every call.
pub async fn revoke(tx: &mut Tx, unit: UnitId, month: Month, now: Timestamp) -> Result<u64> {
    let sql = "UPDATE month_carry SET revoked_at = $4
        WHERE tenant_id = $1 AND unit_id = $2 AND month = $3 AND revoked_at IS NULL";
    log::update(tx, sql, params![unit, month, now]).await
}

/// What is known of the closing of months for a page: the steps of one month, and what other months hand on.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Closings {
    /// The steps of the OPD in its month, oldest first.
    pub steps: Vec<CloseHead>,
    /// What the months asked for hand on, by person and month.
    pub carried: Vec<MonthCarry>,
}

/// The steps of `opd` in `month`, and what the months from the first to the last of `months` hand on for everyone in the
/// scope between two days. One statement whatever their number: a page has few to spend.
///
/// # Errors
/// As every call.
pub async fn of(
    tx: &mut Tx,
    scope: Scope<'_>,
    days: (Date, Date),
    (opd, month): (Option<UnitId>, Month),
    months: (Month, Month),
) -> Result<Closings> {
    let sql = format!(
        "{} SELECT c.employee_id, c.month, c.unit_id, c.version, c.carried, '' AS state, '' AS actor, 0 AS at,
                   '' AS digest, '' AS note
            FROM people CROSS JOIN month_carry c
            WHERE c.employee_id = people.employee_id AND c.tenant_id = $1 AND c.month >= $7 AND c.month <= $8
              AND c.revoked_at IS NULL
         UNION ALL
            SELECT NULL, m.month, m.unit_id, m.version, '', m.state, m.actor, m.at, m.digest, m.note
            FROM month_close m WHERE m.tenant_id = $1 AND m.unit_id = $5 AND m.month = $6
         ORDER BY month, version",
        scope.with()
    );
    let mut params = scope.params(days.0, days.1);
    params.extend(params![opd, month, months.0, months.1]);
    let rows = tx.fetch_map(sql, params, row).await?;
    let mut closings = Closings::default();
    for row in rows {
        match row {
            Closing::Step(step) => closings.steps.push(step),
            Closing::Carried(carried) => closings.carried.push(carried),
        }
    }
    Ok(closings)
}

enum Closing {
    Step(CloseHead),
    Carried(MonthCarry),
}

fn row(row: Row<'_>) -> Result<Closing> {
    let (month, unit_id, version) = (row.get("month")?, row.get("unit_id")?, row.get("version")?);
    Ok(match row.get::<Option<EmployeeId>>("employee_id")? {
        Some(employee_id) => Closing::Carried(MonthCarry {
            employee_id,
            month,
            unit_id,
            version,
            carried: row.get("carried")?,
        }),
        None => Closing::Step(CloseHead {
            unit_id,
            month,
            version,
            state: row.get("state")?,
            actor: row.get("actor")?,
            at: row.get("at")?,
            digest: row.get("digest")?,
            note: row.get("note")?,
        }),
    })
}
