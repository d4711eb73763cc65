//! Alerts about terminals: one open alert per cause, however often it happens.

use domain::ids::{RecordId, TerminalId};
use jiff::Timestamp;

use crate::{
    error::{Result, StoreError},
    sql::{
        record::{Record, record},
        value::params,
    },
    tx::Tx,
};

record! {
    /// Something a person should look at.
    pub struct Alert {
        /// Identity.
        pub alert_id: RecordId,
        /// The terminal, if known.
        pub terminal_id: Option<TerminalId>,
        /// Kind: `drift`, `silent`, `second_address`, ….
        pub kind: String,
        /// While an alert with this key is open, the next one only counts.
        pub dedupe_key: String,
        /// Facts of the last occurrence.
        pub detail: serde_json::Value,
        /// First occurrence.
        pub raised_at: Timestamp,
        /// Last occurrence.
        pub last_at: Timestamp,
        /// How often.
        pub occurrences: i64,
    }
}

/// An alert to raise.
#[derive(Debug, Clone, PartialEq)]
pub struct NewAlert {
    /// Identity, if it becomes a new alert.
    pub alert_id: RecordId,
    /// The terminal, if known.
    pub terminal_id: Option<TerminalId>,
    /// Kind.
    pub kind: String,
    /// See [`Alert::dedupe_key`]; usually kind and serial number.
    pub dedupe_key: String,
    /// Facts.
    pub detail: serde_json::Value,
    /// When it happened.
    pub at: Timestamp,
}

/// Raises an alert, or counts it on the open one of the same key.
///
/// # Errors
/// As every call.
pub async fn raise(tx: &mut Tx, alert: &NewAlert) -> Result<()> {
    let sql = "INSERT INTO terminal_alert
            (tenant_id, alert_id, terminal_id, kind, dedupe_key, detail, raised_at, last_at, occurrences)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $7, 1)
        ON CONFLICT (tenant_id, dedupe_key) WHERE acknowledged_at IS NULL DO UPDATE SET
            detail = excluded.detail, last_at = excluded.last_at,
            occurrences = terminal_alert.occurrences + 1";
    let params =
        params![alert.alert_id, alert.terminal_id, alert.kind, alert.dedupe_key, alert.detail, alert.at];
    tx.execute(sql, params).await.map(|_| ())
}

/// Alerts nobody has acknowledged, newest first.
///
/// # Errors
/// As every call.
pub async fn open_alerts(tx: &mut Tx) -> Result<Vec<Alert>> {
    let sql = format!(
        "SELECT {} FROM terminal_alert WHERE tenant_id = $1 AND acknowledged_at IS NULL
         ORDER BY last_at DESC, alert_id DESC",
        Alert::LIST
    );
    tx.fetch(sql, params![]).await
}

/// Acknowledges an alert; the same cause raises a new one.
///
/// # Errors
/// [`crate::ErrorKind::NotFound`] when no such alert is open.
pub async fn acknowledge(tx: &mut Tx, alert: RecordId, actor: &str, now: Timestamp) -> Result<()> {
    let sql = "UPDATE terminal_alert SET acknowledged_at = $3, acknowledged_by = $4
               WHERE tenant_id = $1 AND alert_id = $2 AND acknowledged_at IS NULL";
    match tx.execute(sql, params![alert, now, actor]).await? {
        0 => Err(StoreError::not_found("alert")),
        _ => Ok(()),
    }
}
