//! `attlog.dat`, the punches that a terminal writes to a USB stick. The order of the columns differs from the network form.

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use crate::{
    batch::{self, Batch, Reason},
    civil_time,
    pin::Pin,
    text,
};

/// One punch of a file. Anybody may edit such a file: mark what is imported from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatLine {
    /// Who.
    pub pin: Pin,
    /// What the wall clock of the terminal showed.
    pub local: DateTime,
    /// Number of the terminal as set in its menu (usually 1).
    pub device: Option<u32>,
    /// State key, raw.
    pub status: Option<u16>,
    /// How the person was verified, raw.
    pub verify: Option<u16>,
    /// Work code; `None` for 0 and if the file has no such column.
    pub workcode: Option<String>,
}

/// Why a whole file is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DatError {
    /// No line at all.
    #[error("the file is empty")]
    Empty,
    /// Binary content: the terminal was set to encrypt its export, or this is another file.
    #[error(
        "the file is not text: switch off encrypted export on the terminal (Data Mgt / USB) and export again"
    )]
    Encrypted,
}

/// Parses a whole file. Columns: PIN, date, time, device, status, verify, work code; six when the last is missing.
pub fn parse(file: &[u8]) -> Result<Batch<DatLine>, DatError> {
    let file = file.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(file);
    if looks_binary(file) {
        return Err(DatError::Encrypted);
    }
    let batch = Batch::read(file, parse_line);
    if batch.lines == 0 { Err(DatError::Empty) } else { Ok(batch) }
}

/// Parses one line without its line end.
pub fn parse_line(line: &[u8]) -> Result<DatLine, Reason> {
    if line.len() > batch::MAX_LINE {
        return Err(Reason::TooLong);
    }
    let decoded = text::decode(line);
    let words: Vec<&str> = decoded.split_whitespace().collect();
    let [pin, date, time, device, status, verify, rest @ ..] = words.as_slice() else {
        return Err(Reason::TooFewFields);
    };
    let pin = Pin::parse(pin).map_err(|_| Reason::BadPin)?;
    let local = civil_time::parse(&format!("{date} {time}")).ok_or(Reason::BadTime)?;
    if pin.is_nobody() {
        return Err(Reason::Nobody);
    }
    Ok(DatLine {
        pin,
        local,
        device: device.parse().ok(),
        status: status.parse().ok(),
        verify: verify.parse().ok(),
        workcode: rest.first().and_then(|w| text::workcode(w)),
    })
}

/// Control bytes other than white space do not occur in the text form; 1 in 50 already means it is something else.
fn looks_binary(file: &[u8]) -> bool {
    let head = &file[..file.len().min(64 * 1024)];
    let odd = head
        .iter()
        .filter(|&&b| b == 0x7F || (b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0C | 0x1A)))
        .count();
    let high = head.iter().filter(|&&b| b >= 0x80).count();
    odd * 50 > head.len() || high * 4 > head.len()
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;

    use super::*;

    #[test]
    fn both_real_forms() {
        let file = b"        2\t2026-11-21 07:28:11\t1\t0\t15\t0\r\n101 2026-07-06 08:00:00 1 255 1 0\r\n";
        let batch = parse(file).unwrap();
        assert_eq!(batch.lines, 2);
        assert_eq!(
            batch.records[0],
            DatLine {
                pin: Pin::parse("2").unwrap(),
                local: datetime(2026, 11, 21, 7, 28, 11, 0),
                device: Some(1),
                status: Some(0),
                verify: Some(15),
                workcode: None,
            }
        );
        assert_eq!((batch.records[1].status, batch.records[1].verify), (Some(255), Some(1)));
    }

    #[test]
    fn six_words_and_short_lines() {
        let batch =
            parse(b"7 2026-07-06 08:00:00 1 0 1\n7 2026-07-06 08:00:00\n0 2026-07-06 08:00:00 1 0 1 0\n")
                .unwrap();
        assert_eq!(batch.records.len(), 1);
        let reasons: Vec<_> = batch.quarantined.iter().map(|q| q.reason).collect();
        assert_eq!(reasons, [Reason::TooFewFields, Reason::Nobody]);
    }

    #[test]
    fn encrypted_and_empty_files_are_refused() {
        let noise: Vec<u8> = (0..4096u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        assert_eq!(parse(&noise), Err(DatError::Encrypted));
        assert_eq!(parse(b"\r\n\r\n"), Err(DatError::Empty));
    }
}
