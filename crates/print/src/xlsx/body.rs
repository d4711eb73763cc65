//! The rows of the table and its totals.

use rust_decimal::{Decimal, prelude::ToPrimitive};
use rust_xlsxwriter::{ColNum, Format, Formula, IgnoreError, RowNum, Worksheet, XlsxError};

use super::{Heights, Rows, col, row as sheet_row, styles::Styles, text_width::wrapped_lines};
use crate::{
    clean::{clean, looks_like_formula},
    error::PrintError,
    formula::Place,
    table::{Cell, Column, Look, Table, TotalRow},
};

/// The largest text of a cell.
const CELL_CHARS: usize = 32_767;
/// Height of one line of 9 point type.
const LINE: f64 = 12.5;

/// Writes body and totals from `start` on; the answer spans both.
pub(super) fn write(
    sheet: &mut Worksheet,
    table: &Table<'_>,
    styles: &Styles,
    start: RowNum,
    heights: &mut Heights,
) -> Result<Rows, PrintError> {
    let step: RowNum = if table.stacked { 2 } else { 1 };
    let records = sheet_row(table.rows.len());
    // An empty table keeps one line that says so, and its formulas a range to count.
    let last_row = if records == 0 { start } else { start + records * step - 1 };
    let mut writer = Writer { sheet, styles, first_row: start, last_row };
    if records == 0 {
        writer.sheet.merge_range(start, 0, start, col(table.columns.len() - 1), "—", &styles.empty)?;
        heights.set(writer.sheet, start, 17.0)?;
    }
    for (i, cells) in table.rows.iter().enumerate() {
        let top = start + sheet_row(i) * step;
        for (c, (cell, column)) in cells.iter().zip(&table.columns).enumerate() {
            check_length(cell, column, i + 1)?;
            writer.cell(top, col(c), cell, column, table.stacked)?;
        }
        let points = record_points(cells, &table.columns);
        if table.stacked {
            // The lower line holds the NIP; the other cells share both lines.
            heights.set(writer.sheet, top, (points - LINE).max(LINE + 1.0))?;
            heights.set(writer.sheet, top + 1, LINE + 1.0)?;
        } else {
            heights.set(writer.sheet, top, points)?;
        }
    }
    let mut row = last_row + 1;
    for total in &table.totals {
        writer.total(row, total, &table.columns)?;
        heights.set(writer.sheet, row, 17.0)?;
        row += 1;
    }
    for (i, column) in table.columns.iter().enumerate() {
        if column.look == Look::Digits || column.plain_lower.is_some() {
            let error = IgnoreError::NumberStoredAsText;
            writer.sheet.ignore_error_range(start, col(i), last_row, col(i), error)?;
        }
    }
    Ok(Rows { start, end: row })
}

struct Writer<'a> {
    sheet: &'a mut Worksheet,
    styles: &'a Styles,
    first_row: RowNum,
    last_row: RowNum,
}

impl<'a> Writer<'a> {
    fn cell(
        &mut self,
        row: RowNum,
        c: ColNum,
        cell: &Cell<'_>,
        column: &Column,
        stacked: bool,
    ) -> Result<(), XlsxError> {
        let styles = self.styles;
        if let Cell::Pair(upper, lower) = cell {
            self.sheet.write_string_with_format(row, c, clean(upper), &styles.upper)?;
            self.sheet.write_string_with_format(row + 1, c, clean(lower), &styles.lower)?;
            return Ok(());
        }
        let format = match cell {
            Cell::Mark(_, tone) => styles.tone(*tone),
            Cell::Time(_, next_day) => styles.time(*next_day),
            Cell::Text(text) if looks_like_formula(text) => styles.guarded(column.look),
            _ => styles.cell(column.look),
        };
        if stacked {
            self.sheet.merge_range(row, c, row + 1, c, "", format)?;
        }
        self.value(row, c, cell, column.look, format)
    }

    fn value(
        &mut self,
        row: RowNum,
        c: ColNum,
        cell: &Cell<'_>,
        look: Look,
        format: &Format,
    ) -> Result<(), XlsxError> {
        match cell {
            Cell::Blank => {
                self.sheet.write_blank(row, c, format)?;
            }
            Cell::Text(text) | Cell::Mark(text, _) | Cell::Pair(text, _) => {
                self.sheet.write_string_with_format(row, c, clean(text), format)?;
            }
            Cell::Number(value) => {
                let number = stored(*value, look).to_f64().unwrap_or(f64::NAN);
                self.sheet.write_number_with_format(row, c, number, format)?;
            }
            Cell::Time(time, next_day) => {
                let seconds =
                    i32::from(time.hour()) * 3600 + i32::from(time.minute()) * 60 + i32::from(time.second());
                let days = f64::from(seconds) / 86_400.0 + if *next_day { 1.0 } else { 0.0 };
                self.sheet.write_number_with_format(row, c, days, format)?;
            }
            Cell::Live(formula, value) => {
                let at = Place { row, col: c, first_row: self.first_row, last_row: self.last_row };
                let result = stored(*value, look).normalize().to_string();
                let formula = Formula::new(formula.text(at)).set_result(result);
                self.sheet.write_formula_with_format(row, c, formula, format)?;
            }
        }
        Ok(())
    }

    fn total(&mut self, row: RowNum, total: &TotalRow, columns: &[Column]) -> Result<(), XlsxError> {
        let styles = self.styles;
        let last = col(total.label_columns - 1);
        if last == 0 {
            self.sheet.write_string_with_format(row, 0, &total.label, &styles.total_label)?;
        } else {
            self.sheet.merge_range(row, 0, row, last, &total.label, &styles.total_label)?;
        }
        let cells = total.cells.iter().zip(&columns[total.label_columns..]);
        for (i, (cell, column)) in cells.enumerate() {
            // A total of codes or times is a count.
            let look = match column.look {
                Look::Mark | Look::Time => Look::Count,
                other => other,
            };
            self.value(row, col(total.label_columns + i), cell, look, styles.total(look))?;
        }
        Ok(())
    }
}

/// The number as the sheet stores it: percent as a fraction.
fn stored(value: Decimal, look: Look) -> Decimal {
    match look {
        Look::Percent => value / Decimal::ONE_HUNDRED,
        _ => value,
    }
}

fn check_length(cell: &Cell<'_>, column: &Column, row: usize) -> Result<(), PrintError> {
    let texts: [&str; 2] = match cell {
        Cell::Text(text) | Cell::Mark(text, _) => [text, ""],
        Cell::Pair(upper, lower) => [upper, lower],
        _ => return Ok(()),
    };
    for text in texts.into_iter().filter(|t| t.len() > CELL_CHARS) {
        // Excel counts UTF-16 units.
        let length = text.encode_utf16().count();
        if length > CELL_CHARS {
            return Err(PrintError::TextTooLong { column: column.plain.clone(), row, length });
        }
    }
    Ok(())
}

/// Height of a record: its longest wrapped text, and the NIP below a name.
fn record_points(cells: &[Cell<'_>], columns: &[Column]) -> f64 {
    let lines = cells.iter().zip(columns).map(|(cell, column)| match cell {
        Cell::Text(text) if column.look == Look::Left => wrapped_lines(text, column.width, false),
        Cell::Pair(upper, _) => wrapped_lines(upper, column.width, true) + 1,
        _ => 1,
    });
    // Excel's limit is 409 points.
    (lines.max().unwrap_or(1) as f64 * LINE + 2.5).min(400.0)
}
