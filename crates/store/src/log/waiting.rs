//! Punches that are taken in while the log may not be signed.
//!
//! Nobody may lose a punch because an operator has to look at the log first. The rows are stored as always; what their
//! entries will commit to waits beside them and is entered as soon as the log is signed again. It waits under a tag, which only
//! a program with a key from the ledger folder can make: whoever writes past the program does not get a forged punch signed
//! unseen.

use std::collections::HashMap;

use domain::ids::RecordId;
use jiff::Timestamp;

use super::{covered::Covered, seal::Draft, sealer::Sealer};
use crate::{
    audit::{self, AuditEntry},
    error::{ErrorKind, Result, StoreError},
    sql::{
        bulk::{self, OnConflict},
        record::{Record, record},
        value::{Value, params},
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
        /// Proof that this program put it here.
        pub tag: Option<Vec<u8>>,
    }
}

/// The deed that names rows which waited without a valid tag.
const UNPROVED: &str = "log.unproved";

impl WaitingRow {
    fn is_proved(&self, sealer: Option<&Sealer>) -> bool {
        sealer.is_none_or(|sealer| {
            let tag = sealer.tag(self.at, &self.covers, &self.subject, &self.payload);
            self.tag.as_deref() == Some(&tag)
        })
    }
}

/// Whether all of these may be stored without their entries: punches that are brought, and nothing that somebody decides.
pub(crate) fn may_wait(drafts: &[Draft]) -> bool {
    drafts.iter().all(|draft| draft.covers == "punch")
}

/// Lets the drafts wait.
pub(crate) async fn wait(tx: &mut Tx, drafts: &[Draft], sealer: &Sealer) -> Result<()> {
    let at = sealer.now();
    let row = |draft: &Draft| WaitingRow {
        at,
        covers: draft.covers.to_owned(),
        subject: draft.subject.clone(),
        payload: draft.payload.clone(),
        tag: Some(sealer.tag(at, draft.covers, &draft.subject, &draft.payload).to_vec()),
    };
    let rows: Vec<WaitingRow> = drafts.iter().map(row).collect();
    bulk::insert(tx, "log_waiting", &rows, OnConflict::Fail).await.map(|_| ())
}

/// What becomes of rows that wait without a valid tag: put there past the program, or under another key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unproved {
    /// They stay where they are and are found as what they are: never logged.
    Stay,
    /// They are entered, because a punch that was taken in under a lost key must not be lost, and named by a deed beside them.
    Enter,
}

/// What was moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// Rows that are entered with the commit.
    pub rows: u64,
    /// Where to go on: behind rows that were taken in until then.
    pub until: Timestamp,
}

/// Moves the oldest of what waits and was taken in after `after` into this transaction, whose commit enters it; `None` when
/// nothing of the kind waits.
///
/// # Errors
/// As every call.
pub async fn enter_waiting(tx: &mut Tx, after: Timestamp, unproved: Unproved) -> Result<Option<Moved>> {
    let sql = format!(
        "DELETE FROM log_waiting WHERE tenant_id = $1 AND at > $2 AND at <= (
           SELECT COALESCE(MAX(o.at), $2) FROM (
             SELECT at FROM log_waiting WHERE tenant_id = $1 AND at > $2 ORDER BY at LIMIT {PAGE}) o)
         RETURNING {}",
        WaitingRow::LIST
    );
    let mut rows: Vec<WaitingRow> = tx.fetch(sql, params![after]).await?;
    rows.sort_by(|a, b| (a.at, &a.covers, &a.subject).cmp(&(b.at, &b.covers, &b.subject)));
    let Some(until) = rows.last().map(|row| row.at) else { return Ok(None) };
    let sealer = tx.sealer();
    let (mut rows, doubtful): (Vec<_>, Vec<_>) =
        rows.into_iter().partition(|row| row.is_proved(sealer.as_deref()));
    if let (Some(sealer), false) = (&sealer, doubtful.is_empty()) {
        tracing::error!(
            count = doubtful.len(),
            "rows waited for the log that this program did not put there"
        );
        match unproved {
            Unproved::Stay => {
                bulk::insert(tx, "log_waiting", &doubtful, OnConflict::Fail).await?;
            }
            Unproved::Enter => {
                let named: Vec<String> = doubtful.iter().map(|row| hex::encode(&row.subject)).collect();
                audit::write(tx, &[deed(sealer, &named)]).await?;
                rows.extend(doubtful);
            }
        }
    }
    let drafts = rows.into_iter().map(|row| {
        let covered = Covered::table(&row.covers).ok_or_else(|| {
            StoreError::new(ErrorKind::Corrupt, "what waits for the log names no covered table")
        })?;
        Ok(Draft {
            covers: covered.table,
            kind: covered.kind,
            subject: row.subject,
            payload: row.payload,
            // The punch may be one that an import had brought before.
            is_again: true,
        })
    });
    let drafts = drafts.collect::<Result<Vec<Draft>>>()?;
    let rows = u64::try_from(drafts.len()).unwrap_or(u64::MAX);
    tx.draft(drafts);
    Ok(Some(Moved { rows, until }))
}

fn deed(sealer: &Sealer, rows: &[String]) -> AuditEntry {
    let mut random = [0; 10];
    random.copy_from_slice(&sealer.salt()[..10]);
    let at = sealer.now();
    AuditEntry {
        audit_id: RecordId::new(at, random),
        at,
        actor: "system".into(),
        action: UNPROVED.into(),
        subject_kind: "log".into(),
        subject_id: String::new(),
        detail: serde_json::json!({ "rows": rows }),
        ip: String::new(),
    }
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

/// Those of some rows of a table that wait, by what names them: what their entries will commit to, without those that this
/// program did not put there.
pub(super) async fn payloads(
    tx: &mut Tx,
    table: &'static str,
    rows: &[[u8; 16]],
) -> Result<HashMap<Vec<u8>, Vec<u8>>> {
    let sealer = tx.sealer();
    let sql = format!(
        "SELECT {} FROM log_waiting WHERE tenant_id = $1 AND subject IN set_of($2) AND covers = $3",
        WaitingRow::LIST
    );
    let rows: Vec<WaitingRow> = tx.fetch(sql, vec![Value::Ids(rows.to_vec()), Value::text(table)]).await?;
    let proved = rows.into_iter().filter(|row| row.is_proved(sealer.as_deref()));
    Ok(proved.map(|row| (row.subject, row.payload)).collect())
}
