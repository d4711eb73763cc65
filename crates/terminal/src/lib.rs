//! Attendance terminals: the ZKTeco push protocol (ADMS) and files exported from terminals.
//!
//! The parsers are pure: bytes in, typed records and set-aside lines out. The [`listener`] speaks HTTP with the terminals and hands
//! what it understood to a [`desk::Desk`], which stores it; a terminal is told `OK` only after the desk has said so. Nothing here
//! knows a database.

pub mod access;
pub mod batch;
#[doc(hidden)]
pub mod check;
mod civil_time;
pub mod codes;
pub mod command;
pub mod command_result;
pub mod desk;
pub mod device_info;
pub mod handshake;
pub mod keyed;
pub mod listener;
pub mod memory_desk;
pub mod pin;
pub mod redact;
pub mod request;
pub mod serial;
pub mod table;
pub mod text;
pub mod upload;
