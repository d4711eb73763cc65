//! Times in which punching was not possible through no fault of the people.

use domain::{
    day::GapCause,
    ids::{RecordId, TerminalId, UnitId},
};
use jiff::Timestamp;

use crate::{
    error::{Result, StoreError},
    log,
    sql::{
        bulk::{self, OnConflict},
        record::{Record, record},
        value::params,
    },
    tx::Tx,
};

record! {
    /// An outage.
    pub struct Outage {
        /// Identity.
        pub outage_id: RecordId,
        /// Unit and everything below it; `None` for everybody.
        pub unit_id: Option<UnitId>,
        /// Only this terminal.
        pub terminal_id: Option<TerminalId>,
        /// Beginning.
        pub from_at: Timestamp,
        /// End; `None` while it lasts.
        pub until_at: Option<Timestamp>,
        /// Which sort of cause.
        pub kind: GapCause,
        /// What happened, in words.
        pub cause: String,
        /// Who recorded it.
        pub actor: String,
        /// When.
        pub recorded_at: Timestamp,
    }
}

/// Records outages.
///
/// # Errors
/// [`crate::ErrorKind::Conflict`] when an id is known.
pub async fn add(tx: &mut Tx, outages: &[Outage]) -> Result<u64> {
    bulk::insert(tx, "outage", outages, OnConflict::Fail).await
}

/// The outages that touch `from..until`, by their beginning.
///
/// # Errors
/// As every call.
pub async fn between(tx: &mut Tx, from: Timestamp, until: Timestamp) -> Result<Vec<Outage>> {
    let sql = format!(
        "SELECT {} FROM outage
         WHERE tenant_id = $1 AND (until_at IS NULL OR until_at > $2) AND from_at < $3 AND revoked_at IS NULL
         ORDER BY from_at, outage_id",
        Outage::LIST
    );
    tx.fetch(sql, params![from, until]).await
}

/// Ends an outage that lasts.
///
/// # Errors
/// [`crate::ErrorKind::NotFound`] when none lasts under this id.
pub async fn end(tx: &mut Tx, outage: RecordId, at: Timestamp) -> Result<()> {
    let sql = "UPDATE outage SET until_at = $3
               WHERE tenant_id = $1 AND outage_id = $2 AND until_at IS NULL AND revoked_at IS NULL";
    found(log::update(tx, sql, params![outage, at]).await?)
}

/// Takes an outage back.
///
/// # Errors
/// [`crate::ErrorKind::NotFound`] when it does not hold.
pub async fn revoke(tx: &mut Tx, outage: RecordId, actor: &str, now: Timestamp) -> Result<()> {
    let sql = "UPDATE outage SET revoked_at = $3, revoked_by = $4
               WHERE tenant_id = $1 AND outage_id = $2 AND revoked_at IS NULL";
    found(log::update(tx, sql, params![outage, now, actor]).await?)
}

fn found(changed: u64) -> Result<()> {
    if changed == 0 { Err(StoreError::not_found("outage")) } else { Ok(()) }
}
