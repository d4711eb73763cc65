//! Importing employees from XLSX and CSV: read, check, compare, and only then write; each import can be taken back.
//!
//! [`sheet::read`] turns bytes into rows and [`plan::plan`] compares them with what is known; [`dry_run`] does both and
//! changes nothing. [`apply`] writes the plan in one transaction and [`undo`] takes it back.

pub mod apply;
pub mod bad_rows;
pub mod current;
#[cfg(test)]
mod database_tests;
pub mod facts;
pub mod heading;
pub mod line;
mod new_units;
pub mod plan;
pub mod problem;
pub mod report;
pub mod run;
mod schedules;
pub mod sheet;
#[cfg(test)]
mod testing;
pub mod undo;
pub mod units;

pub use apply::{Applied, apply};
pub use run::{Preview, Request, dry_run};
pub use undo::{history, undo};
