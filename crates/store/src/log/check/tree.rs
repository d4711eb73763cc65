//! The entries themselves: they give the signed tree, and each is filed under the row that it was made for.

use std::collections::HashMap;

use ledger::{Edge, Entry, SignedCheckpoint, leaf_hash};

use super::{Checked, Finding, PAGE, silenced::Silenced};
use crate::{
    erasure::Places,
    error::{ErrorKind, Result, StoreError},
    log::{
        head::{entries_of_all, stated},
        place::Logs,
        recovery,
        seal::EntryRow,
    },
    sql::value::{Row, Value, params},
    tx::Tx,
};

/// The end of a log as it was signed: place of the first entry, number of entries, root.
type Signed = (i64, Option<(u64, ledger::Hash)>);

/// Every log of the tenant, those that were given up too.
pub(super) async fn check(tx: &mut Tx, places: &Logs, erased: &Places, checked: &mut Checked) -> Result<()> {
    let logs = ends(tx, checked).await?;
    let silenced = Silenced::read(tx, erased).await?;
    let ends: Vec<i64> = logs.iter().skip(1).map(|(first, _)| *first).chain([i64::MAX]).collect();
    for ((first, signed), end) in logs.into_iter().zip(ends) {
        let size = signed.map_or(0, |(size, _)| size);
        let behind = i64::try_from(size).map_or(i64::MAX, |size| first.saturating_add(size));
        removed(tx, (first, behind), places, checked).await?;
        let edge = tree_of(tx, (first, end), (places, &silenced), checked).await?;
        checked.entries += edge.size();
        if signed.is_some_and(|signed| signed != (edge.size(), edge.root())) {
            checked.found(Finding::Tree { entries: edge.size(), signed: size });
        }
    }
    Ok(())
}

/// The end of each log, oldest first; of one that cannot be read only where it begins.
async fn ends(tx: &mut Tx, checked: &mut Checked) -> Result<Vec<Signed>> {
    let mut logs = Vec::new();
    for closed in recovery::closed(tx).await? {
        let edge = Edge::from_bytes(&closed.edge);
        if edge.is_err() {
            let flaw = "its tree cannot be read".to_owned();
            checked.found(Finding::End { generation: closed.generation, flaw });
        }
        logs.push((closed.first, edge.ok().map(|edge| (edge.size(), edge.root()))));
    }
    let Some(now) = stated(tx).await? else {
        logs.push((0, Some((0, Edge::new().root()))));
        return Ok(logs);
    };
    if let Some(flaw) = now.flaw(tx.tenant()) {
        checked.found(Finding::End { generation: now.generation, flaw });
    }
    let note = SignedCheckpoint::parse(&now.checkpoint).ok();
    // Whoever rewrites the whole log can make it fit a checkpoint, but not sign that.
    if let (Some(note), Some(sealer)) = (&note, tx.sealer())
        && !sealer.is_by_us(note)
    {
        let flaw = "its signature is not that of the key in the ledger folder".to_owned();
        checked.found(Finding::End { generation: now.generation, flaw });
    }
    let signed = note.map(|note| (note.size(), note.root()));
    logs.push((now.first, signed.or_else(|| now.edge.map(|edge| (edge.size(), edge.root())))));
    Ok(logs)
}

/// Names the entries between two places that are not there, the first thousand gaps.
async fn removed(
    tx: &mut Tx,
    (first, behind): (i64, i64),
    places: &Logs,
    checked: &mut Checked,
) -> Result<()> {
    let sql = "SELECT e.seq FROM log_entry e WHERE e.tenant_id = $1 AND e.seq >= $2 AND e.seq < $3
                 AND NOT EXISTS (SELECT 1 FROM log_entry b WHERE b.tenant_id = $1 AND b.seq = e.seq - 1)
               UNION SELECT $3 ORDER BY 1 LIMIT 1001";
    let before = "SELECT COALESCE(MAX(seq) + 1, $2) AS value FROM log_entry
                  WHERE tenant_id = $1 AND seq >= $2 AND seq < $3";
    let after_gaps = tx.fetch_map(sql, params![first, behind], |row: Row<'_>| row.get::<i64>("seq")).await?;
    for there in after_gaps {
        let gone: i64 = tx.scalar(before, params![first, there]).await?;
        if gone < there {
            checked
                .found(Finding::Removed { first: places.place(gone), count: (there - gone).unsigned_abs() });
        }
    }
    Ok(())
}

/// The tree over the entries from place `first` on, as long as none is missing.
async fn tree_of(
    tx: &mut Tx,
    (first, end): (i64, i64),
    (places, silenced): (&Logs, &Silenced),
    checked: &mut Checked,
) -> Result<Edge> {
    let (mut edge, mut next) = (Edge::new(), first);
    loop {
        let page = entries_of_all(tx, next, end, PAGE).await?;
        check_files(tx, (first, places), &page, checked).await?;
        for row in &page {
            if row.seq != next {
                return Ok(edge);
            }
            silenced.check(row, places, checked);
            edge.append(leaf_hash(&row.entry))
                .map_err(|e| StoreError::new(ErrorKind::Corrupt, e.to_string()))?;
            next += 1;
        }
        if page.len() < PAGE as usize {
            return Ok(edge);
        }
    }
}

/// Whether each entry names the one before it of its own row. Tables and rows stand beside the entries, outside of the tree:
/// without this, an entry could be hidden behind the newer one of another row.
async fn check_files(
    tx: &mut Tx,
    (first, places): (i64, &Logs),
    page: &[EntryRow],
    checked: &mut Checked,
) -> Result<()> {
    let known = page.iter().filter(|row| !row.covers.is_empty());
    let ids: Vec<[u8; 16]> = known.clone().filter_map(|row| row.subject.as_slice().try_into().ok()).collect();
    let sql = "SELECT covers, subject, seq FROM log_entry
               WHERE tenant_id = $1 AND subject IN set_of($2) ORDER BY seq";
    let read = |row: Row<'_>| Ok((row.get("covers")?, row.get("subject")?, row.get("seq")?));
    let mut of_rows: HashMap<(String, Vec<u8>), Vec<i64>> = HashMap::new();
    for (covers, subject, seq) in tx.fetch_map(sql, vec![Value::Ids(ids)], read).await? {
        of_rows.entry((covers, subject)).or_default().push(seq);
    }
    for row in known {
        let Ok(entry) = Entry::parse(&row.entry) else { continue };
        let of_row = of_rows.get(&(row.covers.clone(), row.subject.clone()));
        let earlier = of_row.into_iter().flatten().filter(|seq| (first..row.seq).contains(seq));
        let before = earlier.max().map(|seq| (seq - first).unsigned_abs());
        if entry.refers_to() != before {
            checked.found(Finding::Misfiled {
                table: row.covers.clone(),
                row: hex::encode(&row.subject),
                entry: places.place(row.seq),
                names: entry.refers_to(),
                before,
            });
        }
    }
    Ok(())
}
