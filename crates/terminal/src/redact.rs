//! Taking passwords, templates and pictures out of what is kept.
//!
//! Biometric data and device passwords reach the listener whether it wants them or not. They end here: parsers do not copy
//! them and the journal gets the redacted body.

use std::borrow::Cow;

/// Keys whose value is never kept, in lower case.
const SECRET_KEYS: [&[u8]; 9] =
    [b"passwd", b"password", b"pwd", b"tmp", b"template", b"content", b"photo", b"pushcommkey", b"commkey"];

/// What stands in the place of a value that was taken out.
pub const MARK: &[u8] = b"[removed]";

/// Whether the value under `key` is a secret.
pub fn is_secret(key: &[u8]) -> bool {
    SECRET_KEYS.iter().any(|secret| secret.eq_ignore_ascii_case(key))
}

/// One line without secret values: every TAB-separated `key=value` whose key is secret keeps its key only.
pub fn line(line: &[u8]) -> Cow<'_, [u8]> {
    separated(line, b'\t')
}

/// A query string without secret values.
pub fn query(query: &[u8]) -> Cow<'_, [u8]> {
    separated(query, b'&')
}

fn separated(input: &[u8], separator: u8) -> Cow<'_, [u8]> {
    if !input.split(|&b| b == separator).any(|field| secret_value(field).is_some()) {
        return Cow::Borrowed(input);
    }
    let mut out = Vec::with_capacity(input.len().min(512));
    for (index, field) in input.split(|&b| b == separator).enumerate() {
        if index > 0 {
            out.push(separator);
        }
        match secret_value(field) {
            Some(start) => {
                out.extend_from_slice(&field[..start]);
                out.extend_from_slice(MARK);
            }
            None => out.extend_from_slice(field),
        }
    }
    Cow::Owned(out)
}

/// Where the value of a non-empty secret field starts.
fn secret_value(field: &[u8]) -> Option<usize> {
    let equals = field.iter().position(|&b| b == b'=')?;
    let head = &field[..equals];
    // The first field of a line carries its tag: `USER PIN=1`, `user uid=1`.
    let key = head.rsplit(|b| matches!(b, b' ' | b'?')).next().unwrap_or(head);
    (is_secret(key) && field.len() > equals + 1).then_some(equals + 1)
}

/// A whole body fit for the journal: lines without secret values, and nothing from the first sign of binary data on
/// (a NUL, or the start of a JPEG), because that is a picture.
pub fn body(body: &[u8]) -> Vec<u8> {
    let (text, cut) = match binary_start(body) {
        Some(start) => (&body[..start], body.len() - start),
        None => (body, 0),
    };
    let mut out = Vec::with_capacity(text.len());
    for (index, part) in text.split(|&b| b == b'\n').enumerate() {
        if index > 0 {
            out.push(b'\n');
        }
        out.extend_from_slice(&line(part));
    }
    if cut > 0 {
        out.extend_from_slice(format!("\n[{cut} bytes of binary data removed]").as_bytes());
    }
    out
}

/// The first byte of binary data: a NUL followed by more than padding, or `FF D8 FF`.
fn binary_start(body: &[u8]) -> Option<usize> {
    let jpeg = body.windows(3).position(|w| w == [0xFF, 0xD8, 0xFF]);
    let long_nul = body.iter().position(|&b| b == 0).filter(|&at| {
        body[at..].iter().filter(|&&b| b < 0x09 || (0x0E..0x20).contains(&b)).count() * 20 > body.len() - at
    });
    match (jpeg, long_nul) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_and_templates_leave_no_trace() {
        let input =
            b"USER PIN=982\tName=Richard\tPasswd=9822\tCard=[09E4812202]\nFP PIN=982\tFID=1\tTMP=AAAA==\n";
        let kept = body(input);
        assert_eq!(
            String::from_utf8_lossy(&kept),
            "USER PIN=982\tName=Richard\tPasswd=[removed]\tCard=[09E4812202]\nFP PIN=982\tFID=1\tTMP=[removed]\n"
        );
    }

    #[test]
    fn a_line_without_secrets_is_unchanged() {
        let input = b"1\t2024-07-28 01:25:24\t0\t1\t\t0\t0\t\r\n".as_slice();
        assert_eq!(body(input), input);
        assert_eq!(line(b"USER PIN=1\tPasswd="), b"USER PIN=1\tPasswd=".as_slice());
    }

    #[test]
    fn pictures_are_cut_off() {
        let mut input = b"PIN=20150731103012-123.jpg\nCMD=uploadphoto\0".to_vec();
        input.extend([0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3]);
        let kept = body(&input);
        assert!(kept.starts_with(b"PIN=20150731103012-123.jpg\nCMD=uploadphoto"));
        assert!(!kept.windows(3).any(|w| w == [0xFF, 0xD8, 0xFF]));
    }

    #[test]
    fn query_secrets() {
        assert_eq!(&*query(b"SN=1&pushcommkey=abc&x=1"), b"SN=1&pushcommkey=[removed]&x=1");
        assert_eq!(&*query(b"/iclock/cdata?pushcommkey=abc"), b"/iclock/cdata?pushcommkey=[removed]");
    }
}
