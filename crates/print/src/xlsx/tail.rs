//! Below the table: notes on the left, the signature block on the right.

use rust_xlsxwriter::{Format, RowNum, Worksheet, XlsxError};

use super::{Heights, col, page, styles::Styles};
use crate::{
    clean::clean,
    frame::{Frame, Signature},
    table::Table,
};

/// Height of a line.
const LINE: f64 = 13.5;
/// Width of the signature block in millimetres.
const SIGNATURE_MM: f64 = 75.0;

/// Writes notes and signature from `start` on.
pub(super) fn write(
    sheet: &mut Worksheet,
    frame: &Frame,
    table: &Table<'_>,
    styles: &Styles,
    start: RowNum,
    heights: &mut Heights,
) -> Result<(), XlsxError> {
    let last = table.columns.len() - 1;
    let split = first_of_last_columns(table, SIGNATURE_MM);
    let lines = frame.signature.as_ref().map(signature_lines).unwrap_or_default();
    let count = lines.len().max(table.notes.len());
    heights.set(sheet, start, 8.0)?;
    for i in 0..count {
        let row = start + 1 + super::row(i);
        heights.set(sheet, row, LINE)?;
        if let Some(note) = table.notes.get(i) {
            write_over(sheet, row, 0, split.saturating_sub(1), &clean(note), &styles.note)?;
        }
        if let Some((kind, text)) = lines.get(i) {
            let format = match kind {
                Line::Name => &styles.signature_name,
                Line::Plain => &styles.signature,
            };
            write_over(sheet, row, split, last, &clean(text), format)?;
        }
    }
    Ok(())
}

#[derive(Debug, Clone, Copy)]
enum Line {
    Plain,
    Name,
}

fn signature_lines(by: &Signature) -> Vec<(Line, String)> {
    let mut lines = vec![(Line::Plain, by.place_date.clone())];
    lines.extend(by.title.lines().map(|title| (Line::Plain, title.to_owned())));
    lines.extend(std::iter::repeat_n((Line::Plain, String::new()), 4));
    lines.push((Line::Name, by.name.clone()));
    if !by.rank.is_empty() {
        lines.push((Line::Plain, by.rank.clone()));
    }
    if !by.nip.is_empty() {
        lines.push((Line::Plain, format!("NIP {}", by.nip)));
    }
    lines
}

/// The first of the rightmost columns that together are at least `mm` wide.
fn first_of_last_columns(table: &Table<'_>, mm: f64) -> usize {
    let mut width = 0.0;
    for (i, column) in table.columns.iter().enumerate().rev() {
        width += page::column_mm(column.width);
        if width >= mm {
            return i.max(1);
        }
    }
    1
}

fn write_over(
    sheet: &mut Worksheet,
    row: RowNum,
    first: usize,
    last: usize,
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    if first == last {
        sheet.write_string_with_format(row, col(first), text, format)?;
    } else {
        sheet.merge_range(row, col(first), row, col(last), text, format)?;
    }
    Ok(())
}
