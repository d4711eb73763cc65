//! Kinds of employment of ASN (UU 20/2023; PPPK Paruh Waktu: KepmenPANRB 16/2025).

use serde::{Deserialize, Serialize};

use crate::squeeze::squeeze;

/// How a person is employed. Part-time PPPK cannot be told from the number, so this is stored and dated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EmploymentKind {
    /// Calon PNS.
    Cpns,
    /// Pegawai Negeri Sipil.
    Pns,
    /// Pegawai Pemerintah dengan Perjanjian Kerja.
    Pppk,
    /// PPPK Paruh Waktu.
    PppkParuhWaktu,
}

impl EmploymentKind {
    /// All kinds.
    pub const ALL: [EmploymentKind; 4] =
        [EmploymentKind::Cpns, EmploymentKind::Pns, EmploymentKind::Pppk, EmploymentKind::PppkParuhWaktu];

    /// The stored code: `cpns`, `pns`, `pppk`, `pppk_paruh_waktu`.
    pub const fn code(self) -> &'static str {
        match self {
            EmploymentKind::Cpns => "cpns",
            EmploymentKind::Pns => "pns",
            EmploymentKind::Pppk => "pppk",
            EmploymentKind::PppkParuhWaktu => "pppk_paruh_waktu",
        }
    }

    /// The printed name: `PPPK Paruh Waktu`.
    pub const fn label(self) -> &'static str {
        match self {
            EmploymentKind::Cpns => "CPNS",
            EmploymentKind::Pns => "PNS",
            EmploymentKind::Pppk => "PPPK",
            EmploymentKind::PppkParuhWaktu => "PPPK Paruh Waktu",
        }
    }

    /// Reads a stored code or a printed name, ignoring case, spaces and punctuation.
    pub fn parse(text: &str) -> Option<Self> {
        let wanted = squeeze(text);
        Self::ALL.into_iter().find(|k| squeeze(k.code()) == wanted || squeeze(k.label()) == wanted)
    }
}
