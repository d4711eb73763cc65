//! The published log, its witnesses, and what somebody outside makes of both.

mod address;
mod audit;
mod behind;
mod doubt;
mod erasure;
mod files;
mod go;
mod mail;
mod paths;
mod python;
mod recap;
mod recovery;
mod resent;
mod rotation;
pub mod server;
mod tampering;
mod witness;
mod witnessed;
