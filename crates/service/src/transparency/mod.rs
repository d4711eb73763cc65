//! The transparency log outside of the database: published files, the mark that a restored database cannot lower, receipts.
//!
//! The log itself is written by the database in the transactions of the facts (`store::log`). From there it is published as
//! static files that anybody may copy and check, at most a second later.

mod comparison;
mod daily;
mod fact;
mod files;
mod guard;
mod key_change;
mod month_proof;
mod publish;
mod receipt;
mod recovery;
mod settled;
mod shown;
mod signed_by_us;

pub use comparison::{Comparison, compare, compare_in_time, compared};
pub use daily::daily;
pub use fact::{Fact, FactKind, erased, fact};
pub use files::LogFiles;
pub use guard::{Doubt, current, doubt, guard, refuse};
pub use key_change::{KeyChange, change_key};
pub use month_proof::{LockedMonth, MonthProof, month_proof};
pub use publish::{Cosigning, Published, Publishing, PublishingError, publish};
pub use receipt::{Proof, is_as_logged, opening, receipt, receipt_at};
pub use recovery::{Decision, Recovered, RecoveryError, begin_anew, carry_on, check_stopped, enter_waiting};
pub use settled::settled;
pub use shown::{Grown, Shown, cosigned, grown, last_entry, shown};
pub use signed_by_us::damaged_checkpoint;
