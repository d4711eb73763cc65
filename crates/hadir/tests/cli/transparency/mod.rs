//! The published log, its witnesses, and what somebody outside makes of both.

mod address;
mod audit;
mod files;
mod python;
mod server;
mod witness;
mod witnessed;
