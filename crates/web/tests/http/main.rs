//! The pages through their real router, on both engines.
#![expect(clippy::unwrap_used, reason = "what a fixture cannot do fails the test")]

mod fixture;
mod import;
mod login;
mod month;
mod rights;
mod terminals;
