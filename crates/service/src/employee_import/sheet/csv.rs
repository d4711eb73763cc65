//! Reading a CSV file whose delimiter and encoding nobody wrote down.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{Cell, FileError, MAX_COLUMNS, MAX_ROWS, Origin, Row, Sheet, with_headings};

/// Indonesian Excel writes `;`, SIASN tools `,`, a copy from the clipboard tabs.
const DELIMITERS: [char; 4] = [';', ',', '\t', '|'];

/// Tries every delimiter and keeps the one under which most headings are understood.
pub(super) fn read(bytes: &[u8]) -> Result<Sheet, FileError> {
    let (text, encoding) = decode(bytes)?;
    let mut best: Option<(usize, char)> = None;
    let mut failure = None;
    let top = top_of(&text);
    for delimiter in DELIMITERS {
        // The data below the headings does not matter here, so a lone heading row is no failure.
        match rows_of(top, delimiter).and_then(|rows| {
            with_headings(Origin::Csv { delimiter, encoding: encoding.name() }, with_dummy(rows))
        }) {
            Ok(sheet) if best.is_none_or(|(count, _)| sheet.headings.count() > count) => {
                best = Some((sheet.headings.count(), delimiter));
            }
            Ok(_) => {}
            Err(error) => {
                failure.get_or_insert(error);
            }
        }
    }
    let Some((_, delimiter)) = best else { return Err(failure.unwrap_or(FileError::NotATable)) };
    let sheet =
        with_headings(Origin::Csv { delimiter, encoding: encoding.name() }, rows_of(&text, delimiter)?)?;
    refuse_unclosed_quote(&text, &sheet)?;
    Ok(sheet)
}

/// The rows under every delimiter.
pub(super) fn tables(bytes: &[u8]) -> Result<Vec<Vec<Row>>, FileError> {
    let (text, _) = decode(bytes)?;
    let read: Vec<_> = DELIMITERS.into_iter().map(|delimiter| rows_of(&text, delimiter)).collect();
    if read.iter().all(Result::is_err) {
        return read.into_iter().next().unwrap_or(Err(FileError::NotATable)).map(|rows| vec![rows]);
    }
    Ok(read.into_iter().flatten().collect())
}

fn with_dummy(mut rows: Vec<Row>) -> Vec<Row> {
    rows.push(Row { number: u32::MAX, cells: Vec::new() });
    rows
}

/// Enough of the text to hold the ten rows among which the headings are.
fn top_of(text: &str) -> &str {
    let end = text.match_indices('\n').nth(40).map_or(text.len(), |(at, _)| at + 1);
    &text[..end]
}

fn decode(bytes: &[u8]) -> Result<(String, &'static Encoding), FileError> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return Ok((text.into_owned(), encoding));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let zeros = bytes.iter().take(200).filter(|b| **b == 0).count();
        // Plain Latin text in UTF-16 is valid UTF-8 in which every second character is NUL.
        if zeros * 3 > bytes.len().min(200) {
            let encoding = if bytes[0] == 0 { UTF_16BE } else { UTF_16LE };
            return Ok((encoding.decode_without_bom_handling(bytes).0.into_owned(), encoding));
        }
        return Ok((text.to_owned(), UTF_8));
    }
    let odd = bytes.iter().filter(|b| matches!(b, 0..=8 | 14..=31)).count();
    if odd * 20 > bytes.len() {
        return Err(FileError::NotATable);
    }
    Ok((WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(), WINDOWS_1252))
}

fn rows_of(text: &str, delimiter: char) -> Result<Vec<Row>, FileError> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(u8::try_from(delimiter).unwrap_or(b','))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return Ok(rows),
            Err(error) => return Err(FileError::Damaged { detail: error.to_string() }),
        }
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if rows.len() >= MAX_ROWS as usize {
            return Err(FileError::TooLarge);
        }
        let number = record.position().map_or(0, |at| line_of(text, at));
        let cells = record.iter().take(MAX_COLUMNS as usize).map(cell).collect();
        rows.push(Row { number, cells });
    }
}

/// The line on which a record starts; the reader's own count stops before the empty lines it skips.
fn line_of(text: &str, at: &csv::Position) -> u32 {
    let start = usize::try_from(at.byte()).unwrap_or(usize::MAX);
    let rest = text.as_bytes().get(start..).unwrap_or_default();
    let skipped = rest.iter().take_while(|b| matches!(b, b'\r' | b'\n')).filter(|b| **b == b'\n').count();
    u32::try_from(at.line() + skipped as u64).unwrap_or(u32::MAX)
}

/// `="1980…"` is how people force Excel to keep a number as text; the cell means what stands between the quotes.
fn cell(text: &str) -> Cell {
    let text = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).unwrap_or(text);
    Cell::of_text(text)
}

/// A file cut off inside quotes swallows all following lines into one cell.
fn refuse_unclosed_quote(text: &str, sheet: &Sheet) -> Result<(), FileError> {
    let odd_quotes = text.bytes().filter(|b| *b == b'"').count() % 2 == 1;
    let last = sheet.rows.last().and_then(|row| row.cells.last());
    let runs_over = matches!(last, Some(Cell::Text(text)) if text.contains('\n'));
    let opened_at_end = odd_quotes && !text.trim_end().ends_with('"') && ends_in_open_quote(text);
    if odd_quotes && (runs_over || opened_at_end) {
        return Err(FileError::Damaged { detail: "a quote is never closed".to_owned() });
    }
    Ok(())
}

fn ends_in_open_quote(text: &str) -> bool {
    let line = text.trim_end().rsplit('\n').next().unwrap_or_default();
    line.rfind('"').is_some_and(|at| at == 0 || DELIMITERS.iter().any(|d| line[..at].ends_with(*d)))
}
