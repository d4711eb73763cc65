//! The number under which a terminal knows a person.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Longest PIN that any known firmware sends, in characters.
pub const MAX_LEN: usize = 24;

/// A PIN: text, never a number, because `0701` and `701` are two people on some terminals.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Pin(String);

/// Why a text is not a PIN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PinError {
    /// Nothing, or the word `null`.
    #[error("the PIN is empty")]
    Empty,
    /// More than [`MAX_LEN`] characters.
    #[error("the PIN is longer than {MAX_LEN} characters")]
    TooLong,
    /// Something else than ASCII letters, digits, `_`, `-`, `.`, `/`, or a first character that is neither letter nor digit.
    #[error("the PIN has a character that no terminal allows")]
    BadCharacter,
}

impl Pin {
    /// Reads a PIN; surrounding blanks are dropped, leading zeros are kept.
    pub fn parse(text: &str) -> Result<Self, PinError> {
        let text = text.trim();
        if text.is_empty() || text.eq_ignore_ascii_case("null") {
            return Err(PinError::Empty);
        }
        if text.chars().count() > MAX_LEN {
            return Err(PinError::TooLong);
        }
        let starts_well = text.starts_with(|c: char| c.is_ascii_alphanumeric());
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/');
        if !starts_well || !text.chars().all(allowed) {
            return Err(PinError::BadCharacter);
        }
        Ok(Self(text.to_owned()))
    }

    /// The PIN as the terminal wrote it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is the PIN `0` (also `00`, …), which terminals use for events that belong to no person.
    pub fn is_nobody(&self) -> bool {
        self.0.bytes().all(|b| b == b'0')
    }
}

impl fmt::Display for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Pin {
    type Error = PinError;
    fn try_from(text: String) -> Result<Self, PinError> {
        Self::parse(&text)
    }
}

impl From<Pin> for String {
    fn from(pin: Pin) -> Self {
        pin.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leading_zeros_and_letters_stay() {
        assert_eq!(Pin::parse(" 0701 ").unwrap().as_str(), "0701");
        assert_eq!(Pin::parse("5_4968").unwrap().as_str(), "5_4968");
        assert_ne!(Pin::parse("0701").unwrap(), Pin::parse("701").unwrap());
    }

    #[test]
    fn what_is_not_a_pin() {
        assert_eq!(Pin::parse("  "), Err(PinError::Empty));
        assert_eq!(Pin::parse("null"), Err(PinError::Empty));
        assert_eq!(Pin::parse("1234567890123456789012345"), Err(PinError::TooLong));
        assert_eq!(Pin::parse("=1+1"), Err(PinError::BadCharacter));
        assert_eq!(Pin::parse("1\u{0}2"), Err(PinError::BadCharacter));
    }

    #[test]
    fn zero_is_nobody() {
        assert!(Pin::parse("0").unwrap().is_nobody());
        assert!(Pin::parse("000").unwrap().is_nobody());
        assert!(!Pin::parse("007").unwrap().is_nobody());
    }
}
