//! Covered rows and their newest entries.

use std::collections::HashMap;

use ledger::{Entry, commitment};

use super::{Checked, Finding, Fit, PAGE};
use crate::{
    erasure::Places,
    error::Result,
    log::{
        canonical::{canonical, subject},
        covered::{self, Column, Covered},
        place::Logs,
        seal::EntryRow,
        waiting,
    },
    sql::{
        record::Record,
        value::{Row, Value},
    },
    tx::Tx,
};

/// A row: its key, what names it, and its canonical bytes.
struct Found {
    key: Vec<Value>,
    subject: Vec<u8>,
    payload: Vec<u8>,
}

/// What is known of the entries of all tables.
#[derive(Clone, Copy)]
pub(super) struct Known<'k> {
    /// The logs of the tenant.
    pub(super) logs: &'k Logs,
    /// Places of the entries that an erasure names.
    pub(super) erased: &'k Places,
}

/// Compares every row of a table. Gives what names its rows when it has no id by which they could be looked up, in order.
pub(super) async fn check(
    tx: &mut Tx,
    covered: &'static Covered,
    known: Known<'_>,
    checked: &mut Checked,
) -> Result<Vec<[u8; 16]>> {
    let columns = covered.columns();
    let mut seen = Vec::new();
    let mut after = None;
    loop {
        let page = rows(tx, covered, &columns, after).await?;
        let ids: Vec<[u8; 16]> =
            page.iter().filter_map(|row| row.subject.as_slice().try_into().ok()).collect();
        let newest = newest(tx, covered, &ids).await?;
        let waiting = waiting::payloads(tx, covered.table, &ids).await?;
        let is_last = page.len() < PAGE as usize;
        after = page.last().map(|row| row.key.clone());
        for Found { subject, payload, .. } in page {
            match newest.get(&subject) {
                _ if waiting.get(&subject) == Some(&payload) => checked.waiting += 1,
                None => checked.found(not_logged(covered, &subject, &payload)),
                Some(entry) => compare(covered, entry, &payload, known, checked),
            }
        }
        if covered.id().is_none() {
            seen.extend(ids);
        }
        if is_last {
            seen.sort_unstable();
            return Ok(seen);
        }
    }
}

fn not_logged(covered: &'static Covered, subject: &[u8], payload: &[u8]) -> Finding {
    let now = String::from_utf8_lossy(payload).into_owned();
    Finding::NotLogged { table: covered.table, row: hex::encode(subject), now }
}

fn compare(
    covered: &'static Covered,
    row: &EntryRow,
    payload: &[u8],
    known: Known<'_>,
    checked: &mut Checked,
) {
    let salt = row.salt.as_deref().and_then(|salt| <[u8; 32]>::try_from(salt).ok());
    // What was erased does not come back under the same name.
    let (Some(salt), Ok(entry)) = (salt, Entry::parse(&row.entry)) else {
        // A salt that nobody erased is named with its entry.
        if row.salt.is_some() || known.erased.contains(row.seq) {
            checked.found(not_logged(covered, &row.subject, payload));
        }
        return;
    };
    let found = commitment(&salt, payload);
    if entry.commitment() == found {
        checked.rows += 1;
        return;
    }
    let fit = Fit {
        entry: known.logs.place(row.seq),
        at: entry.at(),
        committed: entry.commitment(),
        found,
        now: String::from_utf8_lossy(payload).into_owned(),
    };
    let row = hex::encode(&row.subject);
    checked.found(Finding::Changed { table: covered.table, row, fit: Box::new(fit) });
}

/// The next rows behind the key `after`, in the order of their keys.
async fn rows(
    tx: &mut Tx,
    covered: &'static Covered,
    columns: &[Column],
    after: Option<Vec<Value>>,
) -> Result<Vec<Found>> {
    let place = |name: &&str| columns.iter().position(|column| column.name == *name);
    let key: Vec<usize> = covered.key.iter().filter_map(place).collect();
    let read = |row: Row<'_>| {
        let values = covered::read(columns, row)?;
        Ok(Found {
            key: key.iter().filter_map(|place| values.get(*place)).cloned().collect(),
            subject: subject(covered, columns, values.iter())?,
            payload: canonical(covered.table, columns, values.iter())?,
        })
    };
    let (list, table, by) = (covered.list(), covered.table, covered.key.join(", "));
    let only = covered.only.unwrap_or("1 = 1");
    let behind = match &after {
        None => String::new(),
        Some(after) => {
            let places: Vec<String> = (2..after.len() + 2).map(|n| format!("${n}")).collect();
            format!(" AND ({by}) > ({})", places.join(", "))
        }
    };
    let sql = format!(
        "SELECT {list} FROM {table} WHERE tenant_id = $1 AND {only}{behind} ORDER BY {by} LIMIT {PAGE}"
    );
    tx.fetch_map(sql, after.unwrap_or_default(), read).await
}

/// The newest entry of each row.
async fn newest(
    tx: &mut Tx,
    covered: &'static Covered,
    ids: &[[u8; 16]],
) -> Result<HashMap<Vec<u8>, EntryRow>> {
    let sql = format!(
        "SELECT {} FROM log_entry WHERE tenant_id = $1 AND subject IN set_of($2) AND covers = $3 ORDER BY seq",
        EntryRow::LIST
    );
    let found: Vec<EntryRow> =
        tx.fetch(sql, vec![Value::Ids(ids.to_vec()), Value::text(covered.table)]).await?;
    Ok(found.into_iter().map(|row| (row.subject.clone(), row)).collect())
}
