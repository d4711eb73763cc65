//! The numbers of ASN: NIP (PNS and CPNS) and NI PPPK, 18 digits each.
//!
//! There is no check digit in either number, so a mistake is found by the parts: the birth date, the month or
//! year of appointment, the sex and the running number. A number may change during service (a PPPK who signs
//! with another government gets a new one), so it identifies a person only together with a date and is never a key.

use std::{fmt, str::FromStr};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{employment::EmploymentKind, month::Month};

mod error;
mod read;
#[cfg(test)]
mod tests;

pub use error::NumberError;

/// The sex written into an employee number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Digit 1.
    Male,
    /// Digit 2.
    Female,
}

/// Eighteen checked ASCII digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Digits([u8; 18]);

impl Digits {
    fn as_str(&self) -> &str {
        // Only ASCII digits are ever stored, so the fallback is never taken.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The number formed by the digits of `range`.
    fn number(&self, range: std::ops::Range<usize>) -> i16 {
        self.0[range].iter().fold(0, |n, digit| n * 10 + i16::from(digit - b'0'))
    }

    fn date(&self) -> Option<Date> {
        let month = i8::try_from(self.number(4..6)).ok()?;
        let day = i8::try_from(self.number(6..8)).ok()?;
        Date::new(self.number(0..4), month, day).ok()
    }
}

/// A NIP: birth date, month of appointment as CPNS, sex, running number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Nip {
    digits: Digits,
    birth: Date,
    appointed: Month,
}

impl Nip {
    /// The month of appointment as CPNS (TMT CPNS).
    pub fn appointed(&self) -> Month {
        self.appointed
    }
}

/// A NI PPPK: birth date, year of first appointment, code 2, count of contracts, sex, running number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NiPppk {
    digits: Digits,
    birth: Date,
}

impl NiPppk {
    /// The year of first appointment.
    pub fn appointed_year(&self) -> i16 {
        self.digits.number(8..12)
    }

    /// Which contract with this government it is: 1 to 9.
    pub fn contract(&self) -> u8 {
        self.digits.0[13] - b'0'
    }
}

/// A valid number of an ASN. Compare and store it by its 18 bare digits, [`EmployeeNumber::as_str`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EmployeeNumber {
    /// Of a PNS or CPNS; which of the two is a dated fact that the number does not hold.
    Nip(Nip),
    /// Of a PPPK; whether part-time is a dated fact that the number does not hold.
    NiPppk(NiPppk),
}

impl EmployeeNumber {
    /// Reads a number as people type or paste it: spaces, dots, hyphens and Excel's leading apostrophe are skipped.
    ///
    /// # Errors
    /// A [`NumberError`] that says what is wrong and how to repair it. A number that a spreadsheet has rounded
    /// (`…000`, `1,98702E+17`) is refused, never guessed.
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        read::read(text)
    }

    fn digits(&self) -> &Digits {
        match self {
            EmployeeNumber::Nip(nip) => &nip.digits,
            EmployeeNumber::NiPppk(ni) => &ni.digits,
        }
    }

    /// The 18 bare digits: the stored form.
    pub fn as_str(&self) -> &str {
        self.digits().as_str()
    }

    /// The form of letters and lists: `19860926 201505 1 001`.
    pub fn printed(&self) -> String {
        let d = self.as_str();
        format!("{} {} {} {}", &d[..8], &d[8..14], &d[14..15], &d[15..])
    }

    /// The birth date in the number.
    pub fn birth_date(&self) -> Date {
        match self {
            EmployeeNumber::Nip(nip) => nip.birth,
            EmployeeNumber::NiPppk(ni) => ni.birth,
        }
    }

    /// The sex in the number.
    pub fn sex(&self) -> Sex {
        if self.digits().0[14] == b'1' { Sex::Male } else { Sex::Female }
    }

    /// The running number 1..=999 that tells people apart whose other digits are equal.
    pub fn sequence(&self) -> i16 {
        self.digits().number(15..18)
    }

    /// What the number is called: `NIP` or `NI PPPK`.
    pub fn label(&self) -> &'static str {
        match self {
            EmployeeNumber::Nip(_) => "NIP",
            EmployeeNumber::NiPppk(_) => "NI PPPK",
        }
    }

    /// Whether a person of this kind may carry this number.
    pub fn suits(&self, kind: EmploymentKind) -> bool {
        match self {
            EmployeeNumber::Nip(_) => matches!(kind, EmploymentKind::Pns | EmploymentKind::Cpns),
            EmployeeNumber::NiPppk(_) => {
                matches!(kind, EmploymentKind::Pppk | EmploymentKind::PppkParuhWaktu)
            }
        }
    }

    /// The kind to assume where a list does not say: PNS or PPPK.
    pub fn usual_kind(&self) -> EmploymentKind {
        match self {
            EmployeeNumber::Nip(_) => EmploymentKind::Pns,
            EmployeeNumber::NiPppk(_) => EmploymentKind::Pppk,
        }
    }
}

/// Writes the printed form.
impl fmt::Display for EmployeeNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.printed())
    }
}

impl fmt::Debug for EmployeeNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({})", self.label(), self.as_str())
    }
}

impl FromStr for EmployeeNumber {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        Self::parse(text)
    }
}

impl Serialize for EmployeeNumber {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for EmployeeNumber {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(d)?).map_err(serde::de::Error::custom)
    }
}

/// The printed form of a stored number; a text that is no valid number is returned as it is.
pub fn printed(number: &str) -> String {
    EmployeeNumber::parse(number).map_or_else(|_| number.to_owned(), |n| n.printed())
}
