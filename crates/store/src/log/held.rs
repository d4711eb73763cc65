//! Whether one row is what the log says of it.

use ledger::{Entry, commitment};

use super::{
    canonical::canonical,
    check,
    covered::{self, Covered},
    seal::EntryRow,
    waiting,
};
use crate::{
    error::Result,
    sql::{
        record::Record,
        value::{Row, params},
    },
    tx::Tx,
};

/// What the log says of a row that is there.
#[derive(Debug, Clone, PartialEq)]
pub enum Held {
    /// The row is what its newest entry commits to, and a punch counts for the one who had its PIN.
    Fits {
        /// That entry.
        newest: Box<EntryRow>,
    },
    /// It waits for an entry about what it is now, because the log may not be signed at present.
    Waits,
    /// It was changed behind the program, or put there.
    Differs,
}

/// What the log says of the row of a covered table with this id.
///
/// # Errors
/// As every read.
pub async fn held(tx: &mut Tx, subject: [u8; 16]) -> Result<Held> {
    let sql = format!(
        "SELECT {} FROM log_entry WHERE tenant_id = $1 AND subject = $2 ORDER BY seq DESC LIMIT 1",
        EntryRow::LIST
    );
    let newest: Option<EntryRow> = tx.fetch_optional(sql, params![subject.to_vec()]).await?;
    // Nothing but punches may wait for its first entry.
    let table = newest.as_ref().map_or("punch", |row| row.covers.as_str());
    let Some(covered) = Covered::table(table) else { return Ok(Held::Differs) };
    let Some(payload) = payload(tx, covered, subject).await? else { return Ok(Held::Differs) };
    if covered.table == "punch" && check::is_stranger(tx, subject).await? {
        return Ok(Held::Differs);
    }
    let waiting = waiting::payloads(tx, covered.table, &[subject]).await?;
    if waiting.get(subject.as_slice()) == Some(&payload) {
        return Ok(Held::Waits);
    }
    Ok(match newest {
        Some(row) if commits(&row, &payload) => Held::Fits { newest: Box::new(row) },
        _ => Held::Differs,
    })
}

/// The row as it is now.
async fn payload(tx: &mut Tx, covered: &'static Covered, subject: [u8; 16]) -> Result<Option<Vec<u8>>> {
    let Some(id) = covered.id() else { return Ok(None) };
    let columns = covered.columns();
    let sql = format!("SELECT {} FROM {} WHERE tenant_id = $1 AND {id} = $2", covered.list(), covered.table);
    let read = |row: Row<'_>| canonical(covered.table, &columns, covered::read(&columns, row)?.iter());
    Ok(tx.fetch_map(sql, params![subject.to_vec()], read).await?.pop())
}

fn commits(row: &EntryRow, payload: &[u8]) -> bool {
    let salt = row.salt.as_deref().and_then(|salt| <[u8; 32]>::try_from(salt).ok());
    let entry = Entry::parse(&row.entry).ok();
    salt.zip(entry).is_some_and(|(salt, entry)| commitment(&salt, payload) == entry.commitment())
}
