//! Why a whole file cannot be read.

use std::fmt;

use domain::lang::Lang;

/// A file that cannot be read as a list of employees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileError {
    /// No row of data.
    Empty,
    /// More bytes than [`super::MAX_BYTES`] or more rows than [`super::MAX_ROWS`].
    TooLarge,
    /// Broken or cut off while it was sent.
    Damaged {
        /// What the reader stumbled over; for the log.
        detail: String,
    },
    /// An `.xls` of Excel 97-2003 or a workbook with a passphrase.
    OldOrEncrypted,
    /// Neither a workbook nor text.
    NotATable,
    /// None of the first ten rows has the headings NIP and NAMA.
    NoHeadings {
        /// The cells of the row that looked most like headings.
        seen: Vec<String>,
    },
}

impl FileError {
    /// What is wrong and what to do.
    pub fn sentence(&self, lang: Lang) -> String {
        let fixed = |id: &str, en: &str| lang.pick(id, en).to_owned();
        match self {
            FileError::Empty => fixed(
                "Berkas tidak memuat satu baris pun data pegawai. Periksa apakah berkas yang benar yang dipilih.",
                "The file holds no row of employees. Check that the right file was chosen.",
            ),
            FileError::TooLarge => fixed(
                "Berkas lebih dari 64 MB atau 200.000 baris. Bagi menjadi beberapa berkas, misalnya satu per OPD.",
                "The file has more than 64 MB or 200,000 rows. Split it, for example into one file per OPD.",
            ),
            FileError::Damaged { .. } => fixed(
                "Berkas rusak atau terpotong saat dikirim. Buka di Excel, simpan lagi sebagai .xlsx, lalu unggah ulang. Tidak ada data yang berubah.",
                "The file is damaged or was cut off on the way. Open it in Excel, save it again as .xlsx and upload it again. No data was changed.",
            ),
            FileError::OldOrEncrypted => fixed(
                "Berkas ini .xls lama atau dikunci kata sandi. Buka di Excel, lalu Simpan Sebagai .xlsx tanpa kata sandi.",
                "This is an old .xls or a workbook with a passphrase. Open it in Excel and save it as .xlsx without a passphrase.",
            ),
            FileError::NotATable => fixed(
                "Berkas ini bukan XLSX dan bukan CSV. Ekspor daftar pegawai dari SIASN sebagai Excel.",
                "This is neither XLSX nor CSV. Export the list of employees from SIASN as Excel.",
            ),
            FileError::NoHeadings { seen } => {
                let seen = seen.join(", ");
                match lang {
                    Lang::Id => format!(
                        "Judul kolom tidak ditemukan. Salah satu dari 10 baris pertama harus memuat judul \"NIP\" (atau \"NIP BARU\") dan \"NAMA\". Yang terbaca: {seen}."
                    ),
                    Lang::En => format!(
                        "No column headings found. One of the first 10 rows must hold the headings \"NIP\" (or \"NIP BARU\") and \"NAMA\". Found: {seen}."
                    ),
                }
            }
        }
    }
}

/// The sentence in English.
impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence(Lang::En))
    }
}

impl std::error::Error for FileError {}
