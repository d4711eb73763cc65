//! Tests of the store on both engines.

#![expect(clippy::unwrap_used, reason = "all of this is tests")]

mod accounts;
mod bulk;
mod covered;
mod employees;
mod erased_uploads;
mod erasure;
mod faults;
mod fixture;
mod imports;
mod intake;
mod isolation;
mod log;
mod month_carry;
mod pay;
mod rules;
mod schema;
mod statuses;
mod terminals;
