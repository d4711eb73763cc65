//! One entry of the log: what kind of fact was recorded, when, and a commitment to it. Nothing else.
//!
//! The log is public and never forgets, so an entry holds no personal data, not even a plain hash of
//! some: a NIP has too few possibilities to hide behind a hash. The commitment is salted with 32 random
//! bytes; whoever holds payload and salt can show what was recorded, and once both are deleted nobody
//! can, while the log stays verifiable.
//!
//! The bytes are text, one field a line, each line ended by a newline:
//!
//! ```text
//! hadir-entry/v1
//! punch
//! 2026-07-22T00:31:07.250000Z
//! uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=
//! ```
//!
//! and, when the entry refers to an earlier one of the same log, a fifth line `about <index>`.

use std::fmt;
use std::str::FromStr;

use base64::prelude::{BASE64_STANDARD, Engine};
use jiff::{RoundMode, Timestamp, TimestampRound, Unit};
use sha2::{Digest, Sha256};
use thiserror::Error;

/// The first line of every entry.
const HEADER: &str = "hadir-entry/v1";
/// What keeps a commitment from being mistaken for another hash over the same bytes.
const COMMITMENT_LABEL: &[u8] = b"hadir-commit/v1\0";

/// What kind of fact an entry records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// Somebody's arrival or departure was taken in.
    Punch,
    /// An earlier fact was corrected.
    Correction,
    /// Somebody decided: leave, permission, an answer to a report.
    Decision,
    /// A policy or one of its rules came into force.
    Rule,
    /// A role was granted or withdrawn.
    Role,
    /// A month was locked; the commitment is to its recapitulation.
    MonthLock,
    /// A locked month was opened again.
    MonthUnlock,
    /// A signing key was made, replaced or withdrawn.
    Key,
    /// The log goes on after records were lost.
    Disaster,
    /// A terminal's user number was given to an employee, or taken away.
    Mapping,
    /// Payload and salt of an earlier entry were deleted by law.
    Erasure,
    /// Something about an employee that pay depends on: unit, class, grade, schedule, a personal amount, a number.
    Person,
}

impl EntryKind {
    /// All kinds, in the order they were introduced.
    pub const ALL: [Self; 12] = [
        Self::Punch,
        Self::Correction,
        Self::Decision,
        Self::Rule,
        Self::Role,
        Self::MonthLock,
        Self::MonthUnlock,
        Self::Key,
        Self::Disaster,
        Self::Mapping,
        Self::Erasure,
        Self::Person,
    ];

    /// The code in the entry's bytes; never changes.
    pub fn code(self) -> &'static str {
        match self {
            Self::Punch => "punch",
            Self::Correction => "correction",
            Self::Decision => "decision",
            Self::Rule => "rule",
            Self::Role => "role",
            Self::MonthLock => "month-lock",
            Self::MonthUnlock => "month-unlock",
            Self::Key => "key",
            Self::Disaster => "disaster",
            Self::Mapping => "mapping",
            Self::Erasure => "erasure",
            Self::Person => "person",
        }
    }
}

impl fmt::Display for EntryKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for EntryKind {
    type Err = EntryError;

    fn from_str(code: &str) -> Result<Self, EntryError> {
        Self::ALL.into_iter().find(|kind| kind.code() == code).ok_or(EntryError::Kind)
    }
}

/// SHA-256 over a label, 32 random bytes and the payload; shows nothing of the payload by itself.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Commitment(pub [u8; 32]);

impl fmt::Display for Commitment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE64_STANDARD.encode(self.0))
    }
}

impl fmt::Debug for Commitment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Commitment {
    type Err = EntryError;

    fn from_str(text: &str) -> Result<Self, EntryError> {
        let bytes = BASE64_STANDARD.decode(text).map_err(|_| EntryError::Commitment)?;
        bytes.try_into().map(Self).map_err(|_| EntryError::Commitment)
    }
}

/// The commitment to `payload` under `salt`: SHA-256(`"hadir-commit/v1"` || 0x00 || salt || payload).
/// The salt must be 32 fresh random bytes for each entry.
pub fn commitment(salt: &[u8; 32], payload: &[u8]) -> Commitment {
    let digest =
        Sha256::new().chain_update(COMMITMENT_LABEL).chain_update(salt).chain_update(payload).finalize();
    Commitment(digest.into())
}

/// Why bytes are not an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum EntryError {
    /// Not UTF-8, or not four or five lines each ended by a newline.
    #[error("an entry is four or five lines of text, each ended by a newline")]
    Lines,
    /// The first line is not the version we know.
    #[error("the first line of an entry is `{HEADER}`")]
    Header,
    /// The kind is none of [`EntryKind`].
    #[error("unknown kind of entry")]
    Kind,
    /// The time is not written as `YYYY-MM-DDThh:mm:ss.ffffffZ`.
    #[error("the time of an entry is UTC with six digits of seconds, such as 2026-07-22T00:31:07.250000Z")]
    Time,
    /// The commitment is not the base64 of 32 bytes.
    #[error("the commitment of an entry is the base64 form of 32 bytes")]
    Commitment,
    /// The fifth line is not `about` and a number without leading zeros.
    #[error("the last line of an entry, if there is a fifth, is `about` and an index")]
    About,
}

/// One entry of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    kind: EntryKind,
    at: Timestamp,
    commitment: Commitment,
    about: Option<u64>,
}

impl Entry {
    /// An entry of `kind`, taken in by the server at `at` (cut to whole microseconds).
    pub fn new(kind: EntryKind, at: Timestamp, commitment: Commitment) -> Self {
        // Cutting towards the past cannot leave the range of timestamps except at its very first second.
        let whole = TimestampRound::new().smallest(Unit::Microsecond).mode(RoundMode::Floor);
        Self { kind, at: at.round(whole).unwrap_or(at), commitment, about: None }
    }

    /// The same entry, referring to the earlier entry at `index` of the same log.
    pub fn about(self, index: u64) -> Self {
        Self { about: Some(index), ..self }
    }

    /// What kind of fact is recorded.
    pub fn kind(&self) -> EntryKind {
        self.kind
    }

    /// When the server took it in.
    pub fn at(&self) -> Timestamp {
        self.at
    }

    /// The commitment to the fact.
    pub fn commitment(&self) -> Commitment {
        self.commitment
    }

    /// The index of the earlier entry this one corrects or refers to.
    pub fn refers_to(&self) -> Option<u64> {
        self.about
    }

    /// The bytes that are hashed and published; at most 150.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut text = format!("{HEADER}\n{}\n{:.6}\n{}\n", self.kind, self.at, self.commitment);
        if let Some(index) = self.about {
            text.push_str(&format!("about {index}\n"));
        }
        text.into_bytes()
    }

    /// Reads exactly what [`Entry::to_bytes`] writes and nothing else.
    ///
    /// # Errors
    /// The first field that is not as it must be.
    pub fn parse(bytes: &[u8]) -> Result<Self, EntryError> {
        let text = std::str::from_utf8(bytes).map_err(|_| EntryError::Lines)?;
        let lines: Vec<&str> = text.strip_suffix('\n').ok_or(EntryError::Lines)?.split('\n').collect();
        let (fields, about) = match lines.as_slice() {
            [a, b, c, d] => ([a, b, c, d], None),
            [a, b, c, d, e] => ([a, b, c, d], Some(*e)),
            _ => return Err(EntryError::Lines),
        };
        if *fields[0] != HEADER {
            return Err(EntryError::Header);
        }
        let kind = fields[1].parse()?;
        let at: Timestamp = fields[2].parse().map_err(|_| EntryError::Time)?;
        if format!("{at:.6}") != *fields[2] {
            return Err(EntryError::Time);
        }
        let commitment = fields[3].parse()?;
        let entry = Self { kind, at, commitment, about: None };
        match about {
            None => Ok(entry),
            Some(line) => {
                let digits = line.strip_prefix("about ").ok_or(EntryError::About)?;
                let index: u64 = digits.parse().map_err(|_| EntryError::About)?;
                if index.to_string() != digits {
                    return Err(EntryError::About);
                }
                Ok(entry.about(index))
            }
        }
    }
}

#[cfg(test)]
mod tests;
