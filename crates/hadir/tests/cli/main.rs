//! The built binary, run as a person or a script would, against temporary SQLite databases.
#![expect(clippy::unwrap_used, reason = "a broken fixture should fail its test at once")]

mod bench;
mod configuration;
mod crates;
mod database;
mod doctor;
mod faults;
mod help;
mod judge;
mod kept;
mod kill;
mod month;
mod policies;
#[path = "../../../ledger/tests/programs/mod.rs"]
mod programs;
mod run;
mod rush;
mod schedules;
mod serve;
mod slow_disk;
mod terminals;
mod tracer;
mod transparency;
mod weak_network;
