//! Rows of cells out of an XLSX workbook or a CSV file, before anything is known of their meaning.

use jiff::civil::Date;

use super::heading::Headings;

mod csv;
mod error;
#[cfg(test)]
mod tests;
mod xlsx;

pub use error::FileError;

/// Most rows a file may have: far above the largest province (60,000 ASN), far below what fills the memory.
pub const MAX_ROWS: u32 = 200_000;
/// Most columns that are looked at; Excel has 16,384, SIASN uses under 100.
pub const MAX_COLUMNS: u32 = 256;
/// Most bytes of a file.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;
/// How many rows from the top may hold the headings.
const HEADING_ROWS: usize = 10;

/// One cell as the file holds it.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Text, trimmed at neither end.
    Text(String),
    /// A binary number; long ones have lost digits.
    Number(f64),
    /// A date by cell format.
    Date(Date),
    /// An Excel error such as `#REF!`.
    Error(String),
    /// A formula whose result the file does not hold.
    FormulaWithoutResult,
}

/// One row with at least one filled cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The row as the person sees it: 1-based in Excel, the line in a CSV file.
    pub number: u32,
    /// Cells from column A on.
    pub cells: Vec<Cell>,
}

/// A file with its headings found.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Name of the worksheet, or what was found about a CSV file.
    pub origin: Origin,
    /// What each column means.
    pub headings: Headings,
    /// The rows below the headings.
    pub rows: Vec<Row>,
}

/// Where rows came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A worksheet of this name.
    Worksheet(String),
    /// A text file.
    Csv {
        /// The character between cells.
        delimiter: char,
        /// The encoding: `UTF-8`, `UTF-16LE`, `windows-1252`.
        encoding: &'static str,
    },
}

/// What Excel writes into a cell that cannot be computed.
const ERRORS: [&str; 8] = ["#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!"];

impl Cell {
    /// A cell of a text; an Excel error that was saved as text is an error all the same.
    fn of_text(text: &str) -> Cell {
        if text.is_empty() {
            Cell::Empty
        } else if ERRORS.contains(&text.trim()) {
            Cell::Error(text.trim().to_owned())
        } else {
            Cell::Text(text.to_owned())
        }
    }

    /// The cell as text: numbers without needless decimals, from 16 digits on as `1.98003E17`; dates as `2026-11-21`;
    /// empty for what holds nothing.
    pub fn text(&self) -> String {
        match self {
            Cell::Text(text) => text.clone(),
            // Written out, a damaged NIP would look whole, and whoever copies it would import another person's.
            Cell::Number(number) if number.abs() >= 1e15 => format!("{number:.5E}"),
            Cell::Number(number) => number.to_string(),
            Cell::Date(date) => date.to_string(),
            Cell::Error(code) => code.clone(),
            Cell::Empty | Cell::FormulaWithoutResult => String::new(),
        }
    }

    /// Whether the cell holds nothing to read: empty, blanks or a dash.
    pub fn is_blank(&self) -> bool {
        match self {
            Cell::Empty => true,
            Cell::Text(text) => matches!(text.trim(), "" | "-" | "\u{2013}"),
            _ => false,
        }
    }
}

/// Reads a file by its content, not by its name.
///
/// # Errors
/// A [`FileError`] with what to do about it. Nothing is ever read in part: a truncated workbook is refused whole.
pub fn read(bytes: &[u8]) -> Result<Sheet, FileError> {
    if bytes.len() > MAX_BYTES {
        return Err(FileError::TooLarge);
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(FileError::Empty);
    }
    match bytes {
        [b'P', b'K', ..] => xlsx::read(bytes),
        // The container of .xls and of encrypted .xlsx.
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Err(FileError::OldOrEncrypted),
        [b'%', b'P', b'D', b'F', ..] => Err(FileError::NotATable),
        _ => csv::read(bytes),
    }
}

/// The tables in a file whose headings mean something else than employees: every worksheet, or a CSV under each
/// delimiter; the caller looks for its own headings.
///
/// # Errors
/// As [`read`], but for the headings.
pub fn tables(bytes: &[u8]) -> Result<Vec<Vec<Row>>, FileError> {
    if bytes.len() > MAX_BYTES {
        return Err(FileError::TooLarge);
    }
    match bytes {
        _ if bytes.iter().all(u8::is_ascii_whitespace) => Err(FileError::Empty),
        [b'P', b'K', ..] => xlsx::tables(bytes),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Err(FileError::OldOrEncrypted),
        [b'%', b'P', b'D', b'F', ..] => Err(FileError::NotATable),
        _ => csv::tables(bytes),
    }
}

/// Splits rows into headings and data. The headings are the best understood row of the first ten.
fn with_headings(origin: Origin, mut rows: Vec<Row>) -> Result<Sheet, FileError> {
    let best = rows
        .iter()
        .take(HEADING_ROWS)
        .enumerate()
        .map(|(at, row)| (at, Headings::of(row)))
        .filter(|(_, headings)| headings.is_usable())
        .max_by_key(|(at, headings)| (headings.count(), std::cmp::Reverse(*at)));
    let Some((at, headings)) = best else {
        let mut top = rows.iter().take(HEADING_ROWS);
        let widest = rows.iter().take(HEADING_ROWS).map(|row| row.cells.len()).max();
        let seen = top.find(|row| Some(row.cells.len()) == widest);
        let seen =
            seen.map(|row| row.cells.iter().filter(|c| !c.is_blank()).map(Cell::text).take(8).collect());
        return Err(FileError::NoHeadings { seen: seen.unwrap_or_default() });
    };
    let rows = rows.split_off(at + 1);
    if rows.is_empty() {
        return Err(FileError::Empty);
    }
    Ok(Sheet { origin, headings, rows })
}
