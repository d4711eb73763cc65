//! Start page of the Inspektorat: what was changed by hand, by whom.

use askama::Template;
use service::home::TypedReasons;

use super::BerandaTexts;
use crate::pages::layout::Shell;

/// The page of the auditor. Read only; every view is itself recorded.
#[derive(Debug, Clone, Template)]
#[template(path = "beranda/auditor.html")]
pub struct AuditorHome {
    /// The frame.
    pub shell: Shell,
    /// What may be seen: `Seluruh OPD`.
    pub scope: String,
    /// The newest changes.
    pub changes: Vec<ChangeLine>,
    /// Days typed in by clerks, most first.
    pub typed: Vec<TypedReasons>,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeLine {
    /// When, with zone.
    pub at: String,
    /// Who.
    pub by: String,
    /// Whose data or which thing.
    pub subject: String,
    /// Before and after: `TK menjadi DL`.
    pub what: String,
    /// Document or reason.
    pub why: String,
}

impl AuditorHome {
    fn t(&self) -> BerandaTexts {
        BerandaTexts(self.shell.lang)
    }
}
