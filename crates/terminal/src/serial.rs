//! The serial number, the only name by which a terminal introduces itself.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Longest serial number accepted, in characters.
pub const MAX_LEN: usize = 40;

/// A serial number as printed on the case. It proves nothing: anybody may send it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Serial(String);

/// The text is empty, longer than [`MAX_LEN`], or holds something else than ASCII letters, digits, `-`, `_` and `.`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a serial number: 1 to {MAX_LEN} letters, digits, '-', '_' or '.' are expected")]
pub struct SerialError;

impl Serial {
    /// Reads a serial number; surrounding blanks are dropped.
    pub fn parse(text: &str) -> Result<Self, SerialError> {
        let text = text.trim();
        let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
        if text.is_empty() || text.len() > MAX_LEN || !text.bytes().all(allowed) {
            return Err(SerialError);
        }
        Ok(Self(text.to_owned()))
    }

    /// The serial number as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Serial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Serial {
    type Error = SerialError;
    fn try_from(text: String) -> Result<Self, SerialError> {
        Self::parse(&text)
    }
}

impl From<Serial> for String {
    fn from(serial: Serial) -> Self {
        serial.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_serials() {
        assert_eq!(Serial::parse(" BOCK200961014 ").unwrap().as_str(), "BOCK200961014");
        for bad in ["", "a b", "x\ny", "../etc", "Ω1", &"9".repeat(41)] {
            assert_eq!(Serial::parse(bad), Err(SerialError), "{bad:?}");
        }
    }
}
