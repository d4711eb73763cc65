//! Kop, title and the heading rows.

use rust_xlsxwriter::{Format, RowNum, Worksheet, XlsxError};

use super::{Heights, Rows, col, styles::Styles};
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
    let mut line = |sheet: &mut Worksheet,
                    text: &str,
                    format: &Format,
                    points: f64|
     -> Result<(), XlsxError> {
        sheet.merge_range(row, 0, row, col(last), &clean(text), format)?;
        heights.set(sheet, row, points)?;
        row += 1;
        Ok(())
    };
    let kop = &frame.letterhead;
    line(sheet, &kop.pemda.to_uppercase(), &styles.kop, 21.0)?;
    line(sheet, &kop.opd.to_uppercase(), &styles.kop, 21.0)?;
    for address in &kop.address {
        line(sheet, address, &styles.kop_address, 14.0)?;
    }
    line(sheet, &table.title, &styles.title, 24.0)?;
    line(sheet, &table.subtitle, &styles.subtitle, 15.0)?;
    if frame.basis.lock == LockState::Draft {
        let draft = frame.lang.pick(
            "SEMENTARA: bulan ini belum dikunci",
            "DRAFT: this month is not locked yet",
        );
        line(sheet, draft, &styles.draft, 15.0)?;
    }
    headings(sheet, table, styles, row)?;
    heights.set(sheet, row, 16.0)?;
    heights.set(sheet, row + 1, second_row_points(table))?;
    heights.set(sheet, row + 2, 11.0)?;
    Ok(Rows {
        start: row,
        end: row + 3,
    })
}

fn headings(
    sheet: &mut Worksheet,
    table: &Table<'_>,
    styles: &Styles,
    row: RowNum,
) -> Result<(), XlsxError> {
    let columns = &table.columns;
    let mut start = 0;
    while start < columns.len() {
        let group = &columns[start].group;
        let run = columns[start..]
            .iter()
            .take_while(|c| c.group == *group)
            .count();
        match group {
            None => {
                for (i, column) in columns.iter().enumerate().skip(start).take(run) {
                    sheet.merge_range(
                        row,
                        col(i),
                        row + 1,
                        col(i),
                        &clean(&column.heading),
                        &styles.heading,
                    )?;
                }
            }
            Some(text) => {
                let (first, last) = (col(start), col(start + run - 1));
                if run > 1 {
                    sheet.merge_range(row, first, row, last, &clean(text), &styles.heading)?;
                } else {
                    sheet.write_string_with_format(row, first, clean(text), &styles.heading)?;
                }
                for (i, column) in columns.iter().enumerate().skip(start).take(run) {
                    let format = if column.grey {
                        &styles.heading_grey
                    } else {
                        &styles.heading
                    };
                    sheet.write_string_with_format(
                        row + 1,
                        col(i),
                        clean(&column.heading),
                        format,
                    )?;
                }
            }
        }
        start += run;
    }
    for (i, column) in columns.iter().enumerate() {
        match column.number.parse::<u16>() {
            Ok(number) => {
                sheet.write_number_with_format(row + 2, col(i), number, &styles.number_row)?;
            }
            Err(_) => {
                sheet.write_string_with_format(
                    row + 2,
                    col(i),
                    &column.number,
                    &styles.number_row,
                )?;
            }
        }
    }
    Ok(())
}

/// High enough for the heading with the most lines; headings outside a group also have the row above.
fn second_row_points(table: &Table<'_>) -> f64 {
    let points = |(heading, width, above): (&str, f64, f64)| {
        let lines: usize = heading.lines().map(|line| wrapped_lines(line, width)).sum();
        lines as f64 * 12.5 + 3.0 - above
    };
    let headings = table.columns.iter().map(|c| {
        points((
            &c.heading,
            c.width,
            if c.group.is_some() { 0.0 } else { 16.0 },
        ))
    });
    headings.fold(16.0, f64::max)
}

/// How many lines a text takes when wrapped at words into a column of 9 point type.
pub(super) fn wrapped_lines(text: &str, width: f64) -> usize {
    // Nine point letters are 9/11 of the default font that the width counts in; capitals are wider.
    let room = (width * 1.12).max(1.0) as usize;
    let (mut lines, mut used) = (1, 0);
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if used > 0 && used + 1 + length > room {
            lines += 1;
            used = 0;
        }
        used += length + usize::from(used > 0);
        while used > room {
            lines += 1;
            used -= room;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_take_more_lines() {
        assert_eq!(wrapped_lines("", 20.0), 1);
        assert_eq!(wrapped_lines("Siti Aminah", 20.0), 1);
        assert_eq!(
            wrapped_lines("Dra. Hj. Siti Aminah Rahmawati, M.Pd.", 20.0),
            2
        );
        assert_eq!(wrapped_lines(&"x".repeat(50), 20.0), 3);
    }
}
