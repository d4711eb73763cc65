//! The two ways on when the database was set back behind its published log: taking the lost entries over from the published
//! files, or giving the log up for a new one.

use jiff::Timestamp;
use ledger::{Edge, SignedCheckpoint, leaf_hash};

use super::{
    head::{self, Head},
    seal::EntryRow,
    sealer::Sealer,
};
use crate::{
    error::{ErrorKind, Result, StoreError},
    sql::{
        bulk::{self, OnConflict},
        record::{Record, record},
        text_enum::text_enum,
        value::{Row, params},
    },
    tx::Tx,
};

text_enum! {
    /// What befell a log.
    pub enum LogEventKind {
        /// Lost entries were taken over from the published files.
        Continued = "continued",
        /// It was given up, and a new log begins.
        BegunAnew = "begun_anew",
    }
}

record! {
    /// Something that befell the log itself. It is covered, so the log says it of itself.
    pub struct LogEvent {
        /// Identity.
        pub event_id: domain::ids::RecordId,
        /// When.
        pub at: Timestamp,
        /// What.
        pub what: LogEventKind,
        /// The log that it befell.
        pub origin: String,
        /// Entries of that log that were published.
        pub published: i64,
        /// Their root, base64.
        pub root: String,
        /// How many of them this database did not have.
        pub lost: i64,
        /// What happened, in words.
        pub reason: String,
        /// Who decided.
        pub actor: String,
    }
}

record! {
    /// A log that was given up.
    pub struct ClosedLog {
        /// Which log of the tenant it was, from 1.
        pub generation: i64,
        /// Its name.
        pub origin: String,
        /// Place of its first entry among all entries of the tenant.
        pub first: i64,
        /// Right edge of its tree, as far as this database has it.
        pub edge: Vec<u8>,
    }
}

/// Writes an event.
///
/// # Errors
/// As every call.
pub async fn add_event(tx: &mut Tx, event: &LogEvent) -> Result<()> {
    bulk::insert(tx, "log_event", std::slice::from_ref(event), OnConflict::Fail).await.map(|_| ())
}

/// What befell the logs of the tenant, oldest first.
///
/// # Errors
/// As every call.
pub async fn events(tx: &mut Tx) -> Result<Vec<LogEvent>> {
    let sql = format!("SELECT {} FROM log_event WHERE tenant_id = $1 ORDER BY at, event_id", LogEvent::LIST);
    tx.fetch(sql, params![]).await
}

/// The logs that were given up, oldest first.
///
/// # Errors
/// As every call.
pub async fn closed(tx: &mut Tx) -> Result<Vec<ClosedLog>> {
    let sql = format!("SELECT {} FROM log_closed WHERE tenant_id = $1 ORDER BY generation", ClosedLog::LIST);
    tx.fetch(sql, params![]).await
}

/// The entries of the present log that were taken over from published files: index and entry.
///
/// # Errors
/// As every call.
pub async fn taken_over(tx: &mut Tx) -> Result<Vec<(u64, Vec<u8>)>> {
    let first = head::head(tx).await?.map_or(0, |head| head.first);
    let sql =
        "SELECT seq, entry FROM log_entry WHERE tenant_id = $1 AND covers = '' AND seq >= $2 ORDER BY seq";
    let read = |row: Row<'_>| Ok(((row.get::<i64>("seq")? - first).unsigned_abs(), row.get("entry")?));
    tx.fetch_map(sql, params![first], read).await
}

/// Taking over published entries that the database does not have; see [`adopt`].
#[derive(Debug)]
pub struct Adoption {
    head: Head,
    before: u64,
}

impl Adoption {
    /// Begins at the end of the log in the database, which is held until the end of the transaction. A database without a log
    /// begins with nothing of the log called `origin`.
    ///
    /// # Errors
    /// As every call.
    pub async fn begin(tx: &mut Tx, origin: &str) -> Result<Adoption> {
        let head = match head::lock(tx).await? {
            Some(head) => head,
            None => {
                head::create(tx, origin).await?;
                let missing = || StoreError::new(ErrorKind::Corrupt, "the log has no end");
                head::lock(tx).await?.ok_or_else(missing)?
            }
        };
        Ok(Adoption { before: head.edge.size(), head })
    }

    /// The log up to here.
    pub fn edge(&self) -> &Edge {
        &self.head.edge
    }

    /// Takes over the next entries. What they commit to is not known any more.
    ///
    /// # Errors
    /// As every call.
    pub async fn push(&mut self, tx: &mut Tx, entries: &[Vec<u8>]) -> Result<()> {
        let mut rows = Vec::with_capacity(entries.len());
        for entry in entries {
            let index = self.head.edge.append(leaf_hash(entry)).map_err(full)?;
            rows.push(EntryRow {
                seq: self.head.seq(index)?,
                covers: String::new(),
                subject: vec![0; 16],
                entry: entry.clone(),
                salt: None,
            });
        }
        bulk::insert(tx, "log_entry", &rows, OnConflict::Fail).await.map(|_| ())
    }

    /// Ends at `published`, which must be what was taken over and signed by `sealer`'s key. The log goes on behind it.
    ///
    /// # Errors
    /// [`ErrorKind::Corrupt`] when the entries are not those of the checkpoint or it is not ours.
    pub async fn finish(mut self, tx: &mut Tx, sealer: &Sealer, published: &SignedCheckpoint) -> Result<()> {
        let is_ours = published.checkpoint().origin() == self.head.origin && sealer.is_by_us(published);
        if !is_ours || (published.size(), published.root()) != (self.head.edge.size(), self.head.edge.root())
        {
            return Err(StoreError::new(
                ErrorKind::Corrupt,
                "the entries are not those of the published checkpoint",
            ));
        }
        self.head.checkpoint = published.text().to_owned();
        self.head.at = self.head.at.max(sealer.now());
        head::save(tx, self.before, &self.head).await
    }
}

/// Gives the present log up. What is committed next is the beginning of log number `generation`, called `origin`.
///
/// # Errors
/// As every call.
pub async fn begin_anew(tx: &mut Tx, generation: i64, origin: &str) -> Result<()> {
    if let Some(old) = head::lock_row(tx).await? {
        let closed =
            ClosedLog { generation: old.generation, origin: old.origin, first: old.first, edge: old.edge };
        bulk::insert(tx, "log_closed", std::slice::from_ref(&closed), OnConflict::Fail).await?;
    }
    let first: i64 = tx
        .scalar("SELECT COALESCE(MAX(seq) + 1, 0) AS value FROM log_entry WHERE tenant_id = $1", params![])
        .await?;
    head::replace(tx, generation, origin, first).await
}

fn full(_: ledger::EdgeError) -> StoreError {
    StoreError::new(ErrorKind::Other, "the log is full")
}
