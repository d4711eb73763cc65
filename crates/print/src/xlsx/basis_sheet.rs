//! Sheet "Dasar": which rule, which lock, which hash, who and when.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::{page, row as sheet_row, styles::Styles};
use crate::{
    clean::clean,
    frame::{Frame, LockState},
    table::Table,
};

/// Writes the sheet.
pub(super) fn write(
    sheet: &mut Worksheet,
    frame: &Frame,
    table: &Table<'_>,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let lang = frame.lang;
    sheet.set_name(lang.pick("Dasar", "Basis"))?;
    page::paper(sheet, frame);
    sheet.set_column_width(0, 30.0)?;
    sheet.set_column_width(1, 85.0)?;
    sheet.write_string_with_format(
        0,
        0,
        lang.pick("Dasar perhitungan", "What the figures rest on"),
        &styles.section,
    )?;
    for (i, (label, text)) in lines(frame, table).iter().enumerate() {
        let row = 2 + sheet_row(i);
        sheet.write_string_with_format(row, 0, clean(label), &styles.label)?;
        sheet.write_string_with_format(row, 1, clean(text), &styles.plain)?;
    }
    Ok(())
}

fn lines(frame: &Frame, table: &Table<'_>) -> Vec<(String, String)> {
    let lang = frame.lang;
    let basis = &frame.basis;
    let mut lines: Vec<(String, String)> = Vec::new();
    let mut add = |id: &str, en: &str, text: String| {
        let text = if text.is_empty() { "—".to_owned() } else { text };
        lines.push((lang.pick(id, en).to_owned(), text));
    };
    add("Dokumen", "Document", table.title.clone());
    add("Lingkup", "Scope", table.subtitle.clone());
    add("Aturan", "Policy", basis.policy_id.clone());
    add("Versi aturan", "Policy version", basis.policy_version.clone());
    add("Dasar hukum", "Legal basis", basis.legal_basis.clone());
    match &basis.lock {
        LockState::Draft => {
            let open = lang.pick(
                "Sementara, belum dikunci; angka dapat berubah",
                "Draft, not locked; figures may change",
            );
            add("Status rekap", "State", open.to_owned());
        }
        LockState::Locked { version, at, by } => {
            add("Status rekap", "State", format!("{} v{version}", lang.pick("Terkunci", "Locked")));
            add("Dikunci pada", "Locked at", at.text(lang));
            add("Dikunci oleh", "Locked by", by.clone());
        }
    }
    add("Hash hasil", "Hash of the results", basis.hash.clone());
    add("Dicetak oleh", "Printed by", basis.printed_by.clone());
    add("Dicetak pada", "Printed at", basis.printed_at.text(lang));
    add("Versi aplikasi", "Program version", format!("Hadir {}", basis.app_version));
    if table.without_formula > 0 {
        let id = format!(
            "{} sel berisi angka tanpa rumus: aturan khusus (batas, pembulatan) memberi nilai lain daripada rumus kolomnya",
            table.without_formula
        );
        let en = format!(
            "{} cells hold a number without formula: a special rule (cap, rounding) gives another value than the column's formula",
            table.without_formula
        );
        add("Catatan rumus", "Note on formulas", lang.pick(&id, &en).to_owned());
    }
    lines.extend(basis.more.iter().cloned());
    lines
}
