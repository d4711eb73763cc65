//! Entries that nobody can open any more: each must be named by an erasure, or was taken over after a restore.

use super::{Checked, Finding};
use crate::{
    erasure::Places,
    error::Result,
    log::{
        head::stated,
        place::Logs,
        recovery::{self, LogEventKind},
        seal::EntryRow,
    },
    tx::Tx,
};

/// Places that may be without a salt. What names them is itself covered.
pub(super) struct Silenced {
    erased: Places,
    taken_over: Places,
}

impl Silenced {
    pub(super) async fn read(tx: &mut Tx, erased: &Places) -> Result<Silenced> {
        let closed = recovery::closed(tx).await?.into_iter().map(|log| (log.origin, log.first));
        let now = stated(tx).await?.map(|end| (end.origin, end.first));
        let logs: Vec<(String, i64)> = closed.chain(now).collect();
        let mut taken_over = Places::default();
        for event in recovery::events(tx).await? {
            if event.what != LogEventKind::Continued {
                continue;
            }
            for (_, first) in logs.iter().filter(|(origin, _)| *origin == event.origin) {
                taken_over.add(first + event.published - event.lost, first + event.published - 1);
            }
        }
        Ok(Silenced { erased: erased.clone(), taken_over })
    }

    /// Counts an entry that was erased; one without a salt that nobody speaks of is found.
    pub(super) fn check(&self, row: &EntryRow, places: &Logs, checked: &mut Checked) {
        if row.salt.is_some() {
            return;
        }
        if self.erased.contains(row.seq) {
            checked.erased += 1;
        } else if !(row.covers.is_empty() && self.taken_over.contains(row.seq)) {
            checked.found(Finding::Silenced {
                table: row.covers.clone(),
                row: hex::encode(&row.subject),
                entry: places.place(row.seq),
            });
        }
    }
}
