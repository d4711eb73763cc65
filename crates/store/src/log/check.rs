//! Comparing what the tables say with what was logged.
//!
//! The log proves that its entries were not changed; this proves that the rows still are what their entries commit to. Somebody
//! with the rights of a database administrator can change both, but then the log no longer continues what its witnesses,
//! mirrors and receipts remember.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use ledger::{Edge, Entry, commitment, leaf_hash};

use super::{
    canonical::{canonical, subject},
    covered::{self, COVERED, Column, Covered},
    head::{entries_of_all, head},
    reads::check_reads,
    recovery,
    seal::EntryRow,
    waiting,
};
use crate::{
    error::{ErrorKind, Result, StoreError},
    sql::{
        record::Record,
        value::{Kind, Row, Value, params},
    },
    tx::Tx,
};

/// Rows or entries read at a time.
const PAGE: u32 = 2000;

/// Something that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// The entries do not give the tree that was signed.
    Tree {
        /// Entries found.
        entries: u64,
        /// Entries that the signed end of the log has.
        signed: u64,
    },
    /// A row without an entry: somebody wrote past the program.
    NotLogged {
        /// Its table.
        table: &'static str,
        /// The row, hexadecimal.
        row: String,
    },
    /// A row that is no longer what its newest entry commits to.
    Changed {
        /// Its table.
        table: &'static str,
        /// The row, hexadecimal.
        row: String,
        /// Its newest entry.
        seq: u64,
    },
    /// Readings of people's data that were changed, added or taken away.
    Readings {
        /// They were after this instant
        from: Timestamp,
        /// and up to this one.
        until: Timestamp,
        /// How many were logged.
        logged: u64,
        /// How many there are.
        found: u64,
    },
    /// An entry whose row is gone although it was not erased.
    Gone {
        /// Its table.
        table: &'static str,
        /// The row, hexadecimal.
        row: String,
        /// Its newest entry.
        seq: u64,
    },
}

/// What was looked at and found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// Entries of the log.
    pub entries: u64,
    /// Rows that fit their entries.
    pub rows: u64,
    /// Rows whose salt was erased, so that nobody can tell.
    pub erased: u64,
    /// Rows that wait for their entries, because the log may not be signed at present.
    pub waiting: u64,
    /// What does not fit.
    pub findings: Vec<Finding>,
}

/// Reads the whole log and every covered row of the tenant; memory stays small whatever their number.
///
/// # Errors
/// As every read.
pub async fn check(tx: &mut Tx) -> Result<Checked> {
    let mut checked = Checked::default();
    check_tree(tx, &mut checked).await?;
    for covered in COVERED {
        check_table(tx, covered, &mut checked).await?;
    }
    check_reads(tx, &mut checked).await?;
    Ok(checked)
}

/// Every log of the tenant, those that were given up too.
async fn check_tree(tx: &mut Tx, checked: &mut Checked) -> Result<()> {
    let corrupt = |e: ledger::EdgeError| StoreError::new(ErrorKind::Corrupt, e.to_string());
    let mut logs = Vec::new();
    for closed in recovery::closed(tx).await? {
        logs.push((closed.first, Edge::from_bytes(&closed.edge).map_err(corrupt)?));
    }
    let now = head(tx).await?;
    logs.push(now.map(|head| (head.first, head.edge)).unwrap_or_default());
    let ends: Vec<i64> = logs.iter().skip(1).map(|(first, _)| *first).chain([i64::MAX]).collect();
    for ((first, signed), end) in logs.into_iter().zip(ends) {
        let edge = tree_of(tx, first, end).await?;
        checked.entries += edge.size();
        if signed != edge {
            checked.findings.push(Finding::Tree { entries: edge.size(), signed: signed.size() });
        }
    }
    Ok(())
}

/// The tree over the entries from place `first` on, as long as none is missing.
async fn tree_of(tx: &mut Tx, first: i64, end: i64) -> Result<Edge> {
    let (mut edge, mut next) = (Edge::new(), first);
    loop {
        let page = entries_of_all(tx, next, end, PAGE).await?;
        for row in &page {
            if row.seq != next {
                return Ok(edge);
            }
            edge.append(leaf_hash(&row.entry))
                .map_err(|e| StoreError::new(ErrorKind::Corrupt, e.to_string()))?;
            next += 1;
        }
        if page.len() < PAGE as usize {
            return Ok(edge);
        }
    }
}

async fn check_table(tx: &mut Tx, covered: &'static Covered, checked: &mut Checked) -> Result<()> {
    let columns = covered.columns();
    let waiting: HashSet<Vec<u8>> = waiting::subjects(tx, covered.table).await?.into_iter().collect();
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
                _ if waiting.contains(&subject) => checked.waiting += 1,
                None => {
                    let row = hex::encode(&subject);
                    checked.findings.push(Finding::NotLogged { table: covered.table, row });
                }
                Some(entry) => compare(covered, entry, &payload, checked),
            }
            if covered.id().is_none() {
                seen.insert(subject);
            }
        }
    }
    gone(tx, covered, &seen, checked).await
}

fn compare(covered: &'static Covered, row: &EntryRow, payload: &[u8], checked: &mut Checked) {
    let Some(salt) = &row.salt else {
        checked.erased += 1;
        return;
    };
    let committed = Entry::parse(&row.entry).ok().map(|entry| entry.commitment());
    let fits =
        <&[u8; 32]>::try_from(salt.as_slice()).is_ok_and(|salt| committed == Some(commitment(salt, payload)));
    if fits {
        checked.rows += 1;
    } else {
        let (row, seq) = (hex::encode(&row.subject), row.seq.unsigned_abs());
        checked.findings.push(Finding::Changed { table: covered.table, row, seq });
    }
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
