//! Codes that say why a person is not expected at the desk on a day (cuti, dinas luar, sakit, …).

use serde::{Deserialize, Serialize};

/// A status code such as `DL` or `CT`: upper-case letters and digits, at most 8. The dictionary is data; see [`dictionary`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StatusCode(pub String);

impl StatusCode {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a status code means and where it is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusMeaning {
    /// The code.
    pub code: &'static str,
    /// Bahasa Indonesia.
    pub id: &'static str,
    /// English.
    pub en: &'static str,
    /// The recap column it counts in (X3): `S`, `I`, `DL`, `C`, `TB`, `DIK`, `LAIN`.
    pub column: &'static str,
    /// Of several statuses on one day the lowest rank wins: away from service before leave (PP 11/2017 jo PP 17/2020),
    /// leave before duty, duty before sick, sick before permission. No regulation orders them; this is a convention.
    pub rank: u8,
}

/// The default dictionary.
pub fn dictionary() -> &'static [StatusMeaning] {
    macro_rules! m {
        ($code:literal, $id:literal, $en:literal, $column:literal, $rank:literal) => {
            StatusMeaning { code: $code, id: $id, en: $en, column: $column, rank: $rank }
        };
    }
    const ALL: &[StatusMeaning] = &[
        m!("CLTN", "Cuti di luar tanggungan negara", "Unpaid leave", "C", 1),
        m!("TB", "Tugas belajar", "Study assignment", "TB", 1),
        m!("SKORS", "Pembebasan sementara dari tugas", "Suspended from duty", "LAIN", 1),
        m!("CT", "Cuti tahunan", "Annual leave", "C", 2),
        m!("CB", "Cuti besar", "Long leave", "C", 2),
        m!("CS", "Cuti sakit", "Sick leave", "C", 2),
        m!("CM", "Cuti melahirkan", "Maternity leave", "C", 2),
        m!("CAP", "Cuti alasan penting", "Leave for important reasons", "C", 2),
        m!("C", "Cuti", "Leave", "C", 2),
        m!("DL", "Dinas luar", "Official duty elsewhere", "DL", 3),
        m!("TD", "Tugas kedinasan", "Official task", "DL", 3),
        m!("DIK", "Diklat", "Training", "DIK", 3),
        m!("S", "Sakit dengan surat dokter", "Sick, doctor's letter", "S", 4),
        m!("ST", "Sakit tanpa surat dokter", "Sick, no doctor's letter", "S", 4),
        m!("I", "Izin", "Permission", "I", 5),
        m!("DI", "Dispensasi", "Dispensation", "LAIN", 5),
        m!("AT", "Alasan teknis (gangguan)", "Technical reason (outage)", "LAIN", 5),
        m!("WFH", "Bekerja dari rumah", "Work from home", "LAIN", 5),
    ];
    ALL
}

/// Looks a code up in the default dictionary.
pub fn meaning(code: &str) -> Option<&'static StatusMeaning> {
    dictionary().iter().find(|m| m.code == code)
}
