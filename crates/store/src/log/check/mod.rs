//! Comparing what the tables say with what was logged.
//!
//! The log proves that its entries were not changed; this proves that the rows still are what their entries commit to. Somebody
//! with the rights of a database administrator can change both, but then the log no longer continues what its witnesses,
//! mirrors and receipts remember.

mod finding;
mod owners;
mod rows;
mod sheets;
mod silenced;
mod tree;

pub use finding::{Finding, Fit};

use super::{covered::COVERED, reads::check_reads};
use crate::{error::Result, tx::Tx};

/// Rows or entries read at a time.
const PAGE: u32 = 2000;

/// What was looked at and found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// Entries of the log.
    pub entries: u64,
    /// Rows that fit their entries.
    pub rows: u64,
    /// Entries that an erasure names: nobody can tell any more what they commit to.
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
    tree::check(tx, &mut checked).await?;
    for covered in COVERED {
        rows::check(tx, covered, &mut checked).await?;
    }
    check_reads(tx, &mut checked).await?;
    sheets::check(tx, &mut checked).await?;
    owners::check(tx, &mut checked).await?;
    Ok(checked)
}
