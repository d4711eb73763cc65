//! What is wrong with a line of the file, in a sentence, and what to do about it in another.

use domain::{golongan::Ladder, lang::Lang, nip::NumberError};

mod remedy;
mod sentence;

/// How much of the line is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The whole line is left out.
    Row,
    /// The line is taken without this one value.
    Value,
    /// Nothing is lost; somebody should look.
    Note,
}

/// A problem of one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The row of the file.
    pub row: u32,
    /// The heading of the column as the file writes it.
    pub column: String,
    /// What the cell holds.
    pub value: String,
    /// What is wrong.
    pub kind: ProblemKind,
}

/// What is wrong with a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// Not a NIP or NI PPPK.
    Number(NumberError),
    /// The superior's number is not a NIP or NI PPPK.
    SuperiorNumber(NumberError),
    /// The formula has no stored result.
    FormulaWithoutResult,
    /// An Excel error value such as `#N/A`.
    CellError,
    /// No name.
    NoName,
    /// Longer than 200 characters.
    TooLong,
    /// Not a kind of ASN.
    Kind,
    /// A PPPK with a NIP, or a PNS with a NI PPPK.
    KindAndNumber {
        /// The kind the file says.
        kind: &'static str,
        /// `NIP` or `NI PPPK`.
        number: &'static str,
    },
    /// Not a golongan of this ladder.
    Golongan(Ladder),
    /// Not a kind of jabatan.
    JabatanKind,
    /// Not an eselon.
    Eselon,
    /// Not a class 1 to 17.
    Class,
    /// Not an amount of rupiah.
    Tpp,
    /// Not a PIN: 1 to 24 letters or digits.
    Pin,
    /// The same number stands in an earlier row.
    DuplicateNumber {
        /// The earlier row.
        first: u32,
    },
    /// The same PIN stands in an earlier row.
    DuplicatePin {
        /// The earlier row.
        first: u32,
    },
    /// The PIN belongs to somebody who does not give it up in this file.
    PinTaken {
        /// That person.
        by: String,
    },
    /// No such unit, and new units are not to be made.
    UnknownUnit,
    /// No unit has this code.
    UnknownUnitCode,
    /// Several units have this name.
    AmbiguousUnit {
        /// How many.
        count: usize,
    },
    /// The line names no unit and the person has none yet.
    NoUnit,
    /// The superior is neither in the file nor in the application.
    UnknownSuperior,
    /// The superior is the person.
    OwnSuperior,
    /// The superiors form a ring.
    SuperiorRing {
        /// The names around the ring.
        names: Vec<String>,
    },
    /// No such schedule.
    UnknownSchedule,
    /// Control characters were removed from the text.
    Cleaned,
    /// The text starts like a formula and is kept as text.
    FormulaLikeText,
    /// The birth date column contradicts the number.
    BirthDateDiffers,
    /// The sex column contradicts the number.
    SexDiffers,
    /// The file says PPPK of somebody known as part-time PPPK.
    PartTimeKept,
    /// The person has left the service; the line is not imported.
    NotInService,
    /// The person is new under this number, but somebody of the same name and birth date is known under another.
    SamePersonOtherNumber {
        /// The number known.
        known: String,
    },
}

impl ProblemKind {
    /// How much of the line is lost.
    pub fn severity(&self) -> Severity {
        use ProblemKind as K;
        match self {
            K::Number(_)
            | K::NoName
            | K::TooLong
            | K::Kind
            | K::KindAndNumber { .. }
            | K::Golongan(_)
            | K::DuplicateNumber { .. }
            | K::DuplicatePin { .. }
            | K::PinTaken { .. }
            | K::UnknownUnit
            | K::UnknownUnitCode
            | K::AmbiguousUnit { .. }
            | K::NoUnit
            | K::FormulaWithoutResult
            | K::CellError
            | K::Class
            | K::Tpp
            | K::Pin
            | K::UnknownSchedule
            | K::JabatanKind
            | K::Eselon
            | K::SuperiorNumber(_) => Severity::Row,
            K::UnknownSuperior | K::OwnSuperior | K::SuperiorRing { .. } | K::PartTimeKept => Severity::Value,
            K::Cleaned
            | K::FormulaLikeText
            | K::BirthDateDiffers
            | K::SexDiffers
            | K::NotInService
            | K::SamePersonOtherNumber { .. } => Severity::Note,
        }
    }
}

impl Problem {
    /// How much of the line is lost.
    pub fn severity(&self) -> Severity {
        self.kind.severity()
    }

    /// `Baris 214, NIP BARU: NIP hanya 17 angka; seharusnya 18. Ubah …`
    pub fn line(&self, lang: Lang) -> String {
        format!(
            "{} {}, {}: {} {}",
            lang.pick("Baris", "Row"),
            self.row,
            self.column,
            self.sentence(lang),
            self.remedy(lang)
        )
    }
}
