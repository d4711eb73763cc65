//! The end of the log and its entries, as rows.

use domain::ids::TenantId;
use jiff::Timestamp;
use ledger::{Entry, SignedCheckpoint, tree::Edge};

use super::seal::EntryRow;
use crate::{
    db::EngineKind,
    error::{ErrorKind, Result, StoreError},
    sql::{
        record::{Record, record},
        value::{Row, params},
    },
    tx::Tx,
};

record! {
    /// [`Head`] as it is stored.
    pub struct HeadRow {
        /// Name of the log.
        pub origin: String,
        /// Number of entries.
        pub size: i64,
        /// Right edge of the tree.
        pub edge: Vec<u8>,
        /// Signed checkpoint.
        pub checkpoint: String,
        /// Time of the last entry.
        pub at: Timestamp,
        /// Which log of the tenant it is.
        pub generation: i64,
        /// Place of its first entry in the table.
        pub first: i64,
    }
}

/// What the end of a log says of itself, for whoever looks at a damaged one.
#[derive(Debug, Clone, PartialEq)]
pub struct Stated {
    /// Name of the log.
    pub origin: String,
    /// Number of entries that it claims.
    pub size: i64,
    /// The signed checkpoint, if it is one.
    pub checkpoint: String,
    /// Which log of the tenant it is, from 1.
    pub generation: i64,
    /// Place of its first entry among all entries of the tenant.
    pub first: i64,
    /// Time of the last entry.
    pub at: Timestamp,
    /// Right edge of the tree; `None` when it cannot be read.
    pub edge: Option<Edge>,
}

impl Stated {
    /// What of it is not as it was signed: its checkpoint names the log, which says what number it has, and the tree, which says
    /// what its edge is. Whose signature that is must be asked besides.
    pub fn flaw(&self, tenant: TenantId) -> Option<String> {
        let Stated { origin, size, generation, first, .. } = self;
        if *size == 0 && self.checkpoint.is_empty() {
            return None;
        }
        let Ok(signed) = SignedCheckpoint::parse(&self.checkpoint) else {
            return Some(format!("it says {size} entries, nothing readable was signed"));
        };
        let end = signed.checkpoint();
        if end.origin() != origin {
            return Some(format!("it is called {origin}, signed was {}", end.origin()));
        }
        if !numbers_fit(tenant, origin, *generation, *first) {
            return Some(format!("it says that {origin} is log {generation} and begins at {first}"));
        }
        if u64::try_from(*size) != Ok(end.size()) {
            return Some(format!("it says {size} entries, signed were {}", end.size()));
        }
        let edge = self.edge.as_ref().map(|edge| (edge.size(), edge.root()));
        (edge != Some((end.size(), end.root())))
            .then(|| format!("its tree is not that of the {size} entries that were signed"))
    }
}

/// Which log of a tenant one called `origin` is, from 1: the first is called after its tenant, each other after its number too.
pub fn generation_of(tenant: TenantId, origin: &str) -> Option<i64> {
    let (_, named) = origin.rsplit_once("/log/")?;
    let number = tenant.0.to_string();
    match named.split_once('/') {
        None => (named == number).then_some(1),
        Some((of, generation)) => generation.parse().ok().filter(|n: &i64| of == number && *n > 1),
    }
}

/// Whether a log of this name has this number, and may begin at this place.
pub(super) fn numbers_fit(tenant: TenantId, origin: &str, generation: i64, first: i64) -> bool {
    generation_of(tenant, origin) == Some(generation) && (generation > 1 || first == 0)
}

/// The end of a tenant's log.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    /// Name of the log, as in its checkpoints.
    pub origin: String,
    /// Size and right edge of the tree.
    pub edge: Edge,
    /// The signed checkpoint of this size; empty for a log without entries.
    pub checkpoint: String,
    /// Time of the last entry.
    pub at: Timestamp,
    /// Which log of the tenant it is, from 1; a log that was given up is followed by the next.
    pub generation: i64,
    /// Place of its first entry among all entries of the tenant.
    pub first: i64,
}

impl Head {
    /// Place among all entries of the tenant of the entry at `index` of this log.
    pub(super) fn seq(&self, index: u64) -> Result<i64> {
        let index = i64::try_from(index).ok().and_then(|index| self.first.checked_add(index));
        index.ok_or_else(|| StoreError::new(ErrorKind::Other, "the log is full"))
    }
}

impl TryFrom<HeadRow> for Head {
    type Error = StoreError;

    fn try_from(row: HeadRow) -> Result<Head> {
        let said = row.size;
        let corrupt = || {
            StoreError::new(
                ErrorKind::Corrupt,
                format!("the end of the log, at {said} entries, cannot be read"),
            )
        };
        let edge = Edge::from_bytes(&row.edge).map_err(|_| corrupt())?;
        if i64::try_from(edge.size()) != Ok(row.size) {
            return Err(corrupt());
        }
        let HeadRow { origin, checkpoint, at, generation, first, .. } = row;
        Ok(Head { origin, edge, checkpoint, at, generation, first })
    }
}

/// The end of the log; `None` while it has no entry.
///
/// # Errors
/// [`ErrorKind::Corrupt`] when it cannot be read.
pub async fn head(tx: &mut Tx) -> Result<Option<Head>> {
    let sql = format!("SELECT {} FROM log_head WHERE tenant_id = $1", HeadRow::LIST);
    let row: Option<HeadRow> = tx.fetch_optional(sql, params![]).await?;
    Ok(row.map(Head::try_from).transpose()?.filter(|head| head.edge.size() > 0))
}

/// What the end of the log says of itself, readable or not; `None` while there is none.
///
/// # Errors
/// As every call.
pub async fn stated(tx: &mut Tx) -> Result<Option<Stated>> {
    let sql = format!("SELECT {} FROM log_head WHERE tenant_id = $1", HeadRow::LIST);
    let row: Option<HeadRow> = tx.fetch_optional(sql, params![]).await?;
    Ok(row.map(|HeadRow { origin, size, edge, checkpoint, at, generation, first }| Stated {
        origin,
        size,
        checkpoint,
        generation,
        first,
        at,
        edge: Edge::from_bytes(&edge).ok(),
    }))
}

/// The time of the last entry of the log whose end says so; `None` when that entry is not there.
///
/// # Errors
/// As every call.
pub async fn last_time(tx: &mut Tx, stated: &Stated) -> Result<Option<Timestamp>> {
    let sql = "SELECT entry FROM log_entry WHERE tenant_id = $1 AND seq = $2";
    let last = stated.first.saturating_add(stated.size).saturating_sub(1);
    let entry = tx.fetch_map(sql, params![last], |row: Row<'_>| row.get::<Vec<u8>>("entry")).await?.pop();
    Ok(entry.and_then(|entry| Entry::parse(&entry).ok()).map(|entry| entry.at()))
}

/// The end of the log as it is stored, readable or not, held until the end of the transaction.
pub(super) async fn lock_row(tx: &mut Tx) -> Result<Option<HeadRow>> {
    // SQLite has one writer anyway.
    let hold = if tx.kind() == EngineKind::Postgres { " FOR UPDATE" } else { "" };
    let sql = format!("SELECT {} FROM log_head WHERE tenant_id = $1{hold}", HeadRow::LIST);
    tx.fetch_optional(sql, params![]).await
}

/// The end of the log, held until the end of the transaction: whoever else wants to add waits.
pub(super) async fn lock(tx: &mut Tx) -> Result<Option<Head>> {
    lock_row(tx).await?.map(Head::try_from).transpose()
}

/// A log without entries, unless there is one.
pub(super) async fn create(tx: &mut Tx, origin: &str) -> Result<()> {
    let sql =
        "INSERT INTO log_head (tenant_id, origin, size, edge, checkpoint, at) VALUES ($1, $2, 0, $3, '', 0)
               ON CONFLICT DO NOTHING";
    tx.execute(sql, params![origin, Edge::new().to_bytes()]).await.map(|_| ())
}

/// Replaces the end by that of a log without entries.
pub(super) async fn replace(tx: &mut Tx, generation: i64, origin: &str, first: i64) -> Result<()> {
    tx.execute("DELETE FROM log_head WHERE tenant_id = $1", params![]).await?;
    create(tx, origin).await?;
    let sql = "UPDATE log_head SET generation = $2, first = $3 WHERE tenant_id = $1";
    tx.execute(sql, params![generation, first]).await.map(|_| ())
}

/// Moves the end from `before` entries to what `head` says.
pub(super) async fn save(tx: &mut Tx, before: u64, head: &Head) -> Result<()> {
    let size = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let sql = "UPDATE log_head SET size = $3, edge = $4, checkpoint = $5, at = $6
               WHERE tenant_id = $1 AND size = $2";
    let params = params![
        size(before),
        size(head.edge.size()),
        head.edge.to_bytes(),
        head.checkpoint.as_str(),
        head.at
    ];
    match tx.execute(sql, params).await? {
        1 => Ok(()),
        _ => Err(StoreError::new(ErrorKind::Conflict, "somebody else wrote to the log")),
    }
}

/// Up to `limit` entries of the present log from `from` on.
///
/// # Errors
/// As every call.
pub async fn entries(tx: &mut Tx, from: u64, limit: u32) -> Result<Vec<EntryRow>> {
    let from = i64::try_from(from).unwrap_or(i64::MAX);
    let sql = format!(
        "SELECT {} FROM log_entry WHERE tenant_id = $1
           AND seq >= $2 + COALESCE((SELECT h.first FROM log_head h WHERE h.tenant_id = $1), 0)
         ORDER BY seq LIMIT $3",
        EntryRow::LIST
    );
    tx.fetch(sql, params![from, i64::from(limit)]).await
}

/// Up to `limit` entries of all logs of the tenant from place `from` on, without those at or behind `until`.
pub(super) async fn entries_of_all(tx: &mut Tx, from: i64, until: i64, limit: u32) -> Result<Vec<EntryRow>> {
    let sql = format!(
        "SELECT {} FROM log_entry WHERE tenant_id = $1 AND seq >= $2 AND seq < $3 ORDER BY seq LIMIT $4",
        EntryRow::LIST
    );
    tx.fetch(sql, params![from, until, i64::from(limit)]).await
}

/// The entry with which a row came into the log, by the id of the row.
///
/// # Errors
/// As every call.
pub async fn first_entry_about(tx: &mut Tx, subject: [u8; 16]) -> Result<Option<EntryRow>> {
    let sql = format!(
        "SELECT {} FROM log_entry WHERE tenant_id = $1 AND subject = $2 ORDER BY seq LIMIT 1",
        EntryRow::LIST
    );
    tx.fetch_optional(sql, params![subject.to_vec()]).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_log_says_its_number() {
        let of = |origin| generation_of(TenantId(7), origin);
        assert_eq!((of("hadir.test/log/7"), of("a/log/b/log/7/3")), (Some(1), Some(3)));
        for other in
            ["hadir.test/log/8", "hadir.test/log/7/1", "hadir.test/log/8/3", "hadir.test/log/7/x", "7"]
        {
            assert_eq!(of(other), None, "{other}");
        }
        assert!(numbers_fit(TenantId(7), "x/log/7", 1, 0) && !numbers_fit(TenantId(7), "x/log/7", 1, 4));
        assert!(numbers_fit(TenantId(7), "x/log/7/2", 2, 9) && !numbers_fit(TenantId(7), "x/log/7", 2, 9));
    }
}
