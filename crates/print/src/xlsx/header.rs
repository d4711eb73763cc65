//! Kop, title and the heading rows.

use rust_xlsxwriter::{Format, RowNum, Worksheet, XlsxError};

use super::{Heights, Rows, col, styles::Styles, text_width::wrapped_lines};
use crate::{
    clean::clean,
    frame::{Frame, LockState},
    table::Table,
};

/// Writes everything above the body. The answer spans the three heading rows (group, heading, number): the
/// rows that repeat on every page.
pub(super) fn write(
    sheet: &mut Worksheet,
    frame: &Frame,
    table: &Table<'_>,
    styles: &Styles,
    heights: &mut Heights,
) -> Result<Rows, XlsxError> {
    let last = table.columns.len() - 1;
    let mut row: RowNum = 0;
    let mut line =
        |sheet: &mut Worksheet, text: &str, format: &Format, points: f64| -> Result<(), XlsxError> {
            sheet.merge_range(row, 0, row, col(last), &clean(text), format)?;
            heights.set(sheet, row, points)?;
            row += 1;
            Ok(())
        };
    let kop = &frame.letterhead;
    line(sheet, &kop.pemda.to_uppercase(), &styles.kop, 21.0)?;
    line(sheet, &kop.opd.to_uppercase(), &styles.kop, 21.0)?;
    let lines = kop.address.len();
    for (i, address) in kop.address.iter().enumerate() {
        let format = if i + 1 == lines { &styles.kop_last } else { &styles.kop_address };
        line(sheet, address, format, 14.0)?;
    }
    line(sheet, &table.title, &styles.title, 24.0)?;
    line(sheet, &table.subtitle, &styles.subtitle, 15.0)?;
    if frame.basis.lock == LockState::Draft {
        let draft =
            frame.lang.pick("SEMENTARA: bulan ini belum dikunci", "DRAFT: this month is not locked yet");
        line(sheet, draft, &styles.draft, 15.0)?;
    }
    headings(sheet, table, styles, row)?;
    heights.set(sheet, row, 16.0)?;
    heights.set(sheet, row + 1, second_row_points(table))?;
    heights.set(sheet, row + 2, 11.0)?;
    Ok(Rows { start: row, end: row + 3 })
}

/// Row by row, because a sheet in low memory mode takes no cell above the current row.
fn headings(sheet: &mut Worksheet, table: &Table<'_>, styles: &Styles, row: RowNum) -> Result<(), XlsxError> {
    let columns = &table.columns;
    let mut start = 0;
    while start < columns.len() {
        let column = &columns[start];
        let Some(group) = &column.group else {
            let c = col(start);
            sheet.merge_range(row, c, row + 1, c, &clean(&column.heading), &styles.heading)?;
            start += 1;
            continue;
        };
        let run = columns[start..].iter().take_while(|c| c.group == column.group).count();
        if run > 1 {
            let (first, last) = (col(start), col(start + run - 1));
            sheet.merge_range(row, first, row, last, &clean(group), &styles.heading)?;
        } else {
            sheet.write_string_with_format(row, col(start), clean(group), &styles.heading)?;
        }
        start += run;
    }
    for (i, column) in columns.iter().enumerate().filter(|(_, c)| c.group.is_some()) {
        let format = if column.grey { &styles.heading_grey } else { &styles.heading };
        sheet.write_string_with_format(row + 1, col(i), clean(&column.heading), format)?;
    }
    for (i, column) in columns.iter().enumerate() {
        match column.number.parse::<u16>() {
            Ok(number) => sheet.write_number_with_format(row + 2, col(i), number, &styles.number_row)?,
            Err(_) => sheet.write_string_with_format(row + 2, col(i), &column.number, &styles.number_row)?,
        };
    }
    Ok(())
}

/// High enough for the heading with the most lines; headings outside a group also have the row above.
fn second_row_points(table: &Table<'_>) -> f64 {
    let points = |(heading, width, above): (&str, f64, f64)| {
        let lines: usize = heading.lines().map(|line| wrapped_lines(line, width, true)).sum();
        lines as f64 * 12.5 + 3.0 - above
    };
    let headings = table
        .columns
        .iter()
        .map(|c| points((&c.heading, c.width, if c.group.is_some() { 0.0 } else { 16.0 })));
    headings.fold(16.0, f64::max)
}
