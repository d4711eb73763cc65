//! Why a text is not an employee number, and what the person who typed or exported it should do.

use std::fmt;

use crate::lang::Lang;

/// A text that is not a valid NIP or NI PPPK.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NumberError {
    /// Nothing was given.
    Empty,
    /// Scientific notation: the spreadsheet has thrown digits away.
    Scientific {
        /// What was found.
        text: String,
    },
    /// The cell held a number, or its text shows that it once did (`….0`).
    SpreadsheetNumber {
        /// What was found.
        text: String,
    },
    /// The last three digits are 000: the running number starts at 001, and a spreadsheet rounds to exactly this.
    SequenceZero,
    /// Nine digits: the NIP used before Perka BKN 22/2007.
    OldNip,
    /// Fewer than 18 digits.
    TooShort {
        /// Digits found.
        count: usize,
    },
    /// More than 18 digits.
    TooLong {
        /// Digits found.
        count: usize,
    },
    /// A character that is neither a digit nor a separator.
    NotADigit {
        /// The character.
        found: char,
    },
    /// The first eight digits are no calendar date after 1900.
    BirthDate {
        /// The eight digits.
        digits: String,
    },
    /// Digits 13-14 are neither a month (NIP) nor 21-29 (NI PPPK).
    Marker {
        /// The two digits.
        digits: String,
    },
    /// Digits 13-14 are 20: a PPPK whose count of contracts is 0.
    ContractZero,
    /// The appointment is not later than the birth.
    AppointedBeforeBirth,
    /// Digit 15 is neither 1 nor 2.
    Sex {
        /// The digit.
        digit: char,
    },
}

impl NumberError {
    /// Whether a spreadsheet has most likely damaged the number, so that only the source list can repair it.
    pub fn is_spreadsheet_damage(&self) -> bool {
        matches!(
            self,
            NumberError::Scientific { .. }
                | NumberError::SpreadsheetNumber { .. }
                | NumberError::SequenceZero
                | NumberError::TooShort { count: 15..=17 }
        )
    }

    /// What is wrong, as one sentence.
    pub fn sentence(&self, lang: Lang) -> String {
        let (id, en) = match self {
            NumberError::Empty => ("NIP kosong.".to_owned(), "The NIP is empty.".to_owned()),
            NumberError::Scientific { text } => (
                format!("NIP tertulis sebagai bilangan ilmiah ({text}); angka belakangnya sudah hilang."),
                format!("The NIP is in scientific notation ({text}); its last digits are lost."),
            ),
            NumberError::SpreadsheetNumber { text } => (
                format!("NIP tersimpan sebagai bilangan ({text}), bukan teks; Excel hanya menyimpan 15 angka."),
                format!("The NIP is stored as a number ({text}), not as text; Excel keeps only 15 digits."),
            ),
            NumberError::SequenceZero => (
                "Tiga angka terakhir NIP 000; nomor urut mulai dari 001. Kemungkinan Excel membulatkannya.".to_owned(),
                "The last three digits of the NIP are 000; the running number starts at 001. Excel has probably rounded it."
                    .to_owned(),
            ),
            NumberError::OldNip => (
                "Ini NIP lama (9 angka) yang sudah tidak berlaku.".to_owned(),
                "This is an old NIP (9 digits), no longer in use.".to_owned(),
            ),
            NumberError::TooShort { count } => (
                format!("NIP hanya {count} angka; seharusnya 18."),
                format!("The NIP has only {count} digits; it must have 18."),
            ),
            NumberError::TooLong { count } => (
                format!("NIP {count} angka; seharusnya 18."),
                format!("The NIP has {count} digits; it must have 18."),
            ),
            NumberError::NotADigit { found } => {
                let shown = found.escape_debug();
                (
                    format!("NIP memuat '{shown}', padahal hanya boleh angka."),
                    format!("The NIP contains '{shown}'; only digits are allowed."),
                )
            }
            NumberError::BirthDate { digits } => (
                format!("Angka 1-8 NIP ({digits}) bukan tanggal lahir yang ada di kalender."),
                format!("Digits 1-8 of the NIP ({digits}) are not a birth date of the calendar."),
            ),
            NumberError::Marker { digits } => (
                format!("Angka 13-14 ({digits}) bukan bulan 01-12 (NIP) dan bukan 21-29 (NI PPPK)."),
                format!("Digits 13-14 ({digits}) are neither a month 01-12 (NIP) nor 21-29 (NI PPPK)."),
            ),
            NumberError::ContractZero => (
                "Angka 14 NI PPPK 0; hitungan kontrak mulai dari 1.".to_owned(),
                "Digit 14 of the NI PPPK is 0; contracts are counted from 1.".to_owned(),
            ),
            NumberError::AppointedBeforeBirth => (
                "Pengangkatan dalam NIP tidak sesudah tanggal lahir.".to_owned(),
                "The appointment in the NIP is not after the birth date.".to_owned(),
            ),
            NumberError::Sex { digit } => (
                format!("Angka 15 NIP {digit}; seharusnya 1 (laki-laki) atau 2 (perempuan)."),
                format!("Digit 15 of the NIP is {digit}; it must be 1 (male) or 2 (female)."),
            ),
        };
        lang.pick(&id, &en).to_owned()
    }

    /// What to do about it, as one sentence.
    pub fn remedy(&self, lang: Lang) -> &'static str {
        if self.is_spreadsheet_damage() {
            return lang.pick(
                "Kemungkinan Excel mengubahnya. Ubah dahulu format kolom NIP menjadi Teks, lalu salin ulang NIP dari SIASN; mengubah format saja tidak mengembalikan angka yang hilang.",
                "Excel has probably changed it. Set the format of the NIP column to Text first, then copy the NIP again from SIASN; changing the format alone does not bring lost digits back.",
            );
        }
        match self {
            NumberError::Empty => {
                lang.pick("Isi NIP 18 angka dari SIASN.", "Fill in the 18-digit NIP from SIASN.")
            }
            NumberError::OldNip => {
                lang.pick("Pakai NIP baru 18 angka dari SIASN.", "Use the new 18-digit NIP from SIASN.")
            }
            _ => lang.pick(
                "Cocokkan dengan SK pengangkatan atau SIASN, lalu perbaiki.",
                "Compare it with the letter of appointment or SIASN and correct it.",
            ),
        }
    }
}

/// Sentence and remedy in English, for the command line.
impl fmt::Display for NumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.sentence(Lang::En), self.remedy(Lang::En))
    }
}

impl std::error::Error for NumberError {}
