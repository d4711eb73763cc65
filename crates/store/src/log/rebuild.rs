//! The end of the log, computed anew from its entries: everything that it holds beside the signed checkpoint follows from them,
//! so whoever edits it behind the program gains nothing.

use ledger::{Edge, Entry, SignedCheckpoint, leaf_hash};

use super::head::{self, Head, entries_of_all, generation_of, numbers_fit};
use crate::{
    error::{ErrorKind, Result, StoreError},
    sql::value::params,
    tx::Tx,
};

/// Entries read at a time.
const PAGE: u32 = 2000;

/// Puts the end back that `signed` is about, if the newest entries in the database are just those that were signed. Whose signature
/// it is must be known.
///
/// # Errors
/// As every call.
pub async fn rebuild_end(tx: &mut Tx, signed: &SignedCheckpoint) -> Result<bool> {
    head::lock_row(tx).await?;
    let Some(found) = from_entries(tx, signed).await? else { return Ok(false) };
    let sql = "UPDATE log_head SET origin = $2, size = $3, edge = $4, checkpoint = $5, at = $6, generation = $7, first = $8
               WHERE tenant_id = $1";
    let size = i64::try_from(found.edge.size()).unwrap_or(i64::MAX);
    let params = params![
        found.origin.as_str(),
        size,
        found.edge.to_bytes(),
        found.checkpoint.as_str(),
        found.at,
        found.generation,
        found.first
    ];
    Ok(tx.execute(sql, params).await? == 1)
}

async fn from_entries(tx: &mut Tx, signed: &SignedCheckpoint) -> Result<Option<Head>> {
    let end = signed.checkpoint();
    let sql = "SELECT COALESCE(MAX(seq) + 1, 0) AS value FROM log_entry WHERE tenant_id = $1";
    let behind: i64 = tx.scalar(sql, params![]).await?;
    let first = i64::try_from(end.size()).map_or(-1, |size| behind - size);
    let generation = generation_of(tx.tenant(), end.origin());
    let Some(generation) =
        generation.filter(|n| first >= 0 && numbers_fit(tx.tenant(), end.origin(), *n, first))
    else {
        return Ok(None);
    };
    let full = |_| StoreError::new(ErrorKind::Other, "the log is full");
    let (mut edge, mut at, mut next) = (Edge::new(), None, first);
    while next < behind {
        let page = entries_of_all(tx, next, behind, PAGE).await?;
        if page.is_empty() {
            return Ok(None);
        }
        for row in page {
            if row.seq != next {
                return Ok(None);
            }
            edge.append(leaf_hash(&row.entry)).map_err(full)?;
            at = Entry::parse(&row.entry).ok().map(|entry| entry.at());
            next += 1;
        }
    }
    let fits = (edge.size(), edge.root()) == (end.size(), end.root());
    Ok(at.filter(|_| fits).map(|at| Head {
        origin: end.origin().to_owned(),
        edge,
        checkpoint: signed.text().to_owned(),
        at,
        generation,
        first,
    }))
}
