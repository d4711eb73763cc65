//! How a person was verified. Two tables exist, and 0, 2, 3, 4 differ between them: the profile of the terminal chooses.

use std::borrow::Cow;

use domain::lang::Lang;
use serde::{Deserialize, Serialize};

/// Which table of codes a terminal uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VerifyTable {
    /// Push 2.2 and later.
    #[default]
    Current,
    /// Push 2.0.1 and the pull protocol.
    Legacy,
}

/// The name of a verification code.
pub fn name(verify: u16, table: VerifyTable, lang: Lang) -> Cow<'static, str> {
    let known = match table {
        VerifyTable::Current => current(verify, lang),
        VerifyTable::Legacy => legacy(verify, lang).or_else(|| current(verify, lang)),
    };
    known.map_or_else(|| Cow::Owned(format!("{} {verify}", lang.pick("Cara", "Method"))), Cow::Borrowed)
}

fn legacy(verify: u16, lang: Lang) -> Option<&'static str> {
    Some(match verify {
        0 => lang.pick("Kata sandi", "Password"),
        1 => lang.pick("Sidik jari", "Finger"),
        2 => lang.pick("Kartu", "Card"),
        9 => lang.pick("Lain", "Other"),
        _ => return None,
    })
}

fn current(verify: u16, lang: Lang) -> Option<&'static str> {
    Some(match verify {
        0 => lang.pick("Otomatis", "Automatic"),
        1 => lang.pick("Sidik jari", "Finger"),
        2 => lang.pick("Nomor ID", "User ID"),
        3 => lang.pick("Kata sandi", "Password"),
        4 => lang.pick("Kartu", "Card"),
        5 => lang.pick("Sidik jari atau sandi", "Finger or password"),
        6 => lang.pick("Sidik jari atau kartu", "Finger or card"),
        7 => lang.pick("Kartu atau sandi", "Card or password"),
        8 => lang.pick("ID dan sidik jari", "ID and finger"),
        9 => lang.pick("Sidik jari dan sandi", "Finger and password"),
        10 => lang.pick("Kartu dan sidik jari", "Card and finger"),
        11 => lang.pick("Kartu dan sandi", "Card and password"),
        12 => lang.pick("Sidik jari, sandi dan kartu", "Finger, password and card"),
        13 => lang.pick("ID, sidik jari dan sandi", "ID, finger and password"),
        14 => lang.pick("Sidik jari dengan ID atau kartu", "Finger with ID or card"),
        15 => lang.pick("Wajah", "Face"),
        16 => lang.pick("Wajah dan sidik jari", "Face and finger"),
        17 => lang.pick("Wajah dan sandi", "Face and password"),
        18 => lang.pick("Wajah dan kartu", "Face and card"),
        19 => lang.pick("Wajah, sidik jari dan kartu", "Face, finger and card"),
        20 => lang.pick("Wajah, sidik jari dan sandi", "Face, finger and password"),
        21..=24 => lang.pick("Vena jari", "Finger vein"),
        25 => lang.pick("Telapak tangan", "Palm"),
        26 => lang.pick("Telapak dan kartu", "Palm and card"),
        27 => lang.pick("Telapak dan wajah", "Palm and face"),
        28 => lang.pick("Telapak dan sidik jari", "Palm and finger"),
        29 => lang.pick("Telapak, sidik jari dan wajah", "Palm, finger and face"),
        200 => lang.pick("Lain", "Other"),
        _ => return None,
    })
}

/// Whether nothing of the body was checked (password, number, card), so that another person could have made the punch.
pub fn is_lendable(verify: u16, table: VerifyTable) -> bool {
    match table {
        VerifyTable::Current => matches!(verify, 2 | 3 | 4 | 7 | 11),
        VerifyTable::Legacy => matches!(verify, 0 | 2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_tables_differ() {
        assert_eq!(name(2, VerifyTable::Current, Lang::En), "User ID");
        assert_eq!(name(2, VerifyTable::Legacy, Lang::En), "Card");
        assert_eq!(name(15, VerifyTable::Legacy, Lang::Id), "Wajah");
        assert_eq!(name(201, VerifyTable::Current, Lang::Id), "Cara 201");
        assert!(is_lendable(3, VerifyTable::Current) && !is_lendable(1, VerifyTable::Current));
    }
}
