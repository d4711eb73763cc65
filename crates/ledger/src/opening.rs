//! Openings: what an entry commits to, for those who may see it. An entry shows nothing of its fact; whoever holds the
//! opening too can show what was recorded, and anybody can check it against the entry.
//!
//! ```text
//! hadir-opening/v1
//! 41
//! kKuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzeuU0=
//! {"table":"punch","punch_id":"…"}
//! ```
//!
//! The lines are the index of the entry, the salt, and the payload, each ended by a newline.

use std::fmt;

use base64::prelude::{BASE64_STANDARD, Engine};
use thiserror::Error;

use crate::entry::{Entry, commitment};

const HEADER: &str = "hadir-opening/v1";

/// Why a text is no opening, or opens nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum OpeningError {
    /// The text is not in the form of an opening.
    #[error("not an opening: four lines, `{HEADER}`, an index, a salt and the payload")]
    Form,
    /// The entry commits to something else: salt, payload or entry were altered, or do not belong together.
    #[error("the entry does not commit to this: it was altered, or belongs to another entry")]
    Other,
}

/// What an entry commits to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// Index of the entry in its log.
    pub index: u64,
    /// The salt of the commitment.
    pub salt: [u8; 32],
    /// What is committed to, one line of text.
    pub payload: String,
}

impl Opening {
    /// Reads what `Display` writes.
    ///
    /// # Errors
    /// [`OpeningError::Form`].
    pub fn parse(text: &str) -> Result<Self, OpeningError> {
        let mut lines = text.strip_suffix('\n').ok_or(OpeningError::Form)?.splitn(4, '\n');
        let mut line = || lines.next().ok_or(OpeningError::Form);
        if line()? != HEADER {
            return Err(OpeningError::Form);
        }
        let index = line()?.parse().map_err(|_| OpeningError::Form)?;
        let salt = BASE64_STANDARD.decode(line()?).map_err(|_| OpeningError::Form)?;
        let salt = salt.try_into().map_err(|_| OpeningError::Form)?;
        let read = Self { index, salt, payload: line()?.to_owned() };
        if read.to_string() == text { Ok(read) } else { Err(OpeningError::Form) }
    }

    /// Whether `entry` commits to this.
    ///
    /// # Errors
    /// [`OpeningError::Other`].
    pub fn check(&self, entry: &Entry) -> Result<(), OpeningError> {
        let fits = commitment(&self.salt, self.payload.as_bytes()) == entry.commitment();
        if fits { Ok(()) } else { Err(OpeningError::Other) }
    }
}

impl fmt::Display for Opening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}\n{}\n{}\n{}", self.index, BASE64_STANDARD.encode(self.salt), self.payload)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::EntryKind;

    #[test]
    fn an_opening_is_read_back_and_opens_only_its_entry() {
        let opening = Opening { index: 41, salt: [7; 32], payload: r#"{"table":"punch"}"#.to_owned() };
        assert_eq!(Opening::parse(&opening.to_string()), Ok(opening.clone()));
        let at = jiff::Timestamp::UNIX_EPOCH;
        let entry =
            |payload: &str| Entry::new(EntryKind::Punch, at, commitment(&[7; 32], payload.as_bytes()));
        assert_eq!(opening.check(&entry(&opening.payload)), Ok(()));
        assert_eq!(opening.check(&entry("{}")), Err(OpeningError::Other));
        for text in ["", "hadir-opening/v1\n41\n", "hadir-opening/v1\n041\nAA==\nx\n"] {
            assert_eq!(Opening::parse(text), Err(OpeningError::Form), "{text}");
        }
        let padded = opening.to_string().replace("\n41\n", "\n+41\n");
        assert_eq!(Opening::parse(&padded), Err(OpeningError::Form), "one form only");
    }
}
