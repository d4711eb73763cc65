//! Reading punches.

use domain::ids::{DeviceGroupId, PunchId, TerminalId};
use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    tz::Offset,
};

use super::PunchRow;
use crate::{
    error::Result,
    scope::Scope,
    sql::{
        record::{Record, record},
        value::params,
    },
    tx::Tx,
};

record! {
    /// A PIN that nobody owns, with how much waits for its owner.
    pub struct Unmapped {
        /// Group of terminals.
        pub device_group_id: DeviceGroupId,
        /// The PIN.
        pub pin: String,
        /// How many punches wait.
        pub punches: i64,
        /// Local time of the first.
        pub first: DateTime,
        /// Local time of the last.
        pub last: DateTime,
    }
}

record! {
    /// The newest punch of a terminal.
    pub struct Latest {
        /// The terminal.
        pub terminal_id: TerminalId,
        /// How many punches it sent since the instant asked for.
        pub punches: i64,
        /// Instant of the newest by its own clock.
        pub last_at: Timestamp,
        /// When the newest was received.
        pub last_received: Timestamp,
    }
}

/// The punches that count, of everyone in the scope, with instants in `from..until`, by person and time. One statement.
///
/// # Errors
/// As every call.
pub async fn of(tx: &mut Tx, scope: Scope<'_>, from: Timestamp, until: Timestamp) -> Result<Vec<PunchRow>> {
    let sql = format!(
        "{} SELECT {} FROM people CROSS JOIN punch p
         WHERE p.employee_id = people.employee_id AND p.tenant_id = $1 AND p.at >= $5 AND p.at < $6 AND p.voided_at IS NULL
         ORDER BY p.employee_id, p.at",
        scope.with(),
        PunchRow::list_of("p")
    );
    let mut params = scope.params(day(from), day(until));
    params.extend(params![from, until]);
    tx.fetch(sql, params).await
}

/// One punch, whether it counts or was withdrawn.
///
/// # Errors
/// As every call.
pub async fn get(tx: &mut Tx, punch: PunchId) -> Result<Option<PunchRow>> {
    let sql = format!("SELECT {} FROM punch WHERE tenant_id = $1 AND punch_id = $2", PunchRow::LIST);
    tx.fetch_optional(sql, params![punch]).await
}

/// When a punch was withdrawn; `None` for one that counts.
///
/// # Errors
/// As every call.
pub async fn voided_at(tx: &mut Tx, punch: PunchId) -> Result<Option<Timestamp>> {
    let sql = "SELECT voided_at FROM punch WHERE tenant_id = $1 AND punch_id = $2 AND voided_at IS NOT NULL";
    let found = tx.fetch_map(sql, params![punch], |row| row.get("voided_at")).await?;
    Ok(found.into_iter().next())
}

/// The day of an instant in the middle zone; people are chosen by whole days, and a day more or less does no harm.
fn day(at: Timestamp) -> Date {
    Offset::constant(8).to_datetime(at).date()
}

/// The newest `limit` punches received after `since`, newest first; also unmapped ones.
///
/// # Errors
/// As every call.
#[cfg(feature = "testing")]
pub async fn received_since(tx: &mut Tx, since: Timestamp, limit: i64) -> Result<Vec<PunchRow>> {
    let sql = format!(
        "SELECT {} FROM punch WHERE tenant_id = $1 AND received_at > $2 AND voided_at IS NULL
         ORDER BY received_at DESC, punch_id DESC LIMIT $3",
        PunchRow::LIST
    );
    tx.fetch(sql, params![since, limit]).await
}

/// PINs without owner, the busiest first.
///
/// # Errors
/// As every call.
pub async fn unmapped(tx: &mut Tx, limit: i64) -> Result<Vec<Unmapped>> {
    let sql =
        "SELECT device_group_id, pin, COUNT(*) AS punches, MIN(local_time) AS first, MAX(local_time) AS last
        FROM punch
        WHERE tenant_id = $1 AND employee_id IS NULL AND device_group_id IS NOT NULL AND voided_at IS NULL
        GROUP BY device_group_id, pin ORDER BY punches DESC, pin LIMIT $2";
    tx.fetch(sql, params![limit]).await
}

/// For each terminal the newest punch received since `since` and how many there were.
///
/// # Errors
/// As every call.
pub async fn latest(tx: &mut Tx, since: Timestamp) -> Result<Vec<Latest>> {
    let sql = "SELECT terminal_id, COUNT(*) AS punches, MAX(at) AS last_at, MAX(received_at) AS last_received
        FROM punch WHERE tenant_id = $1 AND received_at >= $2 AND terminal_id IS NOT NULL GROUP BY terminal_id";
    tx.fetch(sql, params![since]).await
}
