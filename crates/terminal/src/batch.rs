//! Lines of an upload: the good ones parsed, the bad ones set aside with a reason, none lost.

use serde::{Deserialize, Serialize};

use domain::lang::Lang;

/// What came out of a body of lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch<T> {
    /// Lines understood, in order.
    pub records: Vec<T>,
    /// Lines set aside, in order; at most [`MAX_QUARANTINED`], so that rubbish cannot fill the memory. The journal has all.
    pub quarantined: Vec<Quarantined>,
    /// Lines set aside beyond that number.
    pub quarantined_beyond: usize,
    /// Non-empty lines in all; the `n` of `OK: n`.
    pub lines: usize,
}

impl<T> Default for Batch<T> {
    fn default() -> Self {
        Self { records: Vec::new(), quarantined: Vec::new(), quarantined_beyond: 0, lines: 0 }
    }
}

/// A line that was not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quarantined {
    /// Line number in the body, from 1, empty lines counted.
    pub number: usize,
    /// The first [`RAW_KEPT`] bytes as received, without the line end, secrets taken out.
    pub raw: Vec<u8>,
    /// Why it was set aside.
    pub reason: Reason,
}

/// Why a line was set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Fewer fields than the record needs.
    TooFewFields,
    /// No PIN, or one that no terminal allows.
    BadPin,
    /// PIN 0: an event of the terminal, not of a person.
    Nobody,
    /// The date or time cannot be read, or does not exist.
    BadTime,
    /// The line starts with a word that is not known.
    UnknownRecord,
    /// A number is missing or is not a number.
    BadNumber,
    /// Longer than any genuine line ([`MAX_LINE`] bytes).
    TooLong,
}

impl Reason {
    /// The reason as shown to an officer.
    pub fn text(self, lang: Lang) -> &'static str {
        match self {
            Self::TooFewFields => lang.pick("kolom kurang dari dua", "too few fields"),
            Self::BadPin => lang.pick("PIN kosong atau tidak sah", "PIN missing or not valid"),
            Self::Nobody => lang.pick(
                "PIN 0: kejadian mesin, bukan pegawai",
                "PIN 0: an event of the terminal, not a person",
            ),
            Self::BadTime => lang.pick("tanggal atau jam tidak terbaca", "date or time cannot be read"),
            Self::UnknownRecord => lang.pick("jenis baris tidak dikenal", "unknown kind of line"),
            Self::BadNumber => lang.pick("angka tidak terbaca", "a number cannot be read"),
            Self::TooLong => lang.pick("baris terlalu panjang", "line too long"),
        }
    }

    /// Whether an officer should look; events of nobody are kept but need nobody's attention.
    pub fn needs_attention(self) -> bool {
        self != Self::Nobody
    }

    /// A stable word for storage.
    pub fn code(self) -> &'static str {
        match self {
            Self::TooFewFields => "too_few_fields",
            Self::BadPin => "bad_pin",
            Self::Nobody => "nobody",
            Self::BadTime => "bad_time",
            Self::UnknownRecord => "unknown_record",
            Self::BadNumber => "bad_number",
            Self::TooLong => "too_long",
        }
    }
}

/// Most lines of one body that are set aside one by one.
pub const MAX_QUARANTINED: usize = 10_000;

/// Longest line of a punch table, in bytes; genuine ones stay under 300 even with the base64 GPS field.
pub const MAX_LINE: usize = 4096;

/// Bytes kept of a line that is set aside; enough to see what it is. The journal has the whole of it.
pub const RAW_KEPT: usize = 2048;

/// The non-empty lines of `body` with their numbers from 1. LF or CRLF ends a line; NUL padding at its ends is dropped.
pub fn lines(body: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    body.split(|&b| b == b'\n').enumerate().filter_map(|(index, line)| {
        let line = trim(line);
        let blank = line.iter().all(u8::is_ascii_whitespace);
        (!blank).then_some((index + 1, line))
    })
}

fn trim(mut line: &[u8]) -> &[u8] {
    while let [0 | b'\r', rest @ ..] | [rest @ .., 0 | b'\r'] = line {
        line = rest;
    }
    line
}

impl<T> Batch<T> {
    /// Parses every non-empty line of `body`; a failing line is set aside and the next one is read.
    pub fn read(body: &[u8], parse: impl Fn(&[u8]) -> Result<T, Reason>) -> Self {
        Self::read_lines(lines(body), parse)
    }

    /// As [`Batch::read`], for lines already split.
    pub fn read_lines<'a>(
        lines: impl Iterator<Item = (usize, &'a [u8])>,
        parse: impl Fn(&[u8]) -> Result<T, Reason>,
    ) -> Self {
        let mut batch = Self::default();
        for (number, line) in lines {
            batch.lines += 1;
            match parse(line) {
                Ok(record) => batch.records.push(record),
                Err(_) if batch.quarantined.len() >= MAX_QUARANTINED => batch.quarantined_beyond += 1,
                Err(reason) => {
                    let mut raw = crate::redact::line(&line[..line.len().min(RAW_KEPT)]).into_owned();
                    raw.truncate(RAW_KEPT);
                    batch.quarantined.push(Quarantined { number, raw, reason });
                }
            }
        }
        batch
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_and_padding_do_not_count() {
        let found: Vec<_> = lines(b"a\r\n\r\n \t\r\nb\0\0\n\0\0").collect();
        assert_eq!(found, [(1, &b"a"[..]), (4, &b"b"[..])]);
    }

    #[test]
    fn a_flood_of_rubbish_is_counted_only() {
        let body = "x\n".repeat(MAX_QUARANTINED + 5);
        let batch = Batch::<()>::read(body.as_bytes(), |_| Err(Reason::BadPin));
        assert_eq!((batch.lines, batch.quarantined.len()), (MAX_QUARANTINED + 5, MAX_QUARANTINED));
        assert_eq!(batch.quarantined_beyond, 5);
    }

    #[test]
    fn of_an_endless_line_only_the_head_is_set_aside() {
        let line = [b"USER PIN=1\tPasswd=12345\tName=".as_slice(), &vec![b'x'; 16 << 20]].concat();
        let batch = Batch::<()>::read(&line, |_| Err(Reason::TooLong));
        let raw = &batch.quarantined[0].raw;
        assert!((RAW_KEPT - 32..=RAW_KEPT).contains(&raw.len()), "{}", raw.len());
        assert!(raw.starts_with(b"USER PIN=1\tPasswd=[removed]\tName=xxx"));
        assert_eq!((batch.lines, batch.quarantined[0].reason), (1, Reason::TooLong));
    }

    #[test]
    fn one_bad_line_leaves_the_others() {
        let batch =
            Batch::read(b"1\nx\n2\n", |line| if line == b"x" { Err(Reason::BadPin) } else { Ok(line[0]) });
        assert_eq!(batch.records, [b'1', b'2']);
        assert_eq!(batch.lines, 3);
        assert_eq!(
            batch.quarantined,
            [Quarantined { number: 2, raw: b"x".to_vec(), reason: Reason::BadPin }]
        );
    }
}
