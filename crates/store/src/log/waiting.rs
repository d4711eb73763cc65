//! Punches that are taken in while the log may not be signed.
//!
//! Nobody may lose a punch because an operator has to look at the log first. The rows are stored as always; what their
//! entries will commit to waits beside them and is entered as soon as the log is signed again.

use jiff::Timestamp;

use super::{covered::Covered, seal::Draft};
use crate::{
    error::{ErrorKind, Result, StoreError},
    sql::{
        bulk::{self, OnConflict},
        record::{Record, record},
        value::{Row, params},
    },
    tx::Tx,
};

/// Rows entered together.
const PAGE: i64 = 5_000;

record! {
    /// A row that waits for its entry.
    pub struct WaitingRow {
        /// When it was taken in.
        pub at: Timestamp,
        /// Its table.
        pub covers: String,
        /// The row.
        pub subject: Vec<u8>,
        /// What its entry will commit to.
        pub payload: Vec<u8>,
    }
}

/// Whether all of these may be stored without their entries: punches that are brought, and nothing that somebody decides.
pub(crate) fn may_wait(drafts: &[Draft]) -> bool {
    drafts.iter().all(|draft| draft.covers == "punch")
}

/// Lets the drafts wait.
pub(crate) async fn wait(tx: &mut Tx, drafts: &[Draft], at: Timestamp) -> Result<()> {
    let row = |draft: &Draft| WaitingRow {
        at,
        covers: draft.covers.to_owned(),
        subject: draft.subject.clone(),
        payload: draft.payload.clone(),
    };
    let rows: Vec<WaitingRow> = drafts.iter().map(row).collect();
    bulk::insert(tx, "log_waiting", &rows, OnConflict::Fail).await.map(|_| ())
}

/// Moves the oldest of what waits into this transaction, whose commit enters it. How many rows; 0 when nothing waits.
///
/// # Errors
/// As every call.
pub async fn enter_waiting(tx: &mut Tx) -> Result<u64> {
    let sql = format!(
        "DELETE FROM log_waiting WHERE tenant_id = $1 AND at <= (
           SELECT COALESCE(MAX(o.at), -1) FROM (
             SELECT at FROM log_waiting WHERE tenant_id = $1 ORDER BY at LIMIT {PAGE}) o)
         RETURNING {}",
        WaitingRow::LIST
    );
    let mut rows: Vec<WaitingRow> = tx.fetch(sql, params![]).await?;
    rows.sort_by(|a, b| (a.at, &a.covers, &a.subject).cmp(&(b.at, &b.covers, &b.subject)));
    let drafts = rows.into_iter().map(|row| {
        let covered = Covered::table(&row.covers).ok_or_else(|| {
            StoreError::new(ErrorKind::Corrupt, "what waits for the log names no covered table")
        })?;
        Ok(Draft { covers: covered.table, kind: covered.kind, subject: row.subject, payload: row.payload })
    });
    let drafts = drafts.collect::<Result<Vec<Draft>>>()?;
    let count = u64::try_from(drafts.len()).unwrap_or(u64::MAX);
    tx.draft(drafts);
    Ok(count)
}

/// How many rows wait.
///
/// # Errors
/// As every call.
pub async fn waiting(tx: &mut Tx) -> Result<u64> {
    let count: i64 =
        tx.scalar("SELECT COUNT(*) AS value FROM log_waiting WHERE tenant_id = $1", params![]).await?;
    Ok(count.unsigned_abs())
}

/// Whether the row with this id waits.
///
/// # Errors
/// As every call.
pub async fn is_waiting(tx: &mut Tx, subject: [u8; 16]) -> Result<bool> {
    let sql = "SELECT COUNT(*) AS value FROM log_waiting WHERE tenant_id = $1 AND subject = $2";
    let count: i64 = tx.scalar(sql, params![subject.to_vec()]).await?;
    Ok(count > 0)
}

/// The rows of a table that wait, by what names them.
pub(super) async fn subjects(tx: &mut Tx, table: &'static str) -> Result<Vec<Vec<u8>>> {
    let sql = "SELECT subject FROM log_waiting WHERE tenant_id = $1 AND covers = $2";
    tx.fetch_map(sql, params![table], |row: Row<'_>| row.get("subject")).await
}
