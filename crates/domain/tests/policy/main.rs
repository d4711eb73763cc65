//! The TPP policy language against worked examples, other regencies' rules and its own promises.
#![expect(clippy::unwrap_used, reason = "helpers of tests may panic; clippy only knows test functions")]

mod boundaries;
mod check;
mod deductions;
mod documented;
mod language;
mod other_regencies;
mod promises;
mod selection;
mod stages;
mod stranger_days;
mod stranger_months;
mod support;
mod vectors;
