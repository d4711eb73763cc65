//! Paper: F4 landscape, one page wide, headings on every page, the signature never alone and never split.
//!
//! F4 (215 x 330 mm) is Excel's paper number 14, "Folio" (8,5 x 13 inch = 215,9 x 330,2 mm). A printer driver that does
//! not know Folio falls back to its own paper; as the sheet is fitted to one page wide, Legal (8,5 x 14 inch) then prints
//! the same page with a wider lower margin, and A4 prints it smaller.

use rust_xlsxwriter::{RowNum, Worksheet, XlsxError};

use super::{Heights, Rows, col};
use crate::{
    clean::clean,
    frame::{Frame, LockState},
    table::Table,
};

/// Excel's number for Folio, which is F4.
const FOLIO: u8 = 14;
/// Folio, in millimetres.
const SHORT_MM: f64 = 215.9;
const LONG_MM: f64 = 330.2;
/// Margins in inches.
const SIDE: f64 = 0.4;
const TOP: f64 = 0.45;
const BOTTOM: f64 = 0.6;
const HEADER: f64 = 0.25;
const FOOTER: f64 = 0.3;
const MM_PER_INCH: f64 = 25.4;
const MM_PER_POINT: f64 = 25.4 / 72.0;
/// Printers and fonts differ a little; a page is filled only so far by reckoning.
const FILL: f64 = 0.97;

/// Paper, repeated rows, freeze, header and footer, page breaks.
pub(super) fn set_up(
    sheet: &mut Worksheet,
    frame: &Frame,
    table: &Table<'_>,
    header: &Rows,
    body: &Rows,
    heights: &Heights,
) -> Result<(), XlsxError> {
    paper(sheet, frame);
    sheet.set_landscape();
    sheet.set_repeat_rows(header.start, header.end - 1)?;
    sheet.set_freeze_panes(header.end, table.frozen)?;
    sheet.set_print_area(0, 0, super::row(heights.0.len()) - 1, col(table.columns.len() - 1))?;
    sheet.set_page_breaks(&breaks(table, header, body, heights))?;
    Ok(())
}

/// Paper, margins, page numbers: the same for all sheets.
pub(super) fn paper(sheet: &mut Worksheet, frame: &Frame) {
    sheet.set_paper_size(FOLIO);
    sheet.set_margins(SIDE, SIDE, TOP, BOTTOM, HEADER, FOOTER);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_print_center_horizontally(true);
    sheet.set_footer(footer(frame));
}

fn footer(frame: &Frame) -> String {
    let lang = frame.lang;
    let basis = &frame.basis;
    let state = match &basis.lock {
        LockState::Draft => lang.pick("SEMENTARA", "DRAFT").to_owned(),
        LockState::Locked { version, .. } => {
            format!("{} v{version}", lang.pick("TERKUNCI", "LOCKED"))
        }
    };
    let short_hash: String = basis.hash.chars().filter(char::is_ascii_alphanumeric).take(12).collect();
    let printed = lang.pick("dicetak", "printed");
    let left = format!("{state} {short_hash}");
    let page = lang.pick("Halaman &P dari &N", "Page &P of &N");
    // "&&" prints one "&"; nothing here is longer than the 255 characters Excel takes.
    let at = clean(&basis.printed_at.text(lang)).replace('&', "&&");
    format!("&L&8{}&C&8{page}&R&8{printed} {at}", left.trim_end())
}

/// Width of a column in millimetres at 96 pixels to the inch.
pub(super) fn column_mm(characters: f64) -> f64 {
    (characters * 7.0 + 5.0) * MM_PER_INCH / 96.0
}

/// Rows before which a new page starts. All pages are broken by reckoning, because an error would add up; the
/// last record moves over with the signature, so that nobody signs an empty page.
fn breaks(table: &Table<'_>, header: &Rows, body: &Rows, heights: &Heights) -> Vec<RowNum> {
    let width: f64 = table.columns.iter().map(|c| column_mm(c.width)).sum();
    let scale = ((LONG_MM - 2.0 * SIDE * MM_PER_INCH) / width).min(1.0);
    let page_mm = (SHORT_MM - (TOP + BOTTOM) * MM_PER_INCH) * FILL / scale;
    let page = page_mm / MM_PER_POINT;
    let step: RowNum = if table.stacked { 2 } else { 1 };
    let repeated = heights.of(*header);
    let end = super::row(heights.0.len());
    let totals = super::row(table.totals.len());
    // The block that stays together: last record, totals, notes and signature.
    let last_record = (body.end - totals).saturating_sub(step).max(body.start);
    let closing = heights.of(Rows { start: last_record, end });

    let mut breaks = Vec::new();
    let mut used = heights.of(Rows { start: 0, end: header.end });
    let mut row = body.start;
    while row < last_record {
        let record = heights.of(Rows { start: row, end: (row + step).min(last_record) });
        if used + record > page {
            breaks.push(row);
            used = repeated;
        }
        used += record;
        row += step;
    }
    if used + closing > page && last_record > body.start && repeated + closing <= page {
        breaks.push(last_record);
    }
    breaks
}
