//! Terminals: which ones live, which wait for approval, and what one terminal has to say.

mod build;
mod commands;
mod detail;
mod detail_build;
pub mod detail_handler;
pub mod handler;
mod list;
mod texts;

pub use detail::{
    CommandLine, CommandState, EmployeeChoice, QuarantineLine, TerminalCommand, TerminalFacts, TerminalPage,
    UnmappedPin,
};
pub use list::{ApprovalForm, Choice, PendingTerminal, TerminalListPage, TerminalRow};
pub use texts::TerminalTexts;
