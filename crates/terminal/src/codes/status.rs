//! The state key pressed at a punch.

use std::borrow::Cow;

use domain::{lang::Lang, punch::Direction};

/// The name of a status.
pub fn name(status: u16, lang: Lang) -> Cow<'static, str> {
    Cow::Borrowed(match status {
        0 => lang.pick("Masuk", "Check in"),
        1 => lang.pick("Pulang", "Check out"),
        2 => lang.pick("Istirahat keluar", "Break out"),
        3 => lang.pick("Istirahat kembali", "Break in"),
        4 => lang.pick("Lembur masuk", "Overtime in"),
        5 => lang.pick("Lembur pulang", "Overtime out"),
        8 => lang.pick("Mulai makan", "Meal start"),
        9 => lang.pick("Selesai makan", "Meal end"),
        255 => lang.pick("Tanpa tombol", "No key"),
        other => return Cow::Owned(format!("{} {other}", lang.pick("Status", "Status"))),
    })
}

/// The direction that the key says. Only for terminals where people are known to press it: many leave it at 0 all day.
pub fn direction(status: Option<u16>) -> Direction {
    match status {
        Some(0 | 3 | 4) => Direction::In,
        Some(1 | 2 | 5) => Direction::Out,
        _ => Direction::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_directions() {
        assert_eq!(name(255, Lang::Id), "Tanpa tombol");
        assert_eq!(name(77, Lang::En), "Status 77");
        assert_eq!(direction(Some(1)), Direction::Out);
        assert_eq!(direction(Some(255)), Direction::Unknown);
    }
}
