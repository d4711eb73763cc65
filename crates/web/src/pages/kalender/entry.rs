//! One entry that was added here, and the form that takes it back.

use askama::Template;

use super::KalenderTexts;
use crate::pages::layout::Shell;

/// An entry at `/kalender/{key}`.
#[derive(Debug, Clone, Template)]
#[template(path = "kalender/entry.html")]
pub struct EntryPage {
    /// The frame.
    pub shell: Shell,
    /// Key in addresses.
    pub key: String,
    /// Its name.
    pub name: String,
    /// The year to go back to.
    pub back: String,
    /// What is known of it: heading and value.
    pub facts: Vec<(&'static str, String)>,
    /// Whether the person may revoke it.
    pub may_revoke: bool,
    /// The reason as typed.
    pub reason: String,
    /// What is wrong, as a sentence.
    pub error: Option<String>,
}

impl EntryPage {
    fn t(&self) -> KalenderTexts {
        KalenderTexts(self.shell.lang)
    }
}
