//! The transparency log of a tenant inside its database.
//!
//! Rows of some tables are *covered*: whoever inserts one gets an entry in the log that commits to the row, in the same
//! transaction, because [`crate::Tx::commit`] writes them. Nobody can forget it, and nobody can insert such a row without a
//! [`Sealer`], which holds the key. The log itself (hashes, formats, receipts) is the crate `ledger`; this module stores it.

mod canonical;
mod check;
mod covered;
mod head;
mod held;
mod lineage;
mod opening;
mod place;
mod reads;
mod rebuild;
mod recovery;
mod replaced_key;
mod seal;
mod sealer;
mod waiting;

pub use check::{Checked, Finding, Fit, check};
pub use head::{Head, Stated, entries, first_entry_about, generation_of, head, last_time, stated};
pub use held::{Held, held};
pub use opening::{entry_of_close, opening};
pub use place::{Logs, Place, place};
pub use reads::digest_reads;
pub use rebuild::rebuild_end;
pub use recovery::{Adoption, ClosedLog, LogEvent, LogEventKind, add_event, begin_anew, closed, taken_over};
pub use replaced_key::{LogKey, add_key, countersign};
pub use seal::EntryRow;
pub use sealer::{Random, Refusal, Sealer};
pub use waiting::{Moved, Unproved, enter_waiting, is_waiting, waiting};

pub(crate) use covered::Covered;
#[cfg(feature = "testing")]
pub(crate) use covered::covered_tables;
pub(crate) use opening::subjects;
pub(crate) use reads::{behind_digest, is_read};
pub(crate) use seal::{Draft, seal, store_returning, update};
