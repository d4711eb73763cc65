//! Entries whose rows are not there any more.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Checked, Finding, PAGE};
use crate::{
    error::Result,
    log::{covered::Covered, place::Logs},
    sql::value::{Bind, Row, Value},
    tx::Tx,
};

/// What names the rows of each table that has no id, in order.
pub(super) type Seen = HashMap<&'static str, Vec<[u8; 16]>>;

/// Looks for the row of each entry that was not erased, a page of the log at a time.
pub(super) async fn check(tx: &mut Tx, seen: &Seen, logs: &Logs, checked: &mut Checked) -> Result<()> {
    let sql = format!(
        "SELECT seq, covers, subject FROM log_entry
         WHERE tenant_id = $1 AND seq > $2 AND salt IS NOT NULL ORDER BY seq LIMIT {PAGE}"
    );
    let read = |row: Row<'_>| {
        Ok((row.get::<i64>("seq")?, row.get::<String>("covers")?, row.get::<Vec<u8>>("subject")?))
    };
    let mut after = -1_i64;
    loop {
        let page = tx.fetch_map(sql.clone(), vec![after.bind()], read).await?;
        let is_last = page.len() < PAGE as usize;
        let mut tables: BTreeMap<&'static str, (&'static Covered, HashSet<[u8; 16]>)> = BTreeMap::new();
        for (seq, covers, subject) in page {
            after = seq;
            let covered = Covered::table(&covers).filter(|covered| !covered.may_go);
            if let (Some(covered), Ok(id)) = (covered, <[u8; 16]>::try_from(subject)) {
                tables.entry(covered.table).or_insert_with(|| (covered, HashSet::new())).1.insert(id);
            }
        }
        for (covered, ids) in tables.into_values() {
            for (seq, row) in missing(tx, covered, ids, seen).await? {
                // Each row once, where its newest entry stands.
                if seq <= after {
                    checked.found(Finding::Gone {
                        table: covered.table,
                        row: hex::encode(row),
                        entry: logs.place(seq),
                    });
                }
            }
        }
        if is_last {
            return Ok(());
        }
    }
}

/// Those of the rows that are not there, each with the place of its newest entry.
async fn missing(
    tx: &mut Tx,
    covered: &'static Covered,
    mut ids: HashSet<[u8; 16]>,
    seen: &Seen,
) -> Result<Vec<(i64, Vec<u8>)>> {
    let list = |ids: &HashSet<[u8; 16]>| Value::Ids(ids.iter().copied().collect());
    match (covered.id(), seen.get(covered.table)) {
        (Some(id), _) => {
            let table = covered.table;
            let sql = format!("SELECT {id} AS id FROM {table} WHERE tenant_id = $1 AND {id} IN set_of($2)");
            let there = tx.fetch_map(sql, vec![list(&ids)], |row| row.get::<Vec<u8>>("id")).await?;
            for id in there.into_iter().filter_map(|id| <[u8; 16]>::try_from(id).ok()) {
                ids.remove(&id);
            }
        }
        (None, Some(there)) => ids.retain(|id| there.binary_search(id).is_err()),
        (None, None) => {}
    }
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = "SELECT MAX(seq) AS seq, subject FROM log_entry
               WHERE tenant_id = $1 AND subject IN set_of($2) AND covers = $3 AND salt IS NOT NULL
               GROUP BY subject ORDER BY 1";
    let read = |row: Row<'_>| Ok((row.get::<i64>("seq")?, row.get::<Vec<u8>>("subject")?));
    tx.fetch_map(sql, vec![list(&ids), Value::text(covered.table)], read).await
}
