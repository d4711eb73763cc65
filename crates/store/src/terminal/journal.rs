//! The raw journal of uploads and the lines set aside from them.

use domain::ids::{RecordId, TerminalId};
use jiff::Timestamp;

use crate::{
    error::{Result, StoreError},
    sql::{
        bulk::{self, OnConflict},
        record::{Record, record},
        value::params,
    },
    tx::Tx,
};

record! {
    /// An upload byte for byte.
    pub struct JournalEntry {
        /// Identity.
        pub journal_id: RecordId,
        /// Serial number in the request.
        pub serial: String,
        /// The terminal, if known.
        pub terminal_id: Option<TerminalId>,
        /// When it came.
        pub received_at: Timestamp,
        /// Address it came from.
        pub peer: String,
        /// HTTP method.
        pub method: String,
        /// Path and query.
        pub target: String,
        /// Body.
        pub body: Vec<u8>,
        /// What was done with it.
        pub outcome: String,
    }
}

record! {
    /// An upload without its body.
    pub struct JournalHead {
        /// Identity.
        pub journal_id: RecordId,
        /// Serial number in the request.
        pub serial: String,
        /// The terminal, if known.
        pub terminal_id: Option<TerminalId>,
        /// When it came.
        pub received_at: Timestamp,
        /// Address it came from.
        pub peer: String,
        /// HTTP method.
        pub method: String,
        /// Path and query.
        pub target: String,
        /// What was done with it.
        pub outcome: String,
    }
}

record! {
    /// A line that could not be understood.
    pub struct QuarantinedLine {
        /// The upload.
        pub journal_id: RecordId,
        /// Line within it, from 1.
        pub line_no: i64,
        /// The terminal.
        pub terminal_id: TerminalId,
        /// The line as it came.
        pub raw: Vec<u8>,
        /// Why it was set aside.
        pub reason: String,
        /// When.
        pub recorded_at: Timestamp,
    }
}

/// Writes an upload to the journal.
///
/// # Errors
/// As every call.
pub async fn add_journal(tx: &mut Tx, entry: &JournalEntry) -> Result<()> {
    let sql = format!(
        "INSERT INTO terminal_journal (tenant_id, {}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        JournalEntry::LIST
    );
    tx.execute(sql, entry.values()).await.map(|_| ())
}

/// The newest uploads of a terminal, newest first.
///
/// # Errors
/// As every call.
pub async fn journal_of(tx: &mut Tx, terminal: TerminalId, limit: i64) -> Result<Vec<JournalHead>> {
    let sql = format!(
        "SELECT {} FROM terminal_journal WHERE tenant_id = $1 AND terminal_id = $2
         ORDER BY received_at DESC, journal_id DESC LIMIT $3",
        JournalHead::LIST
    );
    tx.fetch(sql, params![terminal, limit]).await
}

/// The body of an upload.
///
/// # Errors
/// [`crate::ErrorKind::NotFound`] when there is none.
pub async fn journal_body(tx: &mut Tx, journal: RecordId) -> Result<Vec<u8>> {
    let sql = "SELECT body AS value FROM terminal_journal WHERE tenant_id = $1 AND journal_id = $2";
    tx.scalar(sql, params![journal]).await
}

/// Sets lines aside.
///
/// # Errors
/// As every call.
pub async fn quarantine(tx: &mut Tx, lines: &[QuarantinedLine]) -> Result<u64> {
    bulk::insert(tx, "terminal_quarantine", lines, OnConflict::Ignore).await
}

/// Lines that wait for a decision, newest first; of one terminal or of all.
///
/// # Errors
/// As every call.
pub async fn quarantined(
    tx: &mut Tx,
    terminal: Option<TerminalId>,
    limit: i64,
) -> Result<Vec<QuarantinedLine>> {
    let sql = format!(
        "SELECT {} FROM terminal_quarantine
         WHERE tenant_id = $1 AND ($2 IS NULL OR terminal_id = $2) AND resolved_at IS NULL
         ORDER BY recorded_at DESC, journal_id DESC, line_no LIMIT $3",
        QuarantinedLine::LIST
    );
    tx.fetch(sql, params![terminal, limit]).await
}

/// Decides about a line.
///
/// # Errors
/// [`crate::ErrorKind::NotFound`] when no such line waits.
pub async fn resolve_quarantine(
    tx: &mut Tx,
    (journal, line_no): (RecordId, i64),
    resolution: &str,
    now: Timestamp,
) -> Result<()> {
    let sql = "UPDATE terminal_quarantine SET resolved_at = $4, resolution = $5
               WHERE tenant_id = $1 AND journal_id = $2 AND line_no = $3 AND resolved_at IS NULL";
    match tx.execute(sql, params![journal, line_no, now, resolution]).await? {
        0 => Err(StoreError::not_found("quarantined line")),
        _ => Ok(()),
    }
}
