//! What the codes mean (sheet "Keterangan").

use domain::{lang::Lang, status};

use crate::day_mark::MarkColumn;

/// One code and its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegendEntry {
    /// The code as printed.
    pub code: String,
    /// Its meaning.
    pub meaning: String,
    /// The column it counts in: `H`, `TK`, …; empty when in none.
    pub counts_as: String,
}

/// The codes of judged days that come from no document, with the column each is counted in.
/// Three letters at most: a date column of a sheet that fits on F4 is that narrow.
pub(crate) const DAY_CODES: [(&str, &str, &str, MarkColumn); 15] = [
    ("H", "Hadir", "Present", MarkColumn::Present),
    ("TL", "Terlambat (hadir)", "Late (present)", MarkColumn::Present),
    ("PSW", "Pulang sebelum waktu (hadir)", "Left early (present)", MarkColumn::Present),
    (
        "TLP",
        "Terlambat dan pulang sebelum waktu (hadir)",
        "Late and left early (present)",
        MarkColumn::Present,
    ),
    ("TAM", "Tidak absen masuk (hadir)", "Check-in missing (present)", MarkColumn::Present),
    ("TAP", "Tidak absen pulang (hadir)", "Check-out missing (present)", MarkColumn::Present),
    (
        "TLA",
        "Terlambat, tidak absen pulang (hadir)",
        "Late, check-out missing (present)",
        MarkColumn::Present,
    ),
    (
        "TMP",
        "Tidak absen masuk, pulang sebelum waktu (hadir)",
        "Check-in missing, left early (present)",
        MarkColumn::Present,
    ),
    ("SH", "Setengah hari (hadir)", "Half a day (present)", MarkColumn::Present),
    ("TK", "Tanpa keterangan", "Absent without notice", MarkColumn::Absent),
    ("L", "Libur atau akhir pekan", "Holiday or weekend", MarkColumn::Off),
    ("O", "Hari bebas menurut jadwal sif", "Free day of the roster", MarkColumn::Off),
    ("LN", "Lepas jaga malam", "Off after a night shift", MarkColumn::Off),
    (
        "?",
        "Belum ada data; tidak dihitung sebagai tidak hadir",
        "No data yet; not counted as absent",
        MarkColumn::Pending,
    ),
    ("NA", "Tidak terjadwal", "Not scheduled", MarkColumn::Off),
];

/// The codes every workbook explains: judged days, then the status dictionary of the product.
pub fn standard_legend(lang: Lang) -> Vec<LegendEntry> {
    let days = DAY_CODES.iter().map(|(code, id, en, column)| LegendEntry {
        code: (*code).to_owned(),
        meaning: lang.pick(id, en).to_owned(),
        counts_as: column.heading(lang).to_owned(),
    });
    let statuses = status::dictionary().iter().map(|m| LegendEntry {
        code: m.code.to_owned(),
        meaning: lang.pick(m.id, m.en).to_owned(),
        counts_as: MarkColumn::of_status(m.code).heading(lang).to_owned(),
    });
    days.chain(statuses).collect()
}
