//! What a terminal says of itself: `~DeviceName=SpeedFace-V5L,FirmVer=ZAM180-NF-Ver1.3.7,UserCount=12`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{keyed::Keyed, redact, text};

/// Most options kept of one upload.
const MAX_OPTIONS: usize = 500;

/// Options by their name in lower case, without the leading `~`; secrets left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Options(pub BTreeMap<String, String>);

impl Options {
    /// The value under `name`, in any case, with or without `~`.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(&normal(name)).map(String::as_str)
    }

    /// The model, for example `SpeedFace-V5L`.
    pub fn device_name(&self) -> Option<&str> {
        self.get("DeviceName")
    }

    /// The firmware version.
    pub fn firmware(&self) -> Option<&str> {
        self.get("FirmVer").or_else(|| self.get("FWVersion"))
    }

    /// The version of the push protocol.
    pub fn push_version(&self) -> Option<&str> {
        self.get("PushVersion")
    }

    /// A number under `name`, for example `UserCount` or `TransactionCount`.
    pub fn number(&self, name: &str) -> Option<u32> {
        self.get(name)?.parse().ok()
    }
}

/// Parses options separated by commas, line ends, `&` or TABs; the first of two equal names wins.
pub fn parse(body: &[u8]) -> Options {
    let mut found = BTreeMap::new();
    let separated: Vec<u8> = body
        .iter()
        .map(|&b| if matches!(b, b',' | b'\n' | b'\r' | b'\t' | b'&') { b'\n' } else { b })
        .collect();
    for (key, value) in Keyed::split(&separated, b'\n').pairs().take(MAX_OPTIONS) {
        let name = normal(&text::decode(key));
        if name.is_empty() || name.len() > 64 || redact::is_secret(name.as_bytes()) {
            continue;
        }
        let value = text::clean(&text::decode(value)).chars().take(256).collect();
        found.entry(name).or_insert(value);
    }
    Options(found)
}

fn normal(name: &str) -> String {
    name.trim().trim_start_matches('~').to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_real_forms() {
        let face =
            parse(b"~DeviceName=SpeedFace-V5L,FirmVer=ZAM180-NF-Ver1.3.7,PushVersion=2.4.1,UserCount=12");
        assert_eq!(face.device_name(), Some("SpeedFace-V5L"));
        assert_eq!(face.firmware(), Some("ZAM180-NF-Ver1.3.7"));
        assert_eq!(face.push_version(), Some("2.4.1"));
        assert_eq!(face.number("usercount"), Some(12));
        let lines = parse(b"FingerFunOn=1\r\nFaceFunOn=0\r\nCOMMKey=\r\nCommKey=99\r\n");
        assert_eq!(lines.get("~FingerFunOn"), Some("1"));
        assert_eq!(lines.get("CommKey"), None);
    }
}
