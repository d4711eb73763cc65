//! A fingerprint terminal on the network, without the plastic: it writes the bytes that real ones write.
//!
//! It keeps what it recorded until the server has said `OK`, like the real one, and has no clock of its own: punches carry their
//! time, and whoever drives it decides when it talks.

mod commands;
mod device;
mod live;
mod profile;
#[cfg(test)]
mod tests;
mod wire;

pub use device::{Pushed, ServerOptions, VirtualTerminal};
pub use profile::Profile;
pub use wire::LinkError;
