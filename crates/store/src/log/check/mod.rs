//! Comparing what the tables say with what was logged.
//!
//! The log proves that its entries were not changed; this proves that the rows still are what their entries commit to. Somebody
//! with the rights of a database administrator can change both, but then the log no longer continues what its witnesses,
//! mirrors and receipts remember.

mod finding;
mod gone;
mod owners;
mod rows;
mod sheets;
mod silenced;
mod tree;

use std::{
    collections::HashMap,
    mem::{Discriminant, discriminant},
};

pub use finding::{Finding, Fit};
pub(super) use owners::is_stranger;

use super::{
    covered::COVERED,
    held::{Held, held},
    place::Logs,
    reads::check_reads,
};
use crate::{
    erasure::{self, Places},
    error::Result,
    tx::Tx,
};

/// Rows or entries read at a time.
const PAGE: u32 = 2000;
/// Findings of one kind that are kept; of the others only their number.
const MOST: u32 = 1000;

/// What was looked at and found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// Entries of all logs of the tenant.
    pub entries: u64,
    /// Rows that fit their entries.
    pub rows: u64,
    /// Entries that an erasure names: nobody can tell any more what they commit to.
    pub erased: u64,
    /// Rows that wait for their entries, because the log may not be signed at present.
    pub waiting: u64,
    /// What does not fit: of each kind the first thousand.
    pub findings: Vec<Finding>,
    /// How much more does not fit.
    pub more: u64,
    kept: HashMap<Discriminant<Finding>, u32>,
}

impl Checked {
    /// Keeps a finding, or counts it when there are enough of its kind.
    pub(super) fn found(&mut self, finding: Finding) {
        let kept = self.kept.entry(discriminant(&finding)).or_default();
        if *kept < MOST {
            *kept += 1;
            self.findings.push(finding);
        } else {
            self.more += 1;
        }
    }
}

/// Reads all logs and every covered row of the tenant, a page at a time. What is held meanwhile: the findings, which are
/// bounded; 16 bytes for each row of the tables whose key has several columns; and the places of erased entries.
///
/// # Errors
/// As every read.
pub async fn check(tx: &mut Tx) -> Result<Checked> {
    let mut checked = Checked::default();
    let logs = Logs::read(tx).await?;
    let erased = erased(tx).await?;
    tree::check(tx, &logs, &erased, &mut checked).await?;
    let known = rows::Known { logs: &logs, erased: &erased };
    let mut seen = gone::Seen::new();
    for covered in COVERED {
        seen.insert(covered.table, rows::check(tx, covered, known, &mut checked).await?);
    }
    gone::check(tx, &seen, &logs, &mut checked).await?;
    check_reads(tx, &mut checked).await?;
    sheets::check(tx, &mut checked).await?;
    owners::check(tx, &mut checked).await?;
    Ok(checked)
}

/// The places that erasures name. One that is not as it was logged excuses nothing.
async fn erased(tx: &mut Tx) -> Result<Places> {
    let mut sound = Vec::new();
    for (id, places) in erasure::places(tx).await? {
        if matches!(held(tx, id).await?, Held::Fits { .. }) {
            sound.push(places);
        }
    }
    let mut erased = Places::default();
    erased.extend(&sound);
    Ok(erased)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_flood_of_findings_the_first_are_kept_and_no_other_kind_is_drowned() {
        let mut checked = Checked::default();
        for n in 0..u64::from(MOST) + 5 {
            checked.found(Finding::Tree { entries: n, signed: 0 });
        }
        let row = String::new();
        checked.found(Finding::NotLogged { table: "punch", row, now: String::new() });
        assert_eq!((checked.findings.len(), checked.more), (MOST as usize + 1, 5));
    }
}
