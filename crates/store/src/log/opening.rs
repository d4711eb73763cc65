//! What entries commit to, as the rows still say it.

use ledger::{Entry, Opening};

use super::{
    canonical::{canonical, subject},
    covered::{self, Covered},
    head::first_entry_about,
    place::place,
    seal::EntryRow,
};
use crate::{
    error::{ErrorKind, Result, StoreError},
    month_close::MonthClose,
    sql::{
        record::Record,
        value::{Row, Value, params},
    },
    tx::Tx,
};

/// The entry of a step in the closing of a month.
///
/// # Errors
/// As every call.
pub async fn entry_of_close(tx: &mut Tx, close: &MonthClose) -> Result<Option<EntryRow>> {
    let missing = || StoreError::new(ErrorKind::Other, "month_close is not covered");
    let covered = Covered::table("month_close").ok_or_else(missing)?;
    let columns = covered.columns();
    let row = close.values();
    let values: Vec<Value> = columns.iter().map(|column| column.value_in(&row)).collect();
    let named = subject(covered, &columns, values.iter())?;
    let named: [u8; 16] =
        named.try_into().map_err(|_| StoreError::new(ErrorKind::Other, "a subject has not 16 bytes"))?;
    first_entry_about(tx, named).await
}

/// What an entry commits to; `None` when its row was erased or is not what it was then. Of a row that was withdrawn or revoked
/// since, both the entry that says so and the one before it can be opened.
///
/// # Errors
/// As every call.
pub async fn opening(tx: &mut Tx, row: &EntryRow) -> Result<Option<Opening>> {
    let salt = row.salt.as_deref().and_then(|salt| <[u8; 32]>::try_from(salt).ok());
    let (Some(covered), Some(salt)) = (Covered::table(&row.covers), salt) else { return Ok(None) };
    let columns = covered.columns();
    let read = |found: Row<'_>| {
        let values = covered::read(&columns, found)?;
        let named = subject(covered, &columns, values.iter())?;
        let first: Vec<Value> =
            columns.iter().zip(&values).map(|(column, value)| column.at_first(value)).collect();
        let line = |values: &[Value]| canonical(covered.table, &columns, values.iter());
        Ok((named, [line(&values)?, line(&first)?]))
    };
    let (list, table) = (covered.list(), covered.table);
    // A table without an id of its own is small: months, policies, rosters.
    let rows = match covered.id() {
        Some(id) => {
            let sql = format!("SELECT {list} FROM {table} WHERE tenant_id = $1 AND {id} = $2");
            tx.fetch_map(sql, params![row.subject.clone()], read).await?
        }
        None => {
            tx.fetch_map(format!("SELECT {list} FROM {table} WHERE tenant_id = $1"), params![], read).await?
        }
    };
    let Some((_, payloads)) = rows.into_iter().find(|(named, _)| *named == row.subject) else {
        return Ok(None);
    };
    let corrupt = |_| StoreError::new(ErrorKind::Corrupt, "an entry of the log cannot be read");
    let entry = Entry::parse(&row.entry).map_err(corrupt)?;
    let index = place(tx, row).await?.index;
    let payloads = payloads.into_iter().filter_map(|payload| String::from_utf8(payload).ok());
    let mut openings = payloads.map(|payload| Opening { index, salt, payload });
    Ok(openings.find(|opening| opening.check(&entry).is_ok()))
}

/// What the log calls the rows of a table that fulfil a condition; `$1` is the tenant, the others are `params`.
///
/// # Errors
/// As every call.
pub(crate) async fn subjects(
    tx: &mut Tx,
    covered: &'static Covered,
    which: &str,
    params: Vec<Value>,
) -> Result<Vec<[u8; 16]>> {
    let columns = covered.columns();
    let read = |row: Row<'_>| {
        let values = covered::read(&columns, row)?;
        let named = subject(covered, &columns, values.iter())?;
        named.try_into().map_err(|_| StoreError::new(ErrorKind::Other, "a subject has not 16 bytes"))
    };
    let sql = format!("SELECT {} FROM {} WHERE tenant_id = $1 AND {which}", covered.list(), covered.table);
    tx.fetch_map(sql, params, read).await
}
