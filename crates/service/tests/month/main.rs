//! The judged month from the database: what is read, carried over and stored, on both engines.
#![expect(clippy::unwrap_used, reason = "what a fixture cannot do fails the test")]

mod ahead;
mod groups;
mod locks;
mod world;
mod year;
