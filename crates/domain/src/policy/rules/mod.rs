//! The concepts of a policy, one file each: what it holds and how it is read from the text.

pub mod amount;
pub mod amount_table;
pub mod base;
pub mod cap;
pub mod component;
pub mod day_switches;
pub mod deduction;
pub mod filter;
pub mod header;
pub mod measure;
pub mod measure_names;
pub mod measure_read;
pub mod modifier;
pub mod names;
pub mod pattern;
pub mod range;
pub mod rounding;
pub mod rule;
pub mod signal;
pub mod who_filter;
