//! Tests of the whole crate through its public face.
#![expect(clippy::unwrap_used, reason = "what a fixture cannot do fails the test")]

mod browser;
mod crash;
mod faults;
mod go;
mod growth;
mod high_water;
mod parsers;
#[path = "../programs/mod.rs"]
mod programs;
mod publish;
mod python;
mod reading;
mod receipts;
mod support;
mod tampering;
mod witnesses;
