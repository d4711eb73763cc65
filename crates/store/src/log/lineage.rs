//! Which entry of a row came before: the new one names it, so that no entry can be passed off as that of another row.

use std::collections::HashMap;

use super::{head::Head, seal::Draft};
use crate::{
    error::Result,
    sql::value::{Bind, Row, Value},
    tx::Tx,
};

/// Rows that are looked up in one statement.
const CHUNK: usize = 2_000;

/// The newest entries of rows that are about to get another one.
#[derive(Debug, Default)]
pub(super) struct Lineage {
    /// Index of the newest entry by table and row; `None` when no draft asks.
    newest: Option<HashMap<(String, Vec<u8>), u64>>,
}

impl Lineage {
    /// Looks up the rows of the drafts that may have been here before. Rows that are surely new cost nothing.
    pub(super) async fn of(tx: &mut Tx, head: &Head, drafts: &[Draft]) -> Result<Lineage> {
        let again = drafts.iter().filter(|draft| draft.is_again);
        let ids: Vec<[u8; 16]> = again.filter_map(|draft| draft.subject.as_slice().try_into().ok()).collect();
        if ids.is_empty() {
            return Ok(Lineage::default());
        }
        let sql = "SELECT covers, subject, MAX(seq) AS seq FROM log_entry
                   WHERE tenant_id = $1 AND subject IN set_of($2) AND seq >= $3 GROUP BY covers, subject";
        let first = head.first;
        let read = |row: Row<'_>| {
            let index = (row.get::<i64>("seq")? - first).unsigned_abs();
            Ok(((row.get("covers")?, row.get("subject")?), index))
        };
        let mut newest = HashMap::new();
        for chunk in ids.chunks(CHUNK) {
            newest.extend(tx.fetch_map(sql, vec![Value::Ids(chunk.to_vec()), first.bind()], read).await?);
        }
        Ok(Lineage { newest: Some(newest) })
    }

    /// The entry that the one of `draft`, which comes to stand at `index`, refers to.
    pub(super) fn next(&mut self, draft: &Draft, index: u64) -> Option<u64> {
        let newest = self.newest.as_mut()?;
        newest.insert((draft.covers.to_owned(), draft.subject.clone()), index)
    }
}
