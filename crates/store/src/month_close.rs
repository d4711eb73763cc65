//! The closing of months by OPD; append-only.

use domain::{ids::UnitId, month::Month};
use jiff::Timestamp;

use crate::{
    error::Result,
    sql::{
        bulk::{self, OnConflict},
        record::{Record, record},
        text_enum::text_enum,
        value::params,
    },
    tx::Tx,
};

text_enum! {
    /// What was done with a month.
    pub enum CloseState {
        /// Locked: results are stored and stay.
        Locked = "locked",
        /// Verified by the BKPSDM.
        Verified = "verified",
        /// Opened again for a correction.
        Reopened = "reopened",
    }
}

record! {
    /// A step in the closing of a month, with what was locked.
    pub struct MonthClose {
        /// The OPD.
        pub unit_id: UnitId,
        /// The month.
        pub month: Month,
        /// Counts from 1.
        pub version: i64,
        /// What was done.
        pub state: CloseState,
        /// By whom.
        pub actor: String,
        /// When.
        pub at: Timestamp,
        /// SHA-256 of the payload, hexadecimal.
        pub digest: String,
        /// Judged days and TPP lines as JSON; empty for steps that change no result.
        pub payload: String,
        /// Reason.
        pub note: String,
    }
}

record! {
    /// [`MonthClose`] without its payload.
    pub struct CloseHead {
        /// The OPD.
        pub unit_id: UnitId,
        /// The month.
        pub month: Month,
        /// Counts from 1.
        pub version: i64,
        /// What was done.
        pub state: CloseState,
        /// By whom.
        pub actor: String,
        /// When.
        pub at: Timestamp,
        /// SHA-256 of the payload, hexadecimal.
        pub digest: String,
        /// Reason.
        pub note: String,
    }
}

/// Adds a step.
///
/// # Errors
/// [`crate::ErrorKind::Conflict`] when somebody else took this version: read again and decide again.
pub async fn add(tx: &mut Tx, close: &MonthClose) -> Result<()> {
    bulk::insert(tx, "month_close", std::slice::from_ref(close), OnConflict::Fail).await.map(|_| ())
}

/// The last step of each OPD in a month, without payloads.
///
/// # Errors
/// As every call.
pub async fn states(tx: &mut Tx, month: Month) -> Result<Vec<CloseHead>> {
    let sql = format!(
        "SELECT {} FROM month_close c
         WHERE tenant_id = $1 AND month = $2 AND version = (
            SELECT MAX(version) FROM month_close n
            WHERE n.tenant_id = $1 AND n.unit_id = c.unit_id AND n.month = $2)",
        CloseHead::LIST
    );
    tx.fetch(sql, params![month]).await
}

/// All steps of an OPD in a month, oldest first, without payloads.
///
/// # Errors
/// As every call.
pub async fn history(tx: &mut Tx, unit: UnitId, month: Month) -> Result<Vec<CloseHead>> {
    let sql = format!(
        "SELECT {} FROM month_close WHERE tenant_id = $1 AND unit_id = $2 AND month = $3 ORDER BY version",
        CloseHead::LIST
    );
    tx.fetch(sql, params![unit, month]).await
}

/// The last step of an OPD in a month that has a payload.
///
/// # Errors
/// As every call.
pub async fn locked(tx: &mut Tx, unit: UnitId, month: Month) -> Result<Option<MonthClose>> {
    let sql = format!(
        "SELECT {} FROM month_close WHERE tenant_id = $1 AND unit_id = $2 AND month = $3 AND payload <> ''
         ORDER BY version DESC LIMIT 1",
        MonthClose::LIST
    );
    tx.fetch_optional(sql, params![unit, month]).await
}
