//! Terminals from the socket to the database and back, on both engines.
#![expect(clippy::unwrap_used, reason = "what a fixture cannot do fails the test")]

mod alerts;
mod clocks;
mod commands;
mod faults;
mod files;
mod harness;
mod life;
mod parts;
mod pins;
mod volume;
