//! The transparency log: its page, its files for mirrors, its proofs for browsers.

pub(crate) mod consistency_handler;
pub(crate) mod handler;
pub(crate) mod mirror_handler;
mod qr;
mod texts;

pub use qr::Qr;
pub use texts::LogTexts;

use askama::Template;
use ledger::SignedCheckpoint;

use crate::pages::layout::Shell;

/// The page at `/log`, for everybody; it holds no personal data.
#[derive(Debug, Clone, Template)]
#[template(path = "log/log.html")]
pub struct LogPage {
    /// The frame; with a menu for whoever is logged in.
    pub shell: Shell,
    /// Address below which the files are: `/log/1/`; `None` when this server publishes none.
    pub files: Option<String>,
    /// The same as an auditor writes it: `https://hadir.contoh.go.id/log/1`.
    pub address: String,
    /// The published end; `None` before the first.
    pub end: Option<LogEnd>,
    /// Why nothing is signed any more, in the words of the server's log.
    pub stopped: Option<String>,
    /// What of the published files could not be read, in the words of the server's log.
    pub damage: Vec<String>,
    /// The last comparison of the database with the log; `None` before the first.
    pub compared: Option<Compared>,
    /// The sheet for the notice board.
    pub board: Option<Board>,
}

/// The published end of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEnd {
    /// Name of the log.
    pub origin: String,
    /// Number of entries: `12.345`.
    pub size: String,
    /// First digits of the root.
    pub fingerprint: String,
    /// The root in base64.
    pub root: String,
    /// Time of the last entry.
    pub last: Option<String>,
    /// How far others have confirmed the log; `None` while nobody has.
    pub witnessed: Option<Witnessed>,
    /// The key to check it with; `None` when this server has another one.
    pub vkey: Option<String>,
}

/// What the last comparison of the database with the log found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// When.
    pub at: String,
    /// Entries of the log: `12.345`.
    pub entries: String,
    /// How much does not fit; `None` when all does.
    pub findings: Option<String>,
}

/// What others have confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witnessed {
    /// The number of entries: `12.345`.
    pub size: String,
    /// Who.
    pub names: Vec<String>,
}

/// What stands on the notice board all day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    /// The day: `Selasa, 3 November 2026`.
    pub date: String,
    /// Number of entries.
    pub size: String,
    /// First digits of the root.
    pub fingerprint: String,
    /// The signed checkpoint.
    pub note: String,
    /// The same to be scanned.
    pub qr: Option<Qr>,
}

impl LogPage {
    fn t(&self) -> LogTexts {
        LogTexts(self.shell.lang)
    }
}

/// Names of those whose signatures stand beside that of the log.
pub(crate) fn witnesses(note: &SignedCheckpoint) -> Vec<String> {
    let names = note.signatures().iter().map(|signature| signature.name().to_owned());
    names.filter(|name| name != note.checkpoint().origin()).collect()
}

/// The first 16 hexadecimal digits of a hash, in groups, to be compared by eye: `3f09 a1c2 77d0 5e11`.
pub(crate) fn fingerprint(hash: &[u8; 32]) -> String {
    let digits = hex::encode(&hash[..8]);
    digits.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_fingerprint_is_read_in_groups_of_four() {
        assert_eq!(super::fingerprint(&[0x0f; 32]), "0f0f 0f0f 0f0f 0f0f");
    }
}
