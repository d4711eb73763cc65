//! The transparency log of a tenant inside its database.
//!
//! Rows of some tables are *covered*: whoever inserts one gets an entry in the log that commits to the row, in the same
//! transaction, because [`crate::Tx::commit`] writes them. Nobody can forget it, and nobody can insert such a row without a
//! [`Sealer`], which holds the key. The log itself (hashes, formats, receipts) is the crate `ledger`; this module stores it.

mod canonical;
mod check;
mod covered;
mod head;
mod reads;
mod seal;
mod sealer;

pub use check::{Checked, Finding, check};
pub use head::{Head, entries, first_entry_about, head};
pub use reads::digest_reads;
pub use seal::EntryRow;
pub use sealer::{Random, Refusal, Sealer};

pub(crate) use covered::Covered;
pub(crate) use reads::is_read;
pub(crate) use seal::{Draft, seal, store_returning, update};
