//! Upload and earlier imports at `/pegawai/impor`.

use askama::Template;

use super::ImporTexts;
use crate::pages::{layout::Shell, terminal::Choice};

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "impor/upload.html")]
pub struct ImporPage {
    /// The frame.
    pub shell: Shell,
    /// Employees known so far.
    pub people: u32,
    /// Largest file accepted, in megabytes.
    pub limit_mb: u32,
    /// Why the last file could not be read.
    pub error: Option<String>,
    /// Day from which the values hold unless another is chosen, as `2026-11-03`.
    pub from: String,
    /// Groups of PINs; asked for when there are several.
    pub groups: Vec<Choice>,
    /// Earlier imports, newest first.
    pub history: Vec<ImportLine>,
}

/// An earlier import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportLine {
    /// Key in addresses.
    pub key: String,
    /// When.
    pub at: String,
    /// Who.
    pub by: String,
    /// Name of the file.
    pub file: String,
    /// Added, changed, left, bad rows.
    pub counts: (u32, u32, u32, u32),
    /// How it stands.
    pub state: ImportState,
}

/// How an import stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportState {
    /// Being read; the progress page tells more.
    Running,
    /// Read, waits for a decision.
    Preview,
    /// Applied; may be undone while nothing newer was applied.
    Applied {
        /// Whether it can be undone.
        may_undo: bool,
    },
    /// Undone.
    Undone,
    /// Thrown away.
    Dropped,
}

impl ImportState {
    pub(super) fn text(&self, t: &ImporTexts) -> &'static str {
        match self {
            ImportState::Running => t.running(),
            ImportState::Preview => t.waiting(),
            ImportState::Applied { .. } => t.applied(),
            ImportState::Undone => t.undone(),
            ImportState::Dropped => t.dropped(),
        }
    }

    pub(super) fn class(&self) -> &'static str {
        match self {
            ImportState::Running | ImportState::Preview => "warn",
            ImportState::Applied { .. } => "good",
            ImportState::Undone | ImportState::Dropped => "",
        }
    }

    pub(super) fn can_undo(&self) -> bool {
        matches!(self, ImportState::Applied { may_undo: true })
    }
}

impl ImporPage {
    fn t(&self) -> ImporTexts {
        ImporTexts(self.shell.lang)
    }
}
