//! The TPP policy language against worked examples, other regencies' rules and its own promises.

mod boundaries;
mod deductions;
mod promises;
mod selection;
mod stages;
mod support;
mod vectors;
