//! Where an entry is: in which log of the tenant, and where there. Rows count the entries of all logs of the tenant through;
//! people, receipts and published files count those of one log.

use std::fmt;

use super::{head::stated, recovery::closed, seal::EntryRow};
use crate::{erasure::Places, error::Result, tx::Tx};

/// In which log of the tenant an entry is, and where there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Which log, from 1.
    pub generation: i64,
    /// Index in that log.
    pub index: u64,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.generation {
            1 => write!(f, "{}", self.index),
            log => write!(f, "{} of log {log}", self.index),
        }
    }
}

/// The logs of a tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logs {
    /// Number of each log and the place of its first entry among those of all, oldest first.
    all: Vec<(i64, i64)>,
}

impl Logs {
    /// Reads them.
    ///
    /// # Errors
    /// As every call.
    pub async fn read(tx: &mut Tx) -> Result<Logs> {
        let mut all: Vec<(i64, i64)> =
            closed(tx).await?.into_iter().map(|log| (log.generation, log.first)).collect();
        // An end that was altered must not hide what else was.
        all.push(stated(tx).await?.map_or((1, 0), |end| (end.generation, end.first)));
        Ok(Logs { all })
    }

    /// Where the entry is that stands at `seq` among those of all logs.
    pub fn place(&self, seq: i64) -> Place {
        let found = self.all.iter().rev().find(|(_, first)| *first <= seq);
        let (generation, first) = found.copied().unwrap_or((1, 0));
        Place { generation, index: (seq - first).unsigned_abs() }
    }

    /// Places among the entries of all logs as those of each log that has some: its number and the places in it.
    pub fn split(&self, places: &Places) -> Vec<(i64, Places)> {
        let ends = self.all.iter().skip(1).map(|(_, first)| *first).chain([i64::MAX]);
        let logs = self.all.iter().zip(ends);
        let parts = logs.map(|((log, first), end)| (*log, places.within(*first, end)));
        parts.filter(|(_, part)| part.count() > 0).collect()
    }
}

/// Where an entry is.
///
/// # Errors
/// As every call.
pub async fn place(tx: &mut Tx, row: &EntryRow) -> Result<Place> {
    Ok(Logs::read(tx).await?.place(row.seq))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_among_all_entries_are_indexes_of_one_log() {
        let logs = Logs { all: vec![(1, 0), (3, 100)] };
        assert_eq!(logs.place(99), Place { generation: 1, index: 99 });
        assert_eq!(logs.place(100), Place { generation: 3, index: 0 });
        assert_eq!(
            (logs.place(7).to_string(), logs.place(107).to_string()),
            ("7".into(), "7 of log 3".into())
        );
        let split = logs.split(&Places::parse("4-6,98-101,120").unwrap());
        let split: Vec<(i64, String)> =
            split.into_iter().map(|(log, places)| (log, places.to_string())).collect();
        assert_eq!(split, [(1, "4-6,98-99".to_owned()), (3, "0-1,20".to_owned())]);
        assert_eq!(logs.split(&Places::default()), []);
    }
}
