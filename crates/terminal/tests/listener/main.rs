//! The listener under real bytes: raw sockets, no HTTP client in between.

mod access_control;
mod endpoints;
mod faults;
#[cfg(test)]
mod harness;
mod limits;
mod quirks;
