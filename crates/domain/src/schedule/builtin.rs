//! The schedules that ship with the program. A regency copies one and changes it.

use super::Schedule;
use crate::document::Format;

/// The code of the schedule that is used where none is named: five days by Perpres 21/2023.
pub const DEFAULT: &str = "perpres-21-2023";

const FILES: [(&str, &str); 7] = [
    ("perpres-21-2023", include_str!("../../data/schedules/perpres-21-2023.toml")),
    ("perpres-21-2023-6", include_str!("../../data/schedules/perpres-21-2023-6.toml")),
    ("perpres-21-2023-6-menpan", include_str!("../../data/schedules/perpres-21-2023-6-menpan.toml")),
    ("tanggamus-2017", include_str!("../../data/schedules/tanggamus-2017.toml")),
    ("bali-54-2014", include_str!("../../data/schedules/bali-54-2014.toml")),
    ("rs-3-shift", include_str!("../../data/schedules/rs-3-shift.toml")),
    ("damkar-24-48", include_str!("../../data/schedules/damkar-24-48.toml")),
];

/// The codes of all shipped schedules.
pub fn codes() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(code, _)| *code)
}

/// The file of the shipped schedule `code`, as a model to copy.
pub fn text(code: &str) -> Option<&'static str> {
    FILES.iter().find(|(c, _)| *c == code).map(|(_, text)| *text)
}

/// The shipped schedule `code`.
pub fn get(code: &str) -> Option<Schedule> {
    // The tests read every shipped file, so a file that does not parse cannot be released.
    Schedule::read(text(code)?, Format::Toml).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_schedule_is_sound() {
        for code in codes() {
            let schedule = Schedule::read(text(code).unwrap(), Format::Toml).unwrap();
            assert_eq!(schedule.code, code);
            assert!(!schedule.legal_basis.is_empty(), "{code}");
        }
        assert!(get(DEFAULT).is_some());
    }
}
