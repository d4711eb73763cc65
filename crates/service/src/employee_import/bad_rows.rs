//! The workbook "Unduh baris salah": the refused rows as they stood in the file, with the reasons beside them.
//!
//! It has the same headings as the file, so that a corrected row can be imported from it at once. All cells are
//! written as text: nothing is ever turned into a number or a formula again.

use std::collections::HashMap;

use domain::lang::Lang;
use rust_xlsxwriter::{Format, FormatAlign, Workbook, XlsxError};

use super::{
    plan::Plan,
    problem::{Problem, Severity},
    sheet::{Cell, Row, Sheet},
};

/// Writes the workbook; `None` if no row is refused.
///
/// # Errors
/// When the workbook cannot be put together, which is a fault of ours.
pub fn workbook(sheet: &Sheet, plan: &Plan, lang: Lang) -> Result<Option<Vec<u8>>, XlsxError> {
    if plan.refused_rows.is_empty() {
        return Ok(None);
    }
    let mut reasons: HashMap<u32, Vec<&Problem>> = HashMap::new();
    for problem in plan.problems.iter().filter(|p| p.severity() == Severity::Row) {
        reasons.entry(problem.row).or_default().push(problem);
    }
    let mut book = Workbook::new();
    let page = book.add_worksheet_with_constant_memory()?;
    page.set_name(lang.pick("Baris salah", "Refused rows"))?;
    let head = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    let text = Format::new().set_num_format("@").set_align(FormatAlign::Top);
    let wrapped = Format::new().set_num_format("@").set_text_wrap().set_align(FormatAlign::Top);
    let red = wrapped.clone().set_background_color("#FDE9E7");

    let labels = [
        lang.pick("BARIS ASAL", "SOURCE ROW"),
        lang.pick("YANG SALAH", "WHAT IS WRONG"),
        lang.pick("CARA MEMPERBAIKI", "HOW TO REPAIR"),
    ];
    for ((column, label), width) in (0u16..).zip(labels).zip([8, 48, 48]) {
        page.set_column_width(column, width)?;
        page.write_string_with_format(0, column, label, &head)?;
    }
    for (column, label) in (3u16..).zip(sheet.headings.row()) {
        page.set_column_width(column, 20)?;
        page.write_string_with_format(0, column, label, &head)?;
    }
    page.set_freeze_panes(1, 0)?;
    let bad = sheet.rows.iter().filter(|row| reasons.contains_key(&row.number));
    for (line, row) in (1u32..).zip(bad) {
        let Some(problems) = reasons.get(&row.number) else { continue };
        let said = |say: &dyn Fn(&Problem) -> String| {
            let mut texts: Vec<String> = problems.iter().map(|p| say(p)).collect();
            texts.dedup();
            texts.join("\n")
        };
        page.write_string_with_format(line, 0, row.number.to_string(), &text)?;
        let wrong = said(&|p| format!("{}: {}", p.column, p.sentence(lang)));
        page.write_string_with_format(line, 1, wrong, &red)?;
        page.write_string_with_format(line, 2, said(&|p| p.remedy(lang)), &wrapped)?;
        for (column, cell) in cells(row, sheet) {
            page.write_string_with_format(line, column, cell, &text)?;
        }
    }
    book.save_to_buffer().map(Some)
}

/// The filled cells of a row behind the three columns of reasons, without the personal data that is never read.
fn cells<'a>(row: &'a Row, sheet: &'a Sheet) -> impl Iterator<Item = (u16, String)> + 'a {
    let private =
        |at: usize| sheet.headings.row().get(at).is_some_and(|label| sheet.headings.private.contains(label));
    let filled =
        row.cells.iter().enumerate().filter(move |(at, cell)| **cell != Cell::Empty && !private(*at));
    filled.filter_map(|(at, cell)| {
        // XML cannot hold most control characters at all.
        let text = cell.text().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        Some((u16::try_from(at + 3).ok()?, text))
    })
}
