//! The transparency log outside of the database: published files, the mark that a restored database cannot lower, receipts.
//!
//! The log itself is written by the database in the transactions of the facts (`store::log`). From there it is published as
//! static files that anybody may copy and check, at most a second later.

mod files;
mod guard;
mod publish;
mod receipt;
mod shown;

pub use files::LogFiles;
pub use guard::{Doubt, doubt_of_witness, guard};
pub use publish::{Cosigning, Published, Publishing, PublishingError, publish};
pub use receipt::{Proof, receipt, receipt_at};
pub use shown::{Shown, shown};
