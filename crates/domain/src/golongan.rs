//! Golongan ruang of PNS with their pangkat, and golongan of PPPK (Perpres 98/2020 jo 11/2024).

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{employment::EmploymentKind, squeeze::squeeze};

/// The pangkat of the 17 golongan ruang, I/a to IV/e.
const PANGKAT: [(&str, &str); 17] = [
    ("I/a", "Juru Muda"),
    ("I/b", "Juru Muda Tingkat I"),
    ("I/c", "Juru"),
    ("I/d", "Juru Tingkat I"),
    ("II/a", "Pengatur Muda"),
    ("II/b", "Pengatur Muda Tingkat I"),
    ("II/c", "Pengatur"),
    ("II/d", "Pengatur Tingkat I"),
    ("III/a", "Penata Muda"),
    ("III/b", "Penata Muda Tingkat I"),
    ("III/c", "Penata"),
    ("III/d", "Penata Tingkat I"),
    ("IV/a", "Pembina"),
    ("IV/b", "Pembina Tingkat I"),
    ("IV/c", "Pembina Utama Muda"),
    ("IV/d", "Pembina Utama Madya"),
    ("IV/e", "Pembina Utama"),
];

const ROMAN: [&str; 17] = [
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI",
    "XVII",
];

/// Which of the two ladders a golongan belongs to. `IV` alone means a PPPK; `IV/a` a PNS; `14` depends on the ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ladder {
    /// I/a to IV/e.
    Pns,
    /// I to XVII.
    Pppk,
}

impl From<EmploymentKind> for Ladder {
    fn from(kind: EmploymentKind) -> Self {
        match kind {
            EmploymentKind::Cpns | EmploymentKind::Pns => Ladder::Pns,
            EmploymentKind::Pppk | EmploymentKind::PppkParuhWaktu => Ladder::Pppk,
        }
    }
}

/// A golongan: 17 of PNS and 17 of PPPK. Ordered within its ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Golongan {
    pppk: bool,
    /// 0..=16 on its ladder.
    step: u8,
}

/// The text names no golongan of the ladder.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{text}' is not a golongan; a PNS has I/a to IV/e, a PPPK has I to XVII")]
pub struct GolonganError {
    /// The text that was given.
    pub text: String,
}

impl Golongan {
    /// All golongan of a ladder, lowest first.
    pub fn all(ladder: Ladder) -> impl Iterator<Item = Golongan> {
        (0..17).map(move |step| Golongan { pppk: ladder == Ladder::Pppk, step })
    }

    /// Reads what lists and SIASN write: `III/a`, `IIIa`, `3/a`, `Penata Muda (III/a)`, `Penata Muda Tk. I`, the SIASN
    /// code `31`; on the ladder of PPPK `IX`, `9`, `Golongan IX`.
    ///
    /// # Errors
    /// When the text names no golongan of this ladder.
    pub fn parse(text: &str, ladder: Ladder) -> Result<Golongan, GolonganError> {
        let found = match ladder {
            Ladder::Pns => pns_step(text),
            Ladder::Pppk => pppk_step(text),
        };
        found
            .map(|step| Golongan { pppk: ladder == Ladder::Pppk, step })
            .ok_or_else(|| GolonganError { text: text.trim().to_owned() })
    }

    /// The ladder it belongs to.
    pub fn ladder(self) -> Ladder {
        if self.pppk { Ladder::Pppk } else { Ladder::Pns }
    }

    /// The stored and printed form: `III/a` or `IX`.
    pub fn code(self) -> &'static str {
        let step = usize::from(self.step);
        if self.pppk { ROMAN[step] } else { PANGKAT[step].0 }
    }

    /// The pangkat of a PNS, `Penata Muda`; a PPPK has none.
    pub fn pangkat(self) -> Option<&'static str> {
        (!self.pppk).then(|| PANGKAT[usize::from(self.step)].1)
    }

    /// `Penata Muda (III/a)`, or `Golongan IX` for a PPPK.
    pub fn long(self) -> String {
        match self.pangkat() {
            Some(pangkat) => format!("{pangkat} ({})", self.code()),
            None => format!("Golongan {}", self.code()),
        }
    }

    /// The number before the slash for a PNS (1 to 4), the golongan itself for a PPPK (1 to 17).
    pub fn level(self) -> u8 {
        if self.pppk { self.step + 1 } else { (self.step / 4 + 1).min(4) }
    }

    /// The code SIASN uses for a PNS: 11 for I/a to 45 for IV/e.
    pub fn siasn_code(self) -> Option<u8> {
        (!self.pppk).then(|| self.level() * 10 + (self.step - (self.level() - 1) * 4) + 1)
    }
}

fn pns_step(text: &str) -> Option<u8> {
    // "Penata Muda - III/a", "Penata Muda (III/a)": the code is the last word.
    let bare = squeeze(text);
    if let Some(step) = pns_code(&bare) {
        return Some(step);
    }
    let last =
        text.split(|c: char| c.is_whitespace() || "(),-".contains(c)).rfind(|word| !word.is_empty())?;
    if let Some(step) = pns_code(&squeeze(last)) {
        return Some(step);
    }
    let name = bare.replace("tki", "tingkati").replace("tk1", "tingkati").replace("tingkat1", "tingkati");
    position(|i| squeeze(PANGKAT[i].1) == name)
}

fn pns_code(bare: &str) -> Option<u8> {
    let bare = bare.strip_prefix("golongan").or_else(|| bare.strip_prefix("gol")).unwrap_or(bare);
    position(|i| {
        let step = u8::try_from(i).unwrap_or_default();
        let golongan = Golongan { pppk: false, step };
        let letter = &golongan.code()[golongan.code().len() - 1..];
        bare == squeeze(golongan.code())
            || bare == format!("{}{letter}", golongan.level())
            || golongan.siasn_code().is_some_and(|code| bare == code.to_string())
    })
}

fn pppk_step(text: &str) -> Option<u8> {
    let bare = squeeze(text);
    let bare = bare.strip_prefix("golongan").or_else(|| bare.strip_prefix("gol")).unwrap_or(&bare);
    let bare = bare.strip_prefix("pppk").unwrap_or(bare);
    position(|i| bare == squeeze(ROMAN[i]) || bare.trim_start_matches('0') == (i + 1).to_string())
}

fn position(wanted: impl Fn(usize) -> bool) -> Option<u8> {
    (0..17).find(|i| wanted(*i)).and_then(|i| u8::try_from(i).ok())
}

impl fmt::Display for Golongan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Reads the stored form, whose slash tells the ladder.
impl FromStr for Golongan {
    type Err = GolonganError;

    fn from_str(text: &str) -> Result<Self, GolonganError> {
        let ladder = if text.contains('/') { Ladder::Pns } else { Ladder::Pppk };
        Golongan::parse(text, ladder)
    }
}

impl Serialize for Golongan {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Golongan {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pns(text: &str) -> &'static str {
        Golongan::parse(text, Ladder::Pns).unwrap_or_else(|e| panic!("{e}")).code()
    }

    #[test]
    fn the_seventeen_of_pns_have_pangkat_and_siasn_codes() {
        let codes: Vec<u8> = Golongan::all(Ladder::Pns).filter_map(Golongan::siasn_code).collect();
        let expected = [11, 12, 13, 14, 21, 22, 23, 24, 31, 32, 33, 34, 41, 42, 43, 44, 45];
        assert_eq!(codes, expected);
        for golongan in Golongan::all(Ladder::Pns) {
            let code = golongan.siasn_code().unwrap().to_string();
            assert_eq!(Golongan::parse(&code, Ladder::Pns).unwrap(), golongan);
            assert_eq!(Golongan::parse(golongan.pangkat().unwrap(), Ladder::Pns).unwrap(), golongan);
            assert_eq!(Golongan::parse(&golongan.long(), Ladder::Pns).unwrap(), golongan);
            assert_eq!(golongan.code().parse::<Golongan>().unwrap(), golongan);
        }
        assert_eq!(Golongan::parse("IV/e", Ladder::Pns).unwrap().level(), 4);
        assert_eq!(Golongan::parse("III/d", Ladder::Pns).unwrap().long(), "Penata Tingkat I (III/d)");
    }

    #[test]
    fn the_many_spellings_of_lists_are_read() {
        for text in
            ["III/a", "III / A", "iiia", "III.a", "3/a", "3a", "31", "Gol. III/a", "Penata Muda - III/a"]
        {
            assert_eq!(pns(text), "III/a", "{text}");
        }
        assert_eq!(pns("Penata Muda Tk. I"), "III/b");
        assert_eq!(pns("Penata Muda Tk. I, III/b"), "III/b");
    }

    #[test]
    fn the_seventeen_of_pppk_are_roman() {
        for (golongan, number) in Golongan::all(Ladder::Pppk).zip(1u8..) {
            assert_eq!(golongan.level(), number);
            assert_eq!(golongan.pangkat(), None);
            assert_eq!(Golongan::parse(&number.to_string(), Ladder::Pppk).unwrap(), golongan);
            assert_eq!(golongan.code().parse::<Golongan>().unwrap(), golongan);
        }
        assert_eq!(Golongan::parse("Golongan IX", Ladder::Pppk).unwrap().code(), "IX");
        let pppk = |text| Golongan::parse(text, Ladder::Pppk).unwrap();
        assert!(pppk("V") < pppk("IX"));
    }

    #[test]
    fn a_golongan_of_the_other_ladder_is_refused() {
        for (text, ladder) in [
            ("IX", Ladder::Pns),
            ("III/a", Ladder::Pppk),
            ("III/e", Ladder::Pns),
            ("V/a", Ladder::Pns),
            ("XVIII", Ladder::Pppk),
            ("0", Ladder::Pppk),
            ("15", Ladder::Pns),
            ("", Ladder::Pns),
        ] {
            assert!(Golongan::parse(text, ladder).is_err(), "{text} {ladder:?}");
        }
    }
}
