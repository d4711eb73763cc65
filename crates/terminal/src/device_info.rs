//! The `INFO` that a terminal adds to its polls: fields by position, comma separated.

use serde::{Deserialize, Serialize};

use crate::text;

/// Counts and versions of a terminal.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceInfo {
    /// Firmware version.
    pub firmware: Option<String>,
    /// Users enrolled.
    pub users: Option<u32>,
    /// Fingerprints enrolled.
    pub fingerprints: Option<u32>,
    /// Punches in its memory; falls when somebody deletes them at the terminal.
    pub punches: Option<u32>,
    /// Its own idea of its address.
    pub address: Option<String>,
    /// Version of the fingerprint algorithm.
    pub finger_algorithm: Option<String>,
    /// Version of the face algorithm.
    pub face_algorithm: Option<String>,
    /// Faces enrolled.
    pub faces: Option<u32>,
}

/// Parses the value of `INFO`; `None` if nothing usable is in it.
pub fn parse(value: &[u8]) -> Option<DeviceInfo> {
    let decoded = text::decode(value);
    let fields: Vec<&str> = decoded.split(',').collect();
    let word = |index: usize| {
        let found = fields.get(index).and_then(|f| text::present(f))?;
        Some(text::clean(found).chars().take(100).collect::<String>())
    };
    let count = |index: usize| word(index)?.parse().ok();
    let info = DeviceInfo {
        firmware: word(0),
        users: count(1),
        fingerprints: count(2),
        punches: count(3),
        address: word(4),
        finger_algorithm: word(5),
        face_algorithm: word(6),
        faces: count(8),
    };
    (info != DeviceInfo::default()).then_some(info)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_real_one() {
        let info = parse(b"ZAM180-NF50VA-Ver3.4.10,1,0,16,192.168.0.25,10,39,12,1,01110,0,0,0").unwrap();
        assert_eq!(info.firmware.as_deref(), Some("ZAM180-NF50VA-Ver3.4.10"));
        assert_eq!(
            (info.users, info.fingerprints, info.punches, info.faces),
            (Some(1), Some(0), Some(16), Some(1))
        );
        assert_eq!(info.address.as_deref(), Some("192.168.0.25"));
    }

    #[test]
    fn short_and_empty() {
        assert_eq!(parse(b"Ver 2.0.12,5").unwrap().users, Some(5));
        assert_eq!(parse(b",,,"), None);
    }
}
