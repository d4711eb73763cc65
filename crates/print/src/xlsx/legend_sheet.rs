//! Sheet "Keterangan": every code and what it means.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::{page, row as sheet_row, styles::Styles};
use crate::{
    clean::clean,
    frame::Frame,
    legend::{LegendEntry, standard_legend},
};

/// Writes the sheet. Codes of the frame's own legend replace standard ones.
pub(super) fn write(sheet: &mut Worksheet, frame: &Frame, styles: &Styles) -> Result<(), XlsxError> {
    let lang = frame.lang;
    sheet.set_name(lang.pick("Keterangan", "Legend"))?;
    page::paper(sheet, frame);
    for (column, width) in [(0, 12.0), (1, 60.0), (2, 20.0)] {
        sheet.set_column_width(column, width)?;
    }
    sheet.write_string_with_format(
        0,
        0,
        lang.pick("Keterangan kode", "Meaning of the codes"),
        &styles.section,
    )?;
    let headings = [
        lang.pick("Kode", "Code"),
        lang.pick("Arti", "Meaning"),
        lang.pick("Dihitung pada kolom", "Counted in"),
    ];
    for (column, heading) in (0..).zip(headings) {
        sheet.write_string_with_format(2, column, heading, &styles.heading)?;
    }
    for (i, entry) in entries(frame).iter().enumerate() {
        let row = 3 + sheet_row(i);
        sheet.write_string_with_format(row, 0, clean(&entry.code), &styles.label)?;
        sheet.write_string_with_format(row, 1, clean(&entry.meaning), &styles.plain)?;
        sheet.write_string_with_format(row, 2, clean(&entry.counts_as), &styles.plain)?;
    }
    sheet.set_freeze_panes(3, 0)?;
    sheet.set_repeat_rows(2, 2)?;
    Ok(())
}

fn entries(frame: &Frame) -> Vec<LegendEntry> {
    let mut all = standard_legend(frame.lang);
    for own in &frame.extra_legend {
        match all.iter_mut().find(|known| known.code.eq_ignore_ascii_case(&own.code)) {
            Some(known) => *known = own.clone(),
            None => all.push(own.clone()),
        }
    }
    all
}
