//! One terminal at `/terminal/{key}`.

use ::terminal::command_result::return_text;
use askama::Template;

use super::TerminalTexts;
use crate::pages::layout::{Flash, Shell};

/// The page of one terminal.
#[derive(Debug, Clone, Template)]
#[template(path = "terminal/detail.html")]
pub struct TerminalPage {
    /// The frame.
    pub shell: Shell,
    /// Key in addresses.
    pub key: String,
    /// Name.
    pub name: String,
    /// What is known of it.
    pub facts: TerminalFacts,
    /// Open alerts with what to do.
    pub alerts: Vec<Flash>,
    /// PINs that belong to nobody.
    pub unmapped: Vec<UnmappedPin>,
    /// Lines that could not be read.
    pub quarantine: Vec<QuarantineLine>,
    /// Commands sent lately.
    pub commands: Vec<CommandLine>,
    /// Commands that may be sent; empty if the person may not.
    pub may_send: Vec<TerminalCommand>,
    /// Whether the person may map PINs.
    pub may_map: bool,
    /// Whether it is out of service and may be let in again by the person.
    pub may_reopen: bool,
    /// People of the OPD, offered while typing.
    pub people: Vec<EmployeeChoice>,
}

/// What is known of a terminal, as printed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TerminalFacts {
    /// Serial number.
    pub serial: String,
    /// OPD.
    pub unit: String,
    /// Group that shares its PINs.
    pub group: String,
    /// Zone.
    pub zone: String,
    /// Model and firmware.
    pub model: String,
    /// Address.
    pub address: String,
    /// When last heard.
    pub last_seen: String,
    /// Drift of its clock.
    pub drift: String,
    /// Lines it still holds.
    pub backlog: String,
    /// Punches received today.
    pub today: String,
    /// People and fingerprints on it.
    pub users: String,
}

/// A PIN without an employee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnmappedPin {
    /// The PIN.
    pub pin: String,
    /// Name stored on the terminal; empty if none.
    pub name: String,
    /// Punches that wait for it.
    pub punches: u64,
    /// First and last of them.
    pub span: String,
    /// Who it may be: NIP and name.
    pub suggestion: Option<EmployeeChoice>,
}

/// An employee to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmployeeChoice {
    /// NIP without spaces.
    pub nip: String,
    /// Name.
    pub name: String,
}

/// A line in quarantine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuarantineLine {
    /// When it came.
    pub at: String,
    /// The line as received, control characters made visible.
    pub raw: String,
    /// Why it was put aside.
    pub reason: String,
}

/// A command that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandLine {
    /// When it was asked for.
    pub at: String,
    /// Who asked.
    pub by: String,
    /// What, in words.
    pub command: String,
    /// How it went.
    pub state: CommandState,
}

/// Commands that an operator may send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TerminalCommand {
    /// Send all stored punches again.
    SendAll,
    /// Set the clock.
    SetClock,
    /// Tell about itself.
    Report,
    /// Restart.
    Restart,
}

/// How a command went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CommandState {
    /// Waits for the terminal to ask.
    Waiting,
    /// Fetched by the terminal, no result yet.
    Sent,
    /// Done.
    Done,
    /// Never answered.
    Expired,
    /// Refused by the terminal.
    Failed {
        /// Its return code.
        code: i32,
    },
}

impl TerminalCommand {
    /// Value of the form field `perintah`.
    pub const fn code(self) -> &'static str {
        match self {
            TerminalCommand::SendAll => "kirim-ulang",
            TerminalCommand::SetClock => "setel-jam",
            TerminalCommand::Report => "lapor",
            TerminalCommand::Restart => "mulai-ulang",
        }
    }

    /// Reads the form field.
    pub fn parse(text: &str) -> Option<TerminalCommand> {
        use TerminalCommand::{Report, Restart, SendAll, SetClock};
        [SendAll, SetClock, Report, Restart].into_iter().find(|c| c.code() == text)
    }

    pub(super) fn text(self, t: &TerminalTexts) -> &'static str {
        match self {
            TerminalCommand::SendAll => t.cmd_send_all(),
            TerminalCommand::SetClock => t.cmd_clock(),
            TerminalCommand::Report => t.cmd_report(),
            TerminalCommand::Restart => t.cmd_restart(),
        }
    }
}

impl CommandState {
    fn text(&self, t: &TerminalTexts) -> String {
        match self {
            CommandState::Waiting => t.cmd_waiting().to_owned(),
            CommandState::Sent => t.cmd_sent().to_owned(),
            CommandState::Done => t.cmd_done().to_owned(),
            CommandState::Expired => t.cmd_expired().to_owned(),
            CommandState::Failed { code } => t.cmd_failed(return_text(*code, t.0), code),
        }
    }

    fn class(&self) -> &'static str {
        match self {
            CommandState::Waiting | CommandState::Sent => "info",
            CommandState::Done => "good",
            CommandState::Expired => "warn",
            CommandState::Failed { .. } => "bad",
        }
    }
}

impl TerminalPage {
    fn t(&self) -> TerminalTexts {
        TerminalTexts(self.shell.lang)
    }

    /// The facts that are known, with their names.
    fn lines(&self) -> Vec<(&'static str, &str)> {
        let (t, f) = (self.t(), &self.facts);
        [
            (t.last_seen(), &f.last_seen),
            (t.drift(), &f.drift),
            (t.backlog(), &f.backlog),
            (t.today(), &f.today),
            (t.users(), &f.users),
            (t.opd(), &f.unit),
            (t.group(), &f.group),
            (t.zone(), &f.zone),
            (t.serial(), &f.serial),
            (t.model(), &f.model),
            (t.address(), &f.address),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| (name, value.as_str()))
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_read_back_from_its_code() {
        for command in [TerminalCommand::SendAll, TerminalCommand::SetClock, TerminalCommand::Restart] {
            assert_eq!(TerminalCommand::parse(command.code()), Some(command));
        }
        assert_eq!(TerminalCommand::parse("CLEAR DATA"), None, "nothing that destroys data");
    }
}
