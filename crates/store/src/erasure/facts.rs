//! The covered facts of a person: their rows and the salts of their entries.

use std::collections::BTreeSet;

use domain::{ids::EmployeeId, month::Month};
use jiff::civil::Date;

use super::{Places, desk, journal, pins::Pins};
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

/// Facts of a person in a covered table.
struct Facts {
    table: &'static str,
    /// Which rows are those of the person $2 up to the day $3.
    which: &'static str,
    /// The first of the months that a row belongs to, as SQL.
    first: &'static str,
    /// The last of them.
    last: &'static str,
}

impl Facts {
    /// Rows that belong to one month.
    const fn of_month(table: &'static str, which: &'static str, month: &'static str) -> Facts {
        Facts { table, which, first: month, last: month }
    }
}

/// All facts of a person. What is erased and what must be kept are both read from here.
const FACTS: &[Facts] = &[
    Facts::of_month(
        "punch",
        "employee_id = $2 AND SUBSTR(local_time, 1, 10) <= $3",
        "SUBSTR(local_time, 1, 7)",
    ),
    Facts {
        table: "person_status",
        which: "employee_id = $2 AND last_day <= $3",
        first: "SUBSTR(first_day, 1, 7)",
        last: "SUBSTR(last_day, 1, 7)",
    },
    Facts::of_month("month_input", "employee_id = $2 AND month <= SUBSTR($3, 1, 7)", "month"),
    Facts::of_month("roster_entry", "employee_id = $2 AND day <= $3", "SUBSTR(day, 1, 7)"),
    Facts::of_month("month_carry", "employee_id = $2 AND month <= SUBSTR($3, 1, 7)", "month"),
    Facts::of_month(
        "event_attendance",
        "employee_id = $2 AND event_id IN (SELECT e.event_id FROM event e WHERE e.tenant_id = $1 AND e.day <= $3)",
        "(SELECT SUBSTR(d.day, 1, 7) FROM event d WHERE d.tenant_id = $1 AND d.event_id = event_attendance.event_id)",
    ),
];

/// Deletes the facts of a person up to a day, with the salts of their entries, what retries of punches would find, and what the
/// uploads, alerts and commands of terminals say of the person up to that day. What has no day goes with [`Date::MAX`] alone.
///
/// # Errors
/// As every call.
pub async fn facts(tx: &mut Tx, person: EmployeeId, until: Date) -> Result<Erased> {
    let mut erased = Erased::default();
    let keys = "DELETE FROM intake_key WHERE tenant_id = $1 AND punch_id IN (
        SELECT punch_id FROM punch
        WHERE tenant_id = $1 AND employee_id = $2 AND SUBSTR(local_time, 1, 10) <= $3)";
    let pins = Pins::read(tx, person, until).await?;
    journal::blank(tx, &pins, &mut erased).await?;
    journal::drop_set_aside(tx, &pins, &mut erased).await?;
    desk::drop_alerts(tx, (person, until), &pins, &mut erased).await?;
    desk::drop_commands(tx, &pins, &mut erased).await?;
    erased.count("intake_key", tx.execute(keys, params![person, until]).await?);
    for Facts { table, which, .. } in FACTS {
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
        erased.entries.extend([&found]);
        let salts =
            "UPDATE log_entry SET salt = NULL WHERE tenant_id = $1 AND subject IN set_of($2) AND covers = $3";
        tx.execute(salts, of_rows).await?;
    }
    let rows = tx.execute(format!("DELETE FROM {table} WHERE tenant_id = $1 AND {which}"), params).await?;
    erased.count(table, rows);
    Ok(())
}

/// The months up to `until` in which anything is known of the person's attendance, in order: all months from the first to
/// the last day of a reason, so that a long leave also counts where it has no other trace.
///
/// # Errors
/// As every call.
pub async fn months_with_facts(tx: &mut Tx, person: EmployeeId, until: Date) -> Result<Vec<Month>> {
    let of_table = |Facts { table, which, first, last }: &Facts| {
        format!(
            "SELECT DISTINCT {first} AS first, {last} AS last FROM {table} WHERE tenant_id = $1 AND {which}"
        )
    };
    let sql = FACTS.iter().map(of_table).collect::<Vec<_>>().join(" UNION ");
    let read = |row: Row<'_>| Ok((row.get::<Month>("first")?, row.get::<Month>("last")?));
    let mut months = BTreeSet::new();
    for (first, last) in tx.fetch_map(sql, params![person, until], read).await? {
        let mut month = first;
        while month <= last {
            months.insert(month);
            month = month.next();
        }
    }
    Ok(months.into_iter().collect())
}
