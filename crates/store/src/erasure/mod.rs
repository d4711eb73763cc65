//! Facts of a person that were deleted under the data protection law (UU 27/2022, articles 43 and 44), and the covered row
//! that says so.
//!
//! The entries of the facts stay in the log, where nobody can guess anything from them; the rows and the salts go. A row of
//! `erasure` names their places, so that [`crate::log::check`] tells an erasure from a salt that somebody took away.

mod desk;
mod facts;
mod journal;
mod pins;
mod places;
mod said;
mod traces;

use std::collections::HashSet;

use domain::{
    ids::{EmployeeId, RecordId, UnitId},
    month::Month,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

pub use facts::{Erased, facts, months_with_facts};
pub use places::Places;
pub use traces::{erase_sheets, overwrite_freed, person, sheets_with};

use crate::{
    error::{ErrorKind, Result, StoreError},
    sql::{
        bulk::{self, OnConflict},
        record::{Record, record},
        text_enum::text_enum,
        value::{Row, Value, params},
    },
    tx::Tx,
};

/// Erasures read at a time.
const TOGETHER: usize = 64;

text_enum! {
    /// How much was erased.
    pub enum Scope {
        /// Facts up to a day; the person stays.
        Facts = "facts",
        /// Everything about the person.
        Person = "person",
    }
}

record! {
    /// An erasure.
    pub struct Erasure {
        /// Identity.
        pub erasure_id: RecordId,
        /// When.
        pub at: Timestamp,
        /// How much.
        pub scope: Scope,
        /// Whose facts; `None` when the person was erased too.
        pub employee_id: Option<EmployeeId>,
        /// Last day of the facts; `None` for all.
        pub until_day: Option<Date>,
        /// Places of their entries among all entries of the tenant.
        pub entries: Places,
        /// How many entries.
        pub entry_count: i64,
        /// Locked sheets that were deleted as a whole, as JSON of [`Sheet`]s.
        pub sheets: String,
        /// Why.
        pub reason: String,
        /// Article or decision it rests on.
        pub legal_basis: String,
        /// Who decided.
        pub actor: String,
    }
}

/// What a lock stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sheet {
    /// The OPD.
    pub unit: UnitId,
    /// The month.
    pub month: Month,
    /// Version of the lock.
    pub version: i64,
}

impl Erasure {
    /// The sheets that were deleted.
    ///
    /// # Errors
    /// [`ErrorKind::Corrupt`] when the text is none of ours.
    pub fn sheets(&self) -> Result<Vec<Sheet>> {
        read_sheets(&self.sheets)
    }
}

/// Writes down an erasure; its entry follows at the commit.
///
/// # Errors
/// As every call.
pub async fn add(tx: &mut Tx, erasure: &Erasure) -> Result<()> {
    bulk::insert(tx, "erasure", std::slice::from_ref(erasure), OnConflict::Fail).await.map(|_| ())
}

/// All erasures, oldest first.
///
/// # Errors
/// As every call.
pub async fn all(tx: &mut Tx) -> Result<Vec<Erasure>> {
    let sql = format!("SELECT {} FROM erasure WHERE tenant_id = $1 ORDER BY at, erasure_id", Erasure::LIST);
    tx.fetch(sql, params![]).await
}

/// The erasure that took the fact of the entry at this place; `None` when none did.
///
/// # Errors
/// As every call.
pub async fn of_entry(tx: &mut Tx, place: i64) -> Result<Option<Erasure>> {
    // Whoever erased took the salt: an entry that has one was never erased, and most have.
    let sql = "SELECT COUNT(*) AS value FROM log_entry WHERE tenant_id = $1 AND seq = $2 AND salt IS NULL";
    if tx.scalar::<i64>(sql, params![place]).await? == 0 {
        return Ok(None);
    }
    let sql = "SELECT erasure_id FROM erasure WHERE tenant_id = $1 ORDER BY at, erasure_id";
    let ids = tx.fetch_map(sql, params![], |row| row.get::<RecordId>("erasure_id")).await?;
    let ids: Vec<[u8; 16]> = ids.into_iter().map(|id| id.0.into_bytes()).collect();
    let sql = format!(
        "SELECT {} FROM erasure WHERE tenant_id = $1 AND erasure_id IN set_of($2) ORDER BY at, erasure_id",
        Erasure::LIST
    );
    // No further than the first that names it.
    for some in ids.chunks(TOGETHER) {
        let read: Vec<Erasure> = tx.fetch(sql.clone(), vec![Value::Ids(some.to_vec())]).await?;
        if let Some(erasure) = read.into_iter().find(|erasure| erasure.entries.contains(place)) {
            return Ok(Some(erasure));
        }
    }
    Ok(None)
}

/// The sheets of all erasures.
///
/// # Errors
/// [`ErrorKind::Corrupt`] when a text is none of ours.
pub(crate) async fn all_sheets(tx: &mut Tx) -> Result<HashSet<Sheet>> {
    let sql = "SELECT sheets FROM erasure WHERE tenant_id = $1 AND sheets <> '[]'";
    let lists = tx.fetch_map(sql, params![], |row| row.get::<String>("sheets")).await?;
    let mut all = HashSet::new();
    for list in lists {
        all.extend(read_sheets(&list)?);
    }
    Ok(all)
}

fn read_sheets(text: &str) -> Result<Vec<Sheet>> {
    serde_json::from_str(text)
        .map_err(|_| StoreError::new(ErrorKind::Corrupt, "the sheets of an erasure cannot be read"))
}

/// The places of all erasures, a set each, with its id.
///
/// # Errors
/// As every call.
pub(crate) async fn places(tx: &mut Tx) -> Result<Vec<([u8; 16], Places)>> {
    let sql = "SELECT erasure_id, entries FROM erasure WHERE tenant_id = $1";
    let read = |row: Row<'_>| Ok((*row.get::<RecordId>("erasure_id")?.0.as_bytes(), row.get("entries")?));
    tx.fetch_map(sql, params![], read).await
}
