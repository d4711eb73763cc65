//! The workbook: sheet 1 the form, sheet 2 "Keterangan" (codes), sheet 3 "Dasar" (what the figures rest on).

mod basis_sheet;
mod body;
mod header;
mod legend_sheet;
mod page;
mod styles;
mod tail;
mod text_width;

use jiff::Timestamp;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, RowNum, Workbook, Worksheet, XlsxError};

use crate::{
    error::PrintError,
    frame::{Frame, Stamp},
    layout::Layout,
    table::Table,
};
use styles::Styles;

/// Rows of an Excel sheet.
const SHEET_ROWS: usize = 1_048_576;

/// From this many cells on (some 1,000 people in a month matrix, 15 MB) rows go to a temporary file as they are
/// written; below it the detour costs more than it saves.
const LOW_MEMORY_CELLS: usize = 50_000;

/// Writes a layout as an XLSX workbook. The same layout gives the same bytes.
///
/// # Errors
/// See [`PrintError`].
pub fn workbook(layout: &(impl Layout + ?Sized)) -> Result<Vec<u8>, PrintError> {
    let frame = layout.frame();
    let table = layout.table()?;
    let needed = table.rows.len() * if table.stacked { 2 } else { 1 } + 200;
    if needed > SHEET_ROWS {
        return Err(PrintError::TooManyRows { rows: table.rows.len() });
    }
    let styles = Styles::new();
    let mut book = Workbook::new();
    book.set_properties(&properties(frame, &table)?);
    let cells = table.rows.len() * table.columns.len();
    // Stacked records write two rows at a time, which the low memory mode does not take.
    let sheet = if cells > LOW_MEMORY_CELLS && !table.stacked {
        book.add_worksheet_with_low_memory()?
    } else {
        book.add_worksheet()
    };
    form(sheet, frame, &table, &styles)?;
    legend_sheet::write(book.add_worksheet(), frame, &styles)?;
    basis_sheet::write(book.add_worksheet(), frame, &table, &styles)?;
    Ok(book.save_to_buffer()?)
}

fn form(sheet: &mut Worksheet, frame: &Frame, table: &Table<'_>, styles: &Styles) -> Result<(), PrintError> {
    sheet.set_name(table.sheet_name)?;
    for (i, column) in table.columns.iter().enumerate() {
        sheet.set_column_width(col(i), column.width)?;
    }
    let mut heights = Heights::default();
    let header = header::write(sheet, frame, table, styles, &mut heights)?;
    let body = body::write(sheet, table, styles, header.end, &mut heights)?;
    tail::write(sheet, frame, table, styles, body.end, &mut heights)?;
    page::set_up(sheet, frame, table, &header, &body, &heights)?;
    Ok(())
}

/// Sheet rows from `start` up to, not including, `end`.
#[derive(Debug, Clone, Copy)]
struct Rows {
    start: RowNum,
    end: RowNum,
}

/// The height of every row in points; set for all, so that the page breaks can be reckoned.
#[derive(Debug, Default)]
struct Heights(Vec<f64>);

impl Heights {
    fn set(&mut self, sheet: &mut Worksheet, row: RowNum, points: f64) -> Result<(), XlsxError> {
        sheet.set_row_height(row, points)?;
        let index = row as usize;
        if self.0.len() <= index {
            self.0.resize(index + 1, 15.0);
        }
        self.0[index] = points;
        Ok(())
    }

    fn of(&self, rows: Rows) -> f64 {
        self.0.iter().skip(rows.start as usize).take((rows.end - rows.start) as usize).sum()
    }
}

/// A column index; tables are far narrower than a sheet.
fn col(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}

/// A row index; the number of rows was checked before.
fn row(index: usize) -> RowNum {
    RowNum::try_from(index).unwrap_or(RowNum::MAX)
}

fn properties(frame: &Frame, table: &Table<'_>) -> Result<DocProperties, PrintError> {
    Ok(DocProperties::new()
        .set_title(&table.title)
        .set_subject(&table.subtitle)
        .set_company(&frame.letterhead.pemda)
        .set_author(&frame.basis.printed_by)
        .set_comment(format!("Hadir {}", frame.basis.app_version))
        .set_creation_datetime(&created(frame.basis.printed_at)?))
}

/// The time of printing in UTC: the only time in the file, so that the same input gives the same bytes.
fn created(stamp: Stamp) -> Result<ExcelDateTime, XlsxError> {
    let at = stamp.zone.instant(stamp.at).unwrap_or(Timestamp::UNIX_EPOCH);
    let utc = jiff::tz::Offset::UTC.to_datetime(at);
    let part = |n: i8| u8::try_from(n).unwrap_or(0);
    // Excel's calendar starts in 1900.
    let year = u16::try_from(utc.year()).unwrap_or(1900).max(1900);
    ExcelDateTime::from_ymd(year, part(utc.month()), part(utc.day()))?.and_hms(
        u16::from(part(utc.hour())),
        part(utc.minute()),
        f64::from(part(utc.second())),
    )
}
