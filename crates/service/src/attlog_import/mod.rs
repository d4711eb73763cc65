//! Punches from a file that a terminal wrote to a USB stick (`attlog.dat`), and taking such a file back.
//!
//! Anybody can edit such a file: its punches carry a flag and the hash of the file is kept. What the terminal itself sent
//! or sends later counts more: it is never replaced by the file, and replaces what only the file told.

mod import;
mod read;
mod report;
mod undo;

pub use import::{AttlogFile, import};
pub use report::{AttlogReport, LineProblem};
pub use undo::{recent, undo};

/// The kind of these imports in the register of files.
const KIND: &str = "attlog";
