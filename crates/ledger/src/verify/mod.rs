//! Checking a whole log, its growth, and single receipts, as somebody who trusts neither the server nor
//! its files. Every finding names its evidence.

mod audit;
mod finding;
mod growth;
mod unit;

pub use audit::{Audit, AuditOptions, audit};
pub use finding::Finding;
pub use growth::{Growth, GrowthError, KeptReceipt, Rewrite, verify_growth, verify_kept_receipt};
