//! Writing the entries of a transaction, as its last act before the commit.

use std::borrow::Cow;

use ledger::{Entry, EntryKind, commitment};

use super::{
    canonical::{canonical, subject},
    covered::{self, Column, Covered},
    head::{self, Head},
    lineage::Lineage,
    waiting::{may_wait, wait},
};
use crate::{
    error::{ErrorKind, Result, StoreError},
    log::Sealer,
    sql::{
        bulk::{self, OnConflict},
        record::record,
        value::{Row, Value},
    },
    tx::Tx,
};

/// A row that waits for its entry.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(super) covers: &'static str,
    pub(super) kind: EntryKind,
    pub(super) subject: Vec<u8>,
    pub(super) payload: Vec<u8>,
    /// Whether the row may have an entry already, to which the new one then refers.
    pub(super) is_again: bool,
}

impl Draft {
    /// For a row of a covered table; `values` belong to `columns`.
    pub(crate) fn of<'v>(
        covered: &'static Covered,
        columns: &[Column],
        values: impl Iterator<Item = &'v Value> + Clone,
    ) -> Result<Draft> {
        Ok(Draft {
            covers: covered.table,
            kind: covered.kind,
            subject: subject(covered, columns, values.clone())?,
            payload: canonical(covered.table, columns, values)?,
            is_again: false,
        })
    }

    /// The same, for a row that may have been here before.
    fn again(self) -> Draft {
        Draft { is_again: true, ..self }
    }
}

/// Runs an `UPDATE table SET …` without `RETURNING`; if the table is covered, each row that it changes gets an entry as it is
/// now. How many they were.
///
/// # Errors
/// As every call.
pub(crate) async fn update(
    tx: &mut Tx,
    sql: impl Into<Cow<'static, str>>,
    params: Vec<Value>,
) -> Result<u64> {
    let sql = sql.into();
    match sql.split_whitespace().nth(1).and_then(Covered::table) {
        None => tx.execute(sql, params).await,
        Some(covered) => {
            store_returning(tx, covered, format!("{sql} RETURNING {}", covered.list()), params).await
        }
    }
}

/// Runs a statement that returns the covered columns of the rows it wrote, and drafts their entries. How many they were.
pub(crate) async fn store_returning(
    tx: &mut Tx,
    covered: &'static Covered,
    sql: String,
    params: Vec<Value>,
) -> Result<u64> {
    let columns = covered.columns();
    let read = |row: Row<'_>| {
        let values = covered::read(&columns, row)?;
        Draft::of(covered, &columns, values.iter()).map(Draft::again)
    };
    let drafts = tx.fetch_map(sql, params, read).await?;
    let count = u64::try_from(drafts.len()).unwrap_or(u64::MAX);
    tx.draft(drafts);
    Ok(count)
}

record! {
    /// An entry as it is stored.
    pub struct EntryRow {
        /// Place in the log.
        pub seq: i64,
        /// Table of the row that it commits to.
        pub covers: String,
        /// That row.
        pub subject: Vec<u8>,
        /// The entry.
        pub entry: Vec<u8>,
        /// Salt of the commitment.
        pub salt: Option<Vec<u8>>,
    }
}

/// Adds the drafts to the tenant's log and signs its new end: one bulk insert and two statements. When the sealer must not
/// sign, punches wait for their entries.
///
/// # Errors
/// [`ErrorKind::Refused`] when the sealer must not sign and there is more than punches; [`ErrorKind::Conflict`] when somebody
/// wrote past the lock.
pub(crate) async fn seal(tx: &mut Tx, sealer: &Sealer, drafts: &[Draft]) -> Result<()> {
    if let Err(refused) = sealer.allowed() {
        return let_wait(tx, sealer, drafts, refused).await;
    }
    let mut head = match head::lock(tx).await {
        Ok(Some(head)) => head,
        Ok(None) => begin(tx, sealer).await?,
        Err(error) if error.kind() == ErrorKind::Corrupt => {
            sealer.refuse(format!("{error}: somebody changed it behind the program; `hadir log` says more"));
            return let_wait(tx, sealer, drafts, error).await;
        }
        Err(error) => return Err(error),
    };
    if head.edge.size() > 0 && !sealer.has_signed(tx.tenant(), &head) {
        sealer.refuse(
            "the end of the log in the database is not one that this key has signed: somebody changed it, or the key",
        );
        let refused = sealer.allowed().err().unwrap_or_else(|| StoreError::new(ErrorKind::Refused, ""));
        return let_wait(tx, sealer, drafts, refused).await;
    }
    let before = head.edge.size();
    let mut lineage = Lineage::of(tx, &head, drafts).await?;
    let rows = extend(&mut head, sealer, drafts, &mut lineage)?;
    bulk::insert(tx, "log_entry", &rows, OnConflict::Fail).await?;
    head::save(tx, before, &head).await
}

/// Punches wait, everything else is refused.
async fn let_wait(tx: &mut Tx, sealer: &Sealer, drafts: &[Draft], refused: StoreError) -> Result<()> {
    if may_wait(drafts) && !sealer.has_lost_disk() { wait(tx, drafts, sealer).await } else { Err(refused) }
}

async fn begin(tx: &mut Tx, sealer: &Sealer) -> Result<Head> {
    head::create(tx, &sealer.origin(tx.tenant())).await?;
    head::lock(tx).await?.ok_or_else(|| StoreError::new(ErrorKind::Corrupt, "the log has no end"))
}

/// The rows of the drafts, and `head` moved behind them. The first entry of a log says with which key it is signed.
fn extend(
    head: &mut Head,
    sealer: &Sealer,
    drafts: &[Draft],
    lineage: &mut Lineage,
) -> Result<Vec<EntryRow>> {
    // The clock of a server may be set back; the time of a log never is.
    head.at = head.at.max(sealer.now());
    let mut rows = Vec::with_capacity(drafts.len() + 1);
    if head.edge.size() == 0 {
        let vkey = sealer.vkey(&head.origin)?;
        let payload =
            serde_json::json!({ "table": "log_head", "origin": head.origin, "vkey": vkey }).to_string();
        let draft = Draft {
            covers: "log_head",
            kind: EntryKind::Key,
            subject: vec![0; 16],
            payload: payload.into(),
            is_again: false,
        };
        rows.push(add(head, sealer, &draft, None)?);
    }
    for draft in drafts {
        let about = lineage.next(draft, head.edge.size());
        rows.push(add(head, sealer, draft, about)?);
    }
    head.checkpoint = sealer.sign(&head.origin, &head.edge, head.at)?;
    Ok(rows)
}

fn add(head: &mut Head, sealer: &Sealer, draft: &Draft, about: Option<u64>) -> Result<EntryRow> {
    let salt = sealer.salt();
    let commitment = commitment(&salt, &draft.payload);
    let entry = Entry::new(draft.kind, head.at, commitment);
    let entry = about.map_or(entry, |index| entry.about(index)).to_bytes();
    let full = |_| StoreError::new(ErrorKind::Other, "the log is full");
    let index = head.edge.append(ledger::leaf_hash(&entry)).map_err(full)?;
    let seq = head.seq(index)?;
    Ok(EntryRow {
        seq,
        covers: draft.covers.to_owned(),
        subject: draft.subject.clone(),
        entry,
        salt: Some(salt.to_vec()),
    })
}
