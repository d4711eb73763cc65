//! The table `ATTPHOTO`: a few header lines, a NUL, a JPEG. The picture is found and measured, and not kept.

use std::ops::Range;

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use crate::{batch, pin::Pin, text};

/// A photo taken at a punch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttPhoto {
    /// Who was recognised; `None` if nobody was (a failed attempt) or the name cannot be read.
    pub pin: Option<Pin>,
    /// When, from the file name, by the wall clock of the terminal.
    pub local: Option<DateTime>,
    /// File name as sent.
    pub file_name: Option<String>,
    /// Size in bytes as declared.
    pub declared: Option<usize>,
    /// Where the JPEG lies in the body, if there is one.
    pub jpeg: Option<Range<usize>>,
}

/// Finds the parts of an upload.
pub fn parse(body: &[u8]) -> AttPhoto {
    let start = picture_start(body);
    let head = &body[..start.unwrap_or(body.len())];
    let value = |key: &str| {
        batch::lines(head).find_map(|(_, line)| {
            let (name, rest) = line.split_at_checked(key.len())?;
            let rest = rest.strip_prefix(b"=")?;
            name.eq_ignore_ascii_case(key.as_bytes()).then(|| text::clean(&text::decode(rest)))
        })
    };
    let file_name = value("PIN").filter(|n| !n.is_empty());
    let (local, pin) = file_name.as_deref().map_or((None, None), from_name);
    AttPhoto {
        pin,
        local,
        file_name,
        declared: value("size").and_then(|s| s.parse().ok()),
        jpeg: start.map(|s| s..body.len()),
    }
}

/// The first byte of the JPEG, which follows the NUL behind `CMD=…`.
fn picture_start(body: &[u8]) -> Option<usize> {
    body.windows(3).position(|w| w == [0xFF, 0xD8, 0xFF])
}

/// `20150731103012-123.jpg`: time, and the PIN of a person who was recognised.
fn from_name(name: &str) -> (Option<DateTime>, Option<Pin>) {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let (digits, pin) = stem.split_once('-').map_or((stem, None), |(digits, pin)| (digits, Some(pin)));
    let part = |range: Range<usize>| digits.get(range).and_then(|p| p.parse::<i8>().ok());
    let local = (digits.len() == 14).then(|| {
        let year = digits.get(..4)?.parse().ok()?;
        DateTime::new(year, part(4..6)?, part(6..8)?, part(8..10)?, part(10..12)?, part(12..14)?, 0).ok()
    });
    (local.flatten(), pin.and_then(|p| Pin::parse(p).ok()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;

    use super::*;

    #[test]
    fn header_and_picture() {
        let mut body = b"PIN=20150731103012-123.jpg\nSN=0316144680030\nsize=5\nCMD=uploadphoto\0".to_vec();
        let start = body.len();
        body.extend([0xFF, 0xD8, 0xFF, 0xE0, 0]);
        let photo = parse(&body);
        assert_eq!(photo.pin, Some(Pin::parse("123").unwrap()));
        assert_eq!(photo.local, Some(datetime(2015, 7, 31, 10, 30, 12, 0)));
        assert_eq!(photo.declared, Some(5));
        assert_eq!(photo.jpeg, Some(start..start + 5));
    }

    #[test]
    fn a_failed_attempt_has_no_pin() {
        let photo = parse(b"PIN=20150731103012.jpg\r\nsize=0\r\nCMD=realupload\0");
        assert_eq!((photo.pin, photo.jpeg), (None, None));
        assert_eq!(photo.local, Some(datetime(2015, 7, 31, 10, 30, 12, 0)));
    }

    proptest::proptest! {
        #[test]
        fn never_panics(body in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..300), name in "\\PC{0,30}") {
            parse(&body);
            parse(format!("PIN={name}\n").as_bytes());
        }
    }
}
