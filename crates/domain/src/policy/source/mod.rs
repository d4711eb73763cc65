//! The policy text: where things stand in it, what is wrong with it, and how it is read.

mod message;
mod problem;
mod reader;
mod suggest;

pub use problem::{Problem, Severity};

pub(super) use message::say;
pub(super) use problem::{At, Sink};
pub(super) use reader::{Field, Section, open};
