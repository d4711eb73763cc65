//! Importing employees from XLSX and CSV: read, check, compare, and only then write; each import can be taken back.
//!
//! [`sheet::read`] turns bytes into rows, [`plan::plan`] compares them with what is known without touching
//! anything, `apply` writes the plan in one transaction and `undo` takes it back.

pub mod bad_rows;
pub mod current;
pub mod facts;
pub mod heading;
pub mod line;
pub mod plan;
pub mod problem;
pub mod sheet;
#[cfg(test)]
mod testing;
pub mod units;
