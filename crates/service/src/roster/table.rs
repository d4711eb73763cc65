//! What a roster file says: one row for each person with the days of the month as columns, or one row for each shift.

use domain::month::Month;
use jiff::civil::Date;

use crate::employee_import::sheet::{self, Cell, FileError, Row};

/// How many rows from the top may hold the headings.
const HEADING_ROWS: usize = 10;

/// A cell of the roster, not yet checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    /// Row of the file.
    pub row: u32,
    /// Number as typed.
    pub number: String,
    /// The day; `None` when it could not be read.
    pub day: Option<Date>,
    /// The day as typed.
    pub column: String,
    /// The code as typed.
    pub code: String,
}

/// Reads the file.
///
/// # Errors
/// As [`sheet::tables`]; [`FileError::NoHeadings`] without the headings NIP and days, or NIP, TANGGAL and SHIFT.
pub(super) fn read(bytes: &[u8], month: Month) -> Result<Vec<Said>, FileError> {
    let tables = sheet::tables(bytes)?;
    let found = tables.iter().find_map(|rows| {
        let top = rows.iter().take(HEADING_ROWS).enumerate();
        top.filter_map(|(at, row)| Some((at, Layout::of(row, month)?))).next().map(|found| (rows, found))
    });
    let Some((rows, (at, layout))) = found else {
        let seen = tables.first().and_then(|rows| rows.first()).map(|row| row.cells.as_slice());
        return Err(FileError::NoHeadings {
            seen: seen.unwrap_or_default().iter().map(Cell::text).collect(),
        });
    };
    Ok(rows[at + 1..].iter().flat_map(|row| layout.said(row, month)).collect())
}

enum Layout {
    /// A column for each day.
    Grid { number: usize, days: Vec<(usize, Date)> },
    /// A column for the date and one for the shift.
    List { number: usize, day: usize, code: usize },
}

impl Layout {
    fn of(row: &Row, month: Month) -> Option<Layout> {
        let heading = |cell: &Cell| cell.text().trim().to_uppercase();
        let at = |names: &[&str]| row.cells.iter().position(|c| names.contains(&heading(c).as_str()));
        let number = at(&["NIP", "NIP BARU", "NI PPPK", "NIP/NI PPPK", "NOMOR"])?;
        let list =
            (at(&["TANGGAL", "HARI", "DATE"]), at(&["SHIFT", "SIF", "KODE", "KODE SHIFT", "KODE SIF"]));
        if let (Some(day), Some(code)) = list {
            return Some(Layout::List { number, day, code });
        }
        let days: Vec<(usize, Date)> = row
            .cells
            .iter()
            .enumerate()
            .filter_map(|(column, cell)| Some((column, day_of(&cell.text(), month)?)))
            .collect();
        (!days.is_empty()).then_some(Layout::Grid { number, days })
    }

    fn said(&self, row: &Row, month: Month) -> Vec<Said> {
        let text =
            |column: usize| row.cells.get(column).map(|c| c.text().trim().to_owned()).unwrap_or_default();
        let one = |number, day, column: String, code| Said { row: row.number, number, day, column, code };
        match self {
            Layout::List { number, day, code } => {
                let typed = text(*day);
                let said = one(text(*number), day_of(&typed, month), typed, text(*code));
                if said.number.is_empty() && said.code.is_empty() { Vec::new() } else { vec![said] }
            }
            Layout::Grid { number, days } => days
                .iter()
                .map(|(column, day)| one(text(*number), Some(*day), day.day().to_string(), text(*column)))
                .filter(|said| !said.code.is_empty())
                .collect(),
        }
    }
}

/// `7`, `07`, `2026-11-07` or `7/11/2026`; only days of the month.
fn day_of(text: &str, month: Month) -> Option<Date> {
    let text = text.trim();
    if let Ok(day) = text.parse::<i8>() {
        return Date::new(month.year(), month.number(), day).ok();
    }
    let slashed = || {
        let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
        let [day, number, year] = parts.as_slice() else { return None };
        Date::new(year.parse().ok()?, number.parse().ok()?, day.parse().ok()?).ok()
    };
    text.parse().ok().or_else(slashed).filter(|day| month.contains(*day))
}
