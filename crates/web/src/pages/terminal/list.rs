//! All terminals at `/terminal`, with the serial numbers that wait for approval.

use askama::Template;
use domain::zone::Zone;

use super::TerminalTexts;
use crate::pages::layout::{Shell, Tone};

/// The list.
#[derive(Debug, Clone, Template)]
#[template(path = "terminal/list.html")]
pub struct TerminalListPage {
    /// The frame.
    pub shell: Shell,
    /// Approved terminals, those with problems first.
    pub terminals: Vec<TerminalRow>,
    /// Serial numbers that knock and are not approved.
    pub pending: Vec<PendingTerminal>,
    /// OPDs to place a terminal at.
    pub units: Vec<Choice>,
    /// Groups that share one list of PINs.
    pub groups: Vec<Choice>,
    /// Whether the person may approve.
    pub may_approve: bool,
}

/// Something to choose: key and words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The value sent.
    pub key: String,
    /// The words shown.
    pub label: String,
}

/// One terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TerminalRow {
    /// Key in addresses.
    pub key: String,
    /// Name: `Lobi`.
    pub name: String,
    /// Serial number.
    pub serial: String,
    /// OPD.
    pub unit: String,
    /// State in words: `Aktif`, `Diam`.
    pub state: String,
    /// How that is meant.
    pub tone: Tone,
    /// When it was last heard: `2 menit lalu`.
    pub last_seen: String,
    /// Drift of its clock: `+3 detik`; empty if unknown.
    pub drift: String,
    /// Lines it still holds; `None` if unknown.
    pub backlog: Option<u64>,
    /// PINs that belong to nobody.
    pub unmapped: u32,
    /// Alerts that are open.
    pub alerts: u32,
}

/// A serial number that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingTerminal {
    /// Serial number as it says.
    pub serial: String,
    /// Model and firmware as it says; empty if unknown.
    pub model: String,
    /// Address it came from.
    pub address: String,
    /// When it first knocked.
    pub first_seen: String,
    /// Lines that are kept until it is approved.
    pub waiting: u64,
    /// The form, filled again after a mistake.
    pub form: ApprovalForm,
}

/// The form that approves a terminal.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ApprovalForm {
    /// Name.
    pub name: String,
    /// Key of the OPD.
    pub unit: String,
    /// Zone of the place.
    pub zone: Zone,
    /// Key of the group.
    pub group: String,
    /// What is wrong, as a sentence.
    pub error: Option<String>,
}

impl TerminalRow {
    fn row_class(&self) -> &'static str {
        match self.tone {
            Tone::Bad => "row-bad",
            Tone::Warn => "row-warn",
            Tone::Info | Tone::Good => "",
        }
    }
}

impl TerminalListPage {
    fn t(&self) -> TerminalTexts {
        TerminalTexts(self.shell.lang)
    }

    fn zones(&self) -> [Zone; 3] {
        Zone::ALL
    }

    fn alive(&self) -> usize {
        self.terminals.iter().filter(|t| t.tone == Tone::Good).count()
    }
}
