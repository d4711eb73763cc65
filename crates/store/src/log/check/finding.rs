//! What does not fit, with the evidence.

use domain::{
    ids::{EmployeeId, PunchId, UnitId},
    month::Month,
};
use jiff::{Timestamp, civil::DateTime};
use ledger::Commitment;

use crate::log::place::Place;

/// What an entry says of a row, and what the row is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fit {
    /// The entry.
    pub entry: Place,
    /// When it was made.
    pub at: Timestamp,
    /// What it commits to.
    pub committed: Commitment,
    /// What the row comes to under the same salt.
    pub found: Commitment,
    /// The row as it is now, as one line of JSON.
    pub now: String,
}

/// Something that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// The entries do not give the tree that was signed.
    Tree {
        /// Entries found.
        entries: u64,
        /// Entries that the signed end of the log has.
        signed: u64,
    },
    /// The end of a log, in `log_head` or `log_closed`, is not as it was signed.
    End {
        /// Which log of the tenant, from 1.
        generation: i64,
        /// What is wrong.
        flaw: String,
    },
    /// Entries that were signed are not in the database any more.
    Removed {
        /// The first of them.
        first: Place,
        /// How many follow each other without one that is there.
        count: u64,
    },
    /// An entry is filed under a row that it was not made for: it names another entry before it than the row has.
    Misfiled {
        /// The table it is filed under.
        table: String,
        /// The row, hexadecimal.
        row: String,
        /// The entry.
        entry: Place,
        /// Index in the same log of the entry that it names as the one before.
        names: Option<u64>,
        /// The one that is before it.
        before: Option<u64>,
    },
    /// The salt of an entry is gone, and no erasure says so.
    Silenced {
        /// The table it is filed under; empty for one that claims to be taken over after a restore.
        table: String,
        /// The row, hexadecimal.
        row: String,
        /// The entry.
        entry: Place,
    },
    /// A row without an entry: somebody wrote past the program, or removed the entry ([`Finding::Removed`]).
    NotLogged {
        /// Its table.
        table: &'static str,
        /// The row, hexadecimal.
        row: String,
        /// The row as it is, as one line of JSON.
        now: String,
    },
    /// A row that is no longer what its newest entry commits to.
    Changed {
        /// Its table.
        table: &'static str,
        /// The row, hexadecimal.
        row: String,
        /// Entry and row.
        fit: Box<Fit>,
    },
    /// Readings of people's data that were changed, added or taken away.
    Readings {
        /// They were after this instant
        from: Timestamp,
        /// and up to this one.
        until: Timestamp,
        /// How many were logged.
        logged: u64,
        /// How many there are.
        found: u64,
    },
    /// An entry whose row is gone although it was not erased.
    Gone {
        /// Its table.
        table: &'static str,
        /// The row, hexadecimal.
        row: String,
        /// Its newest entry.
        entry: Place,
    },
    /// What a lock stored is no longer what was locked.
    Sheet {
        /// The OPD.
        unit: UnitId,
        /// The month.
        month: Month,
        /// Version of the lock.
        version: i64,
        /// The digest that was logged.
        logged: String,
        /// The digest of what is stored.
        found: String,
    },
    /// A punch counts for somebody who did not have its PIN.
    Owner {
        /// The punch.
        punch: PunchId,
        /// Its PIN.
        pin: String,
        /// When it was made, by the clock of the place.
        local_time: DateTime,
        /// For whom it counts.
        counted: Option<EmployeeId>,
        /// Whose PIN it was on that day.
        holder: Option<EmployeeId>,
    },
}
