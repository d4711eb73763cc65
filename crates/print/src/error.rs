//! What can go wrong while a table is printed.

use domain::lang::Lang;

/// A table that cannot be printed. `Display` is the internal message; [`PrintError::public`] is for the person who asked.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// A row has more or fewer values than the table has columns.
    #[error("row {row} ({name}) has {got} {what}, the table has {expected}")]
    RowLength {
        /// Row number as printed, from 1.
        row: usize,
        /// Name in that row.
        name: String,
        /// What was counted, for example `days`.
        what: &'static str,
        /// Number expected.
        expected: usize,
        /// Number found.
        got: usize,
    },
    /// One code is counted in two columns, so a count by code would be wrong (`TL` as terlambat and as tugas luar).
    #[error("code '{code}' is counted both in {first} and in {second}; rename one of them")]
    AmbiguousCode {
        /// The code.
        code: String,
        /// First column.
        first: &'static str,
        /// Other column.
        second: &'static str,
    },
    /// A code that `COUNTIF` would read as a pattern or comparison.
    #[error("code '{0}' cannot be counted; use 1 to 12 letters, digits and '/'")]
    BadCode(String),
    /// A formula names a column that does not exist or holds no number, or stands in its own way.
    #[error(
        "the formula of column {column} refers to column {refers_to}, which is not a column of numbers before it"
    )]
    BadReference {
        /// Printed number of the column with the formula.
        column: usize,
        /// Printed number it refers to.
        refers_to: usize,
    },
    /// A text longer than a cell holds (32,767 characters).
    #[error("the text in '{column}' of row {row} has {length} characters; a cell holds 32767")]
    TextTooLong {
        /// Heading of the column.
        column: String,
        /// Row number as printed, from 1; 0 outside the table.
        row: usize,
        /// Number of characters.
        length: usize,
    },
    /// More rows than a sheet holds.
    #[error("{rows} rows do not fit on a sheet; export by OPD")]
    TooManyRows {
        /// Number of rows.
        rows: usize,
    },
    /// The workbook writer failed.
    #[error("the workbook could not be written: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
}

impl PrintError {
    /// What the person who asked for the file is told.
    pub fn public(&self, lang: Lang) -> String {
        match (self, lang) {
            (PrintError::RowLength { row, name, .. }, Lang::Id) => {
                format!(
                    "Baris {row} ({name}) tidak sesuai dengan jumlah kolom tabel. Hitung ulang rekap, lalu unduh lagi."
                )
            }
            (PrintError::AmbiguousCode { code, .. }, Lang::Id) => {
                format!("Kode {code} dipakai untuk dua arti. Ubah salah satunya di kamus kode.")
            }
            (PrintError::BadCode(code), Lang::Id) => {
                format!("Kode '{code}' tidak dapat dihitung. Pakai 1-12 huruf, angka, atau garis miring.")
            }
            (PrintError::BadReference { column, refers_to }, Lang::Id) => {
                format!(
                    "Rumus kolom {column} menunjuk kolom {refers_to} yang bukan kolom angka sebelumnya. Periksa aturan TPP."
                )
            }
            (PrintError::TextTooLong { column, row, .. }, Lang::Id) => {
                format!("Teks pada kolom '{column}' baris {row} terlalu panjang untuk satu sel Excel.")
            }
            (PrintError::TooManyRows { rows }, Lang::Id) => {
                format!("{rows} baris tidak muat dalam satu lembar. Unduh per OPD.")
            }
            (PrintError::Workbook(_), Lang::Id) => {
                "Berkas Excel gagal dibuat. Kesalahan ada di sistem kami, bukan pada data Anda.".to_owned()
            }
            (PrintError::Workbook(_), Lang::En) => {
                "The Excel file could not be made. The fault is ours, not in your data.".to_owned()
            }
            (other, Lang::En) => other.to_string(),
        }
    }
}
