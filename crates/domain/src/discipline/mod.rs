//! Discipline by absence (PP 94/2021): what is counted over a year, and which step of the ladder it would reach.
//!
//! This is an early indication. A sanction is decided by an official after a hearing, never by a count.

mod ladder;
mod tally;

pub use ladder::{Level, PP94, Step, next, reached};
pub use tally::Tally;
