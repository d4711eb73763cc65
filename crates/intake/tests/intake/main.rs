//! The door over real databases.
#![expect(clippy::unwrap_used, reason = "a broken fixture should fail its test at once")]

mod clocks;
mod door;
mod faults;
mod fixture;
mod one_door;
mod simulation;
mod work;
