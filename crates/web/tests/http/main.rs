//! The pages through their real router, on both engines.
#![expect(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]

mod abuse;
mod accounts;
mod calendar;
mod fixture;
mod import;
mod log;
mod login;
mod month;
mod presensi;
mod replay;
mod revoke;
mod rights;
mod schedules;
mod setup;
mod terminals;
