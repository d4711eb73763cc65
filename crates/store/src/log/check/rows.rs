//! Covered rows and their newest entries.

use std::collections::{HashMap, HashSet};

use ledger::{Entry, commitment};

use super::{Checked, Finding, Fit, PAGE};
use crate::{
    error::Result,
    log::{
        canonical::{canonical, subject},
        covered::{self, Column, Covered},
        seal::EntryRow,
        waiting,
    },
    sql::{
        record::Record,
        value::{Kind, Row, Value, params},
    },
    tx::Tx,
};

/// Compares every row of a table, and misses those that are gone.
pub(super) async fn check(tx: &mut Tx, covered: &'static Covered, checked: &mut Checked) -> Result<()> {
    let columns = covered.columns();
    let waiting = waiting::payloads(tx, covered.table).await?;
    let mut seen = HashSet::new();
    let mut after = Some(vec![0; 16]);
    while let Some(from) = after {
        let page = rows(tx, covered, &columns, &from).await?;
        after = page
            .last()
            .filter(|_| page.len() == PAGE as usize && covered.id().is_some())
            .map(|r| r.0.clone());
        let newest = newest(tx, covered, page.iter().map(|(subject, _)| subject.as_slice())).await?;
        for (subject, payload) in page {
            match newest.get(&subject) {
                _ if waiting.get(&subject) == Some(&payload) => checked.waiting += 1,
                None => checked.findings.push(not_logged(covered, &subject, &payload)),
                Some(entry) => compare(covered, entry, &payload, checked),
            }
            if covered.id().is_none() {
                seen.insert(subject);
            }
        }
    }
    gone(tx, covered, &seen, checked).await
}

fn not_logged(covered: &'static Covered, subject: &[u8], payload: &[u8]) -> Finding {
    let now = String::from_utf8_lossy(payload).into_owned();
    Finding::NotLogged { table: covered.table, row: hex::encode(subject), now }
}

fn compare(covered: &'static Covered, row: &EntryRow, payload: &[u8], checked: &mut Checked) {
    let salt = row.salt.as_deref().and_then(|salt| <[u8; 32]>::try_from(salt).ok());
    // What was erased does not come back under the same name.
    let (Some(salt), Ok(entry)) = (salt, Entry::parse(&row.entry)) else {
        checked.findings.push(not_logged(covered, &row.subject, payload));
        return;
    };
    let found = commitment(&salt, payload);
    if entry.commitment() == found {
        checked.rows += 1;
        return;
    }
    let fit = Fit {
        seq: row.seq.unsigned_abs(),
        at: entry.at(),
        committed: entry.commitment(),
        found,
        now: String::from_utf8_lossy(payload).into_owned(),
    };
    let row = hex::encode(&row.subject);
    checked.findings.push(Finding::Changed { table: covered.table, row, fit: Box::new(fit) });
}

/// The next rows after `from` with what names them and their canonical bytes; all of them for a table without an id.
async fn rows(
    tx: &mut Tx,
    covered: &'static Covered,
    columns: &[Column],
    from: &[u8],
) -> Result<Vec<(Vec<u8>, Vec<u8>)>> {
    let read = |row: Row<'_>| {
        let values = covered::read(columns, row)?;
        let bytes = canonical(covered.table, columns, values.iter())?;
        Ok((subject(covered, columns, values.iter())?, bytes))
    };
    let (list, table) = (covered.list(), covered.table);
    let only = covered.only.unwrap_or("1 = 1");
    match covered.id() {
        Some(id) => {
            let sql = format!(
                "SELECT {list} FROM {table} WHERE tenant_id = $1 AND {only} AND {id} > $2 ORDER BY {id} LIMIT {PAGE}"
            );
            tx.fetch_map(sql, params![from.to_vec()], read).await
        }
        None => {
            tx.fetch_map(
                format!("SELECT {list} FROM {table} WHERE tenant_id = $1 AND {only}"),
                params![],
                read,
            )
            .await
        }
    }
}

/// The newest entry of each row.
async fn newest<'s>(
    tx: &mut Tx,
    covered: &'static Covered,
    subjects: impl Iterator<Item = &'s [u8]>,
) -> Result<HashMap<Vec<u8>, EntryRow>> {
    let ids: Vec<[u8; 16]> = subjects.filter_map(|subject| subject.try_into().ok()).collect();
    let sql = format!(
        "SELECT {} FROM log_entry WHERE tenant_id = $1 AND subject IN set_of($2) AND covers = $3 ORDER BY seq",
        EntryRow::LIST
    );
    let found: Vec<EntryRow> = tx.fetch(sql, vec![Value::Ids(ids), Value::text(covered.table)]).await?;
    Ok(found.into_iter().map(|row| (row.subject.clone(), row)).collect())
}

/// Entries whose rows are not there any more.
async fn gone(
    tx: &mut Tx,
    covered: &'static Covered,
    seen: &HashSet<Vec<u8>>,
    checked: &mut Checked,
) -> Result<()> {
    let missing = match covered.id() {
        Some(id) => format!(
            " AND NOT EXISTS (SELECT 1 FROM {} r WHERE r.tenant_id = $1 AND r.{id} = e.subject)",
            covered.table
        ),
        None => String::new(),
    };
    let sql = format!(
        "SELECT MAX(e.seq) AS seq, e.subject AS subject FROM log_entry e
         WHERE e.tenant_id = $1 AND e.covers = $2 AND e.salt IS NOT NULL{missing} GROUP BY e.subject ORDER BY 1"
    );
    let read = |row: Row<'_>| {
        let subject = match row.value(1, "subject", Kind::Bytes)? {
            Value::Bytes(subject) => subject,
            _ => Vec::new(),
        };
        Ok((row.get::<i64>("seq")?, subject))
    };
    for (seq, subject) in tx.fetch_map(sql, params![covered.table], read).await? {
        if !seen.contains(&subject) {
            let (row, seq) = (hex::encode(&subject), seq.unsigned_abs());
            checked.findings.push(Finding::Gone { table: covered.table, row, seq });
        }
    }
    Ok(())
}
