//! Kinds of jabatan and eselon (UU 20/2023, PP 11/2017 jo PP 17/2020).

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::squeeze::squeeze;

/// The kind of a jabatan: five managerial levels, fungsional, pelaksana.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JabatanKind {
    /// Jabatan pimpinan tinggi utama.
    JptUtama,
    /// Jabatan pimpinan tinggi madya, eselon I (Sekda Provinsi).
    JptMadya,
    /// Jabatan pimpinan tinggi pratama, eselon II (Sekda kabupaten, kepala dinas).
    JptPratama,
    /// Administrator, eselon III (sekretaris dinas, camat, kepala bidang).
    Administrator,
    /// Pengawas, eselon IV (kepala subbagian, lurah).
    Pengawas,
    /// Jabatan fungsional (keahlian or keterampilan).
    Fungsional,
    /// Jabatan pelaksana.
    Pelaksana,
}

/// The rung of a jabatan fungsional; the four of keterampilan, then the four of keahlian.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FungsionalRung {
    /// Keterampilan: pemula.
    Pemula,
    /// Keterampilan: terampil.
    Terampil,
    /// Keterampilan: mahir.
    Mahir,
    /// Keterampilan: penyelia.
    Penyelia,
    /// Keahlian: ahli pertama.
    AhliPertama,
    /// Keahlian: ahli muda.
    AhliMuda,
    /// Keahlian: ahli madya.
    AhliMadya,
    /// Keahlian: ahli utama.
    AhliUtama,
}

/// An eselon, still the usual key of TPP classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Eselon {
    /// I.a
    #[serde(rename = "I.a")]
    Ia,
    /// I.b
    #[serde(rename = "I.b")]
    Ib,
    /// II.a
    #[serde(rename = "II.a")]
    IIa,
    /// II.b
    #[serde(rename = "II.b")]
    IIb,
    /// III.a
    #[serde(rename = "III.a")]
    IIIa,
    /// III.b
    #[serde(rename = "III.b")]
    IIIb,
    /// IV.a
    #[serde(rename = "IV.a")]
    IVa,
    /// IV.b
    #[serde(rename = "IV.b")]
    IVb,
    /// V.a (abolished in 2014, still in old lists)
    #[serde(rename = "V.a")]
    Va,
}

impl JabatanKind {
    /// All kinds, highest first.
    pub const ALL: [JabatanKind; 7] = [
        JabatanKind::JptUtama,
        JabatanKind::JptMadya,
        JabatanKind::JptPratama,
        JabatanKind::Administrator,
        JabatanKind::Pengawas,
        JabatanKind::Fungsional,
        JabatanKind::Pelaksana,
    ];

    /// The stored code: `jpt_pratama`.
    pub const fn code(self) -> &'static str {
        match self {
            JabatanKind::JptUtama => "jpt_utama",
            JabatanKind::JptMadya => "jpt_madya",
            JabatanKind::JptPratama => "jpt_pratama",
            JabatanKind::Administrator => "administrator",
            JabatanKind::Pengawas => "pengawas",
            JabatanKind::Fungsional => "fungsional",
            JabatanKind::Pelaksana => "pelaksana",
        }
    }

    /// The printed name: `JPT Pratama`.
    pub const fn label(self) -> &'static str {
        match self {
            JabatanKind::JptUtama => "JPT Utama",
            JabatanKind::JptMadya => "JPT Madya",
            JabatanKind::JptPratama => "JPT Pratama",
            JabatanKind::Administrator => "Administrator",
            JabatanKind::Pengawas => "Pengawas",
            JabatanKind::Fungsional => "Fungsional",
            JabatanKind::Pelaksana => "Pelaksana",
        }
    }

    /// Reads a stored code, a printed name or what SIASN writes (`Jabatan Fungsional Tertentu`, `Jabatan Fungsional Umum`).
    /// SIASN says `Jabatan Struktural` for all managerial ones; their level is then taken from `eselon`, and without
    /// one the answer is `None`.
    pub fn parse(text: &str, eselon: Option<Eselon>) -> Option<JabatanKind> {
        let bare = squeeze(text);
        if let Some(kind) = Self::ALL
            .into_iter()
            .find(|kind| bare == squeeze(kind.code()) || bare == format!("jabatan{}", squeeze(kind.code())))
        {
            return Some(kind);
        }
        match bare.as_str() {
            "jabatanstruktural" | "struktural" | "manajerial" | "jabatanmanajerial" => {
                eselon.map(Eselon::kind)
            }
            "jabatanpimpinantinggiutama" | "pimpinantinggiutama" => Some(JabatanKind::JptUtama),
            "jabatanpimpinantinggimadya" | "pimpinantinggimadya" => Some(JabatanKind::JptMadya),
            "jabatanpimpinantinggipratama" | "pimpinantinggipratama" => Some(JabatanKind::JptPratama),
            "jabatanfungsionaltertentu" | "fungsionaltertentu" | "jft" | "jf" => {
                Some(JabatanKind::Fungsional)
            }
            "jabatanfungsionalumum" | "fungsionalumum" | "jfu" | "staf" | "staff" => {
                Some(JabatanKind::Pelaksana)
            }
            _ => None,
        }
    }
}

impl FungsionalRung {
    /// The rung named at the end of a jabatan fungsional, such as `Perawat Ahli Muda` or `Guru Ahli Pertama`.
    pub fn of_title(title: &str) -> Option<FungsionalRung> {
        let bare = squeeze(title);
        [
            ("ahlipertama", FungsionalRung::AhliPertama),
            ("ahlimuda", FungsionalRung::AhliMuda),
            ("ahlimadya", FungsionalRung::AhliMadya),
            ("ahliutama", FungsionalRung::AhliUtama),
            ("pemula", FungsionalRung::Pemula),
            ("terampil", FungsionalRung::Terampil),
            ("mahir", FungsionalRung::Mahir),
            ("penyelia", FungsionalRung::Penyelia),
        ]
        .into_iter()
        .find_map(|(ending, rung)| bare.ends_with(ending).then_some(rung))
    }

    /// Whether it is of the keahlian group.
    pub fn is_keahlian(self) -> bool {
        self >= FungsionalRung::AhliPertama
    }
}

impl Eselon {
    /// All eselon, highest first.
    pub const ALL: [Eselon; 9] = [
        Eselon::Ia,
        Eselon::Ib,
        Eselon::IIa,
        Eselon::IIb,
        Eselon::IIIa,
        Eselon::IIIb,
        Eselon::IVa,
        Eselon::IVb,
        Eselon::Va,
    ];

    /// The stored and printed form: `II.b`.
    pub const fn code(self) -> &'static str {
        match self {
            Eselon::Ia => "I.a",
            Eselon::Ib => "I.b",
            Eselon::IIa => "II.a",
            Eselon::IIb => "II.b",
            Eselon::IIIa => "III.a",
            Eselon::IIIb => "III.b",
            Eselon::IVa => "IV.a",
            Eselon::IVb => "IV.b",
            Eselon::Va => "V.a",
        }
    }

    /// Reads `II.b`, `II/b`, `IIb`, `Eselon II.b`, `Eselon 2b`; SIASN codes `22` also.
    pub fn parse(text: &str) -> Option<Eselon> {
        let bare = squeeze(text);
        let bare = bare.strip_prefix("eselon").unwrap_or(&bare);
        Self::ALL.into_iter().find(|eselon| {
            let (level, letter) = eselon.parts();
            let number = if letter == "a" { 1 } else { 2 };
            bare == squeeze(eselon.code())
                || bare == format!("{level}{letter}")
                || bare == format!("{level}{number}")
        })
    }

    fn parts(self) -> (u8, &'static str) {
        match self {
            Eselon::Ia => (1, "a"),
            Eselon::Ib => (1, "b"),
            Eselon::IIa => (2, "a"),
            Eselon::IIb => (2, "b"),
            Eselon::IIIa => (3, "a"),
            Eselon::IIIb => (3, "b"),
            Eselon::IVa => (4, "a"),
            Eselon::IVb => (4, "b"),
            Eselon::Va => (5, "a"),
        }
    }

    /// The kind of jabatan that carries this eselon.
    pub const fn kind(self) -> JabatanKind {
        match self {
            Eselon::Ia | Eselon::Ib => JabatanKind::JptMadya,
            Eselon::IIa | Eselon::IIb => JabatanKind::JptPratama,
            Eselon::IIIa | Eselon::IIIb => JabatanKind::Administrator,
            Eselon::IVa | Eselon::IVb => JabatanKind::Pengawas,
            Eselon::Va => JabatanKind::Pelaksana,
        }
    }
}

impl fmt::Display for Eselon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_siasn_are_read() {
        let kind = |text: &str| JabatanKind::parse(text, None);
        assert_eq!(kind("Jabatan Fungsional Tertentu"), Some(JabatanKind::Fungsional));
        assert_eq!(kind("Jabatan Fungsional"), Some(JabatanKind::Fungsional));
        assert_eq!(kind("JABATAN PELAKSANA"), Some(JabatanKind::Pelaksana));
        assert_eq!(kind("Jabatan Fungsional Umum"), Some(JabatanKind::Pelaksana));
        assert_eq!(kind("Jabatan Pimpinan Tinggi Pratama"), Some(JabatanKind::JptPratama));
        assert_eq!(kind("Jabatan Struktural"), None);
        assert_eq!(
            JabatanKind::parse("Jabatan Struktural", Some(Eselon::IIIb)),
            Some(JabatanKind::Administrator)
        );
        assert_eq!(kind("entah"), None);
        for one in JabatanKind::ALL {
            assert_eq!(kind(one.code()), Some(one));
            assert_eq!(kind(one.label()), Some(one));
        }
    }

    #[test]
    fn the_spellings_of_an_eselon_are_read() {
        for text in ["II.b", "II/b", "IIb", "II B", "Eselon II.b", "2b", "22"] {
            assert_eq!(Eselon::parse(text), Some(Eselon::IIb), "{text}");
        }
        for eselon in Eselon::ALL {
            assert_eq!(Eselon::parse(eselon.code()), Some(eselon));
        }
        assert_eq!(Eselon::parse("Non Eselon"), None);
        assert_eq!(Eselon::parse("-"), None);
    }

    #[test]
    fn the_rung_of_a_fungsional_is_in_its_title() {
        assert_eq!(FungsionalRung::of_title("Perawat Ahli Muda"), Some(FungsionalRung::AhliMuda));
        assert_eq!(FungsionalRung::of_title("Bidan Penyelia"), Some(FungsionalRung::Penyelia));
        assert_eq!(FungsionalRung::of_title("Analis Kebijakan"), None);
        assert!(FungsionalRung::AhliPertama.is_keahlian() && !FungsionalRung::Mahir.is_keahlian());
    }
}
