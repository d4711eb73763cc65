//! The published log, its witnesses, and what somebody outside makes of both.

mod address;
mod audit;
mod files;
mod mail;
mod python;
mod recap;
mod recovery;
mod rotation;
mod server;
mod tampering;
mod witness;
mod witnessed;
