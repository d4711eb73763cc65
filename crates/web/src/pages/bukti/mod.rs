//! The receipt of one fact: what was recorded, where it is in the log, and the proof to keep.

pub mod handler;
pub mod opening_handler;
mod texts;

pub use texts::BuktiTexts;

use askama::Template;
use domain::lang::Lang;
use store::punch::{PunchRow, PunchSource};
use uuid::Uuid;

use crate::pages::layout::Shell;

/// A receipt at `/bukti/{key}`.
#[derive(Debug, Clone, Template)]
#[template(path = "bukti/bukti.html")]
pub struct BuktiPage {
    /// The frame.
    pub shell: Shell,
    /// Key of the fact in addresses.
    pub key: String,
    /// What was recorded: `Presensi`.
    pub title: String,
    /// Whose it is, with titles.
    pub person: String,
    /// What was recorded, line by line.
    pub lines: Vec<FactLine>,
    /// The sentence that says when it was withdrawn or revoked, if it was.
    pub voided: Option<String>,
    /// How far the log is with it.
    pub state: ReceiptState,
    /// Whether it is the visitor's own, who may save what was recorded too.
    pub own: bool,
}

/// `Waktu` - `3 November 2026 07.29 WIB`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactLine {
    /// What.
    pub label: String,
    /// Value.
    pub value: String,
}

/// How far the log is with a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReceiptState {
    /// In the published log; the proof can be saved.
    Proven {
        /// Place in the log, from 0, as every program that checks it says.
        number: u64,
        /// Entries of the log when the proof was made.
        size: String,
        /// First digits of the commitment in the entry: `3f09 a1c2 77d0 5e11`.
        code: String,
        /// First digits of the root of the log: `3f09 a1c2 77d0 5e11`.
        fingerprint: String,
        /// Names of those who have confirmed that log.
        witnesses: Vec<String>,
    },
    /// In the log, and about to be published: the page asks again by itself.
    Soon {
        /// Place in the log, from 0.
        number: u64,
    },
    /// In the log, but nothing is published any more until an operator has looked.
    Stopped {
        /// Place in the log, from 0.
        number: u64,
    },
    /// Stored, but the log may not be signed until an operator has looked; it gets its number then.
    Waiting,
    /// The row, or its entry, is not what was logged: nobody may rely on what is shown.
    Differs,
    /// This server publishes no log.
    None,
}

impl BuktiPage {
    fn t(&self) -> BuktiTexts {
        BuktiTexts(self.shell.lang)
    }
}

/// Address of the receipt of the fact with this id.
pub(crate) fn path(id: Uuid) -> String {
    format!("/bukti/{}", id.simple())
}

/// Where a punch came from, in words; `terminal` is the name of its terminal.
pub(crate) fn source(row: &PunchRow, terminal: Option<&str>, lang: Lang) -> String {
    match row.source {
        PunchSource::Terminal => terminal.unwrap_or("Terminal").to_owned(),
        PunchSource::File => lang.pick("Impor berkas", "Imported file").to_owned(),
        PunchSource::Manual => lang.pick("Dicatat petugas", "Recorded by an officer").to_owned(),
    }
}
