//! Names of the files people keep.

use crate::frame::LockState;

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// X1.
    DayList,
    /// X2.
    MonthMatrix,
    /// X3.
    AttendanceRecap,
    /// X7.
    TppList,
}

impl FileKind {
    const fn prefix(self) -> &'static str {
        match self {
            FileKind::DayList => "Daftar_Hadir",
            FileKind::MonthMatrix => "Rekap_Presensi",
            FileKind::AttendanceRecap => "Rekap_Kehadiran",
            FileKind::TppList => "Daftar_TPP",
        }
    }
}

/// `Rekap_Presensi_2026-11_DINAS-PENDIDIKAN_v2_TERKUNCI.xlsx`; an open month ends in `_SEMENTARA`.
///
/// `period` is a month or a date in ISO form; `extension` comes without its dot. Only ASCII letters, digits,
/// `.`, `-` and `_` remain, so the name is safe on any disk and in a `Content-Disposition` header.
pub fn file_name(kind: FileKind, period: &str, opd: &str, lock: &LockState, extension: &str) -> String {
    let state = match lock {
        LockState::Draft => "SEMENTARA".to_owned(),
        LockState::Locked { version, .. } => format!("v{version}_TERKUNCI"),
    };
    format!("{}_{}_{}_{state}.{}", kind.prefix(), slug(period), slug(opd), slug(extension).to_lowercase())
}

/// Upper-case words joined by `-`, at most 60 characters.
fn slug(text: &str) -> String {
    let upper: String =
        text.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { ' ' }).collect();
    let mut out = String::new();
    for word in upper.split_whitespace() {
        if !out.is_empty() && out.len() + 1 + word.len() > 60 {
            break;
        }
        if !out.is_empty() {
            out.push('-');
        }
        out.push_str(&word[..word.len().min(60)]);
    }
    if out.is_empty() { "SEMUA".to_owned() } else { out }
}

#[cfg(test)]
mod tests {
    use domain::zone::Zone;
    use jiff::civil::date;

    use super::*;
    use crate::frame::Stamp;

    #[test]
    fn names_follow_the_convention() {
        let at = Stamp { at: date(2026, 12, 1).at(8, 0, 0, 0), zone: Zone::Wib };
        let locked = LockState::Locked { version: 2, at, by: "Siti".into() };
        assert_eq!(
            file_name(FileKind::MonthMatrix, "2026-11", "Dinas Pendidikan", &locked, "xlsx"),
            "Rekap_Presensi_2026-11_DINAS-PENDIDIKAN_v2_TERKUNCI.xlsx"
        );
        assert_eq!(
            file_name(
                FileKind::TppList,
                "2026-11",
                "../Dinas \"PU\" & Tata Ruang\r\n",
                &LockState::Draft,
                "xlsx"
            ),
            "Daftar_TPP_2026-11_DINAS-PU-TATA-RUANG_SEMENTARA.xlsx"
        );
        assert_eq!(
            file_name(FileKind::DayList, "2026-11-03", "", &LockState::Draft, "csv"),
            "Daftar_Hadir_2026-11-03_SEMUA_SEMENTARA.csv"
        );
    }
}
