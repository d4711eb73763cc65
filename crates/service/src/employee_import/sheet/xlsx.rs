//! Reading an XLSX workbook cell by cell.
//!
//! Cells are streamed instead of asking for a range: a range is allocated by the corner cells, and one cell in
//! XFD1048576 would ask for 17 billion of them.

use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx, XlsxError};
use jiff::civil::Date;

use super::{Cell, FileError, MAX_COLUMNS, MAX_ROWS, Origin, Row, Sheet, with_headings};

/// Reads the first worksheet that has the headings.
pub(super) fn read(bytes: &[u8]) -> Result<Sheet, FileError> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let mut first_failure = None;
    for name in book.sheet_names() {
        let rows = match rows_of(&mut book, &name) {
            Ok(rows) => rows,
            // A chart sheet is listed like a worksheet but holds no cells.
            Err(RowsError::Sheet(XlsxError::WorksheetNotFound(_))) => continue,
            Err(RowsError::Sheet(error)) => return Err(broken(error)),
            Err(RowsError::TooMany) => return Err(FileError::TooLarge),
        };
        match with_headings(Origin::Worksheet(name), rows) {
            Ok(sheet) => return Ok(sheet),
            Err(failure) => {
                first_failure.get_or_insert(failure);
            }
        }
    }
    Err(first_failure.unwrap_or(FileError::Empty))
}

/// The rows of every worksheet.
pub(super) fn tables(bytes: &[u8]) -> Result<Vec<Vec<Row>>, FileError> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let mut tables = Vec::new();
    for name in book.sheet_names() {
        match rows_of(&mut book, &name) {
            Ok(rows) => tables.push(rows),
            Err(RowsError::Sheet(XlsxError::WorksheetNotFound(_))) => {}
            Err(RowsError::Sheet(error)) => return Err(broken(error)),
            Err(RowsError::TooMany) => return Err(FileError::TooLarge),
        }
    }
    Ok(tables)
}

fn broken(error: XlsxError) -> FileError {
    FileError::Damaged { detail: error.to_string() }
}

enum RowsError {
    Sheet(XlsxError),
    TooMany,
}

impl From<XlsxError> for RowsError {
    fn from(error: XlsxError) -> Self {
        RowsError::Sheet(error)
    }
}

fn rows_of(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Vec<Row>, RowsError> {
    let mut reader = book.worksheet_cells_reader(name)?;
    let mut rows: Vec<Row> = Vec::new();
    while let Some(found) = reader.next_cell_with_formula_metadata()? {
        let (row, column) = found.pos;
        let cell = match (cell(&found.value), found.formula.is_some()) {
            (Cell::Empty, true) => Cell::FormulaWithoutResult,
            (Cell::Empty, false) => continue,
            (cell, _) => cell,
        };
        if column >= MAX_COLUMNS {
            continue;
        }
        let number = row + 1;
        if rows.last().is_none_or(|last| last.number != number) {
            if rows.len() >= MAX_ROWS as usize {
                return Err(RowsError::TooMany);
            }
            rows.push(Row { number, cells: Vec::new() });
        }
        if let Some(last) = rows.last_mut() {
            let column = column as usize;
            if last.cells.len() <= column {
                last.cells.resize(column + 1, Cell::Empty);
            }
            last.cells[column] = cell;
        }
    }
    Ok(rows)
}

fn cell(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::String(text) => Cell::of_text(text),
        DataRef::SharedString(text) => Cell::of_text(text),
        #[expect(clippy::cast_precision_loss, reason = "a number cell is a double in the file format itself")]
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::Bool(value) => Cell::Text(if *value { "TRUE" } else { "FALSE" }.to_owned()),
        DataRef::DateTime(stamp) => {
            let (year, month, day, ..) = stamp.to_ymd_hms_milli();
            let date = i16::try_from(year).ok().and_then(|year| {
                Date::new(year, i8::try_from(month).unwrap_or(0), i8::try_from(day).unwrap_or(0)).ok()
            });
            date.map_or_else(|| Cell::Number(stamp.as_f64()), Cell::Date)
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Cell::of_text(text),
        DataRef::Error(error) => Cell::Error(error.to_string()),
    }
}
