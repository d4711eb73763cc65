//! Who did or saw what; append-only.

use domain::ids::RecordId;
use jiff::Timestamp;

use crate::{
    error::Result,
    log,
    sql::{
        bulk::{self, OnConflict},
        record::{Record, record},
        value::{Kind, Value, params},
    },
    tx::Tx,
};

record! {
    /// An entry.
    pub struct AuditEntry {
        /// Identity.
        pub audit_id: RecordId,
        /// When.
        pub at: Timestamp,
        /// Who.
        pub actor: String,
        /// What: `employee.read`, `month.lock`, ….
        pub action: String,
        /// Kind of thing acted on: `employee`, `unit`, ….
        pub subject_kind: String,
        /// Which one.
        pub subject_id: String,
        /// Before and after, file names, filters.
        pub detail: serde_json::Value,
        /// Address of the caller; empty on the command line.
        pub ip: String,
    }
}

/// Which entries to list; `None` for all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AuditFilter<'a> {
    /// Only about this thing: (kind, id).
    pub subject: Option<(&'a str, &'a str)>,
    /// Only by this actor.
    pub actor: Option<&'a str>,
    /// Only before this entry: the last one of the page before.
    pub before: Option<Timestamp>,
}

/// Writes entries. Those that only read get their place in the log later: [`crate::log::digest_reads`].
///
/// # Errors
/// As every call.
pub async fn write(tx: &mut Tx, entries: &[AuditEntry]) -> Result<u64> {
    let (mut reads, deeds): (Vec<_>, Vec<_>) =
        entries.iter().cloned().partition(|entry| log::is_read(&entry.action));
    let mut written = 0;
    if !reads.is_empty() {
        log::behind_digest(tx, &mut reads).await?;
        written += bulk::insert_without_entries(tx, "audit", &reads, None, OnConflict::Fail).await?;
    }
    if !deeds.is_empty() {
        written += bulk::insert(tx, "audit", &deeds, OnConflict::Fail).await?;
    }
    Ok(written)
}

/// Entries, newest first.
///
/// # Errors
/// As every call.
pub async fn list(tx: &mut Tx, filter: AuditFilter<'_>, limit: i64) -> Result<Vec<AuditEntry>> {
    let sql = format!(
        "SELECT {} FROM audit
         WHERE tenant_id = $1 AND ($2 IS NULL OR (subject_kind = $2 AND subject_id = $3))
           AND ($4 IS NULL OR actor = $4) AND ($5 IS NULL OR at < $5)
         ORDER BY at DESC, audit_id DESC LIMIT $6",
        AuditEntry::LIST
    );
    let (kind, id) = filter.subject.unzip();
    let before = filter.before.map_or(Value::Null(Kind::Int), |at| Value::Int(at.as_microsecond()));
    tx.fetch(sql, params![kind, id, filter.actor, before, limit]).await
}
