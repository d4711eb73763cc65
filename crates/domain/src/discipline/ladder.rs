//! The ladder of PP 94/2021 for absence without valid reason, by working days in one calendar year (Pasal 9 to 11).

use crate::lang::Lang;

/// How heavy a sanction is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Hukuman disiplin ringan.
    Ringan,
    /// Hukuman disiplin sedang.
    Sedang,
    /// Hukuman disiplin berat.
    Berat,
}

impl Level {
    /// The word of the regulation.
    pub const fn label(self) -> &'static str {
        match self {
            Level::Ringan => "ringan",
            Level::Sedang => "sedang",
            Level::Berat => "berat",
        }
    }
}

/// A step of the ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// First number of days that reaches it.
    pub from: u32,
    /// How heavy it is.
    pub level: Level,
    id: &'static str,
    en: &'static str,
}

impl Step {
    /// The sanction.
    pub fn sanction(&self, lang: Lang) -> &'static str {
        lang.pick(self.id, self.en)
    }
}

const fn step(from: u32, level: Level, id: &'static str, en: &'static str) -> Step {
    Step { from, level, id, en }
}

/// Days of absence in a row that by themselves reach the last step.
const IN_A_ROW: u32 = 10;

/// The steps, lightest first. Until the pay regulation that PP 94/2021 awaits, the middle ones may take the forms of
/// PP 53/2010 instead.
pub const PP94: [Step; 9] = [
    step(3, Level::Ringan, "teguran lisan", "oral reprimand"),
    step(4, Level::Ringan, "teguran tertulis", "written reprimand"),
    step(7, Level::Ringan, "pernyataan tidak puas secara tertulis", "written statement of dissatisfaction"),
    step(
        11,
        Level::Sedang,
        "potongan tunjangan kinerja 25 % selama 6 bulan",
        "allowance cut by 25 % for 6 months",
    ),
    step(
        14,
        Level::Sedang,
        "potongan tunjangan kinerja 25 % selama 9 bulan",
        "allowance cut by 25 % for 9 months",
    ),
    step(
        17,
        Level::Sedang,
        "potongan tunjangan kinerja 25 % selama 12 bulan",
        "allowance cut by 25 % for 12 months",
    ),
    step(
        21,
        Level::Berat,
        "penurunan jabatan setingkat lebih rendah selama 12 bulan",
        "one post lower for 12 months",
    ),
    step(
        25,
        Level::Berat,
        "pembebasan dari jabatan menjadi pelaksana selama 12 bulan",
        "released from the post for 12 months",
    ),
    step(
        28,
        Level::Berat,
        "pemberhentian dengan hormat tidak atas permintaan sendiri",
        "honourable dismissal",
    ),
];

/// The step that so many days in the year, or so many in a row, would reach; `None` below three days.
pub fn reached(days: u32, longest_run: u32) -> Option<&'static Step> {
    if longest_run >= IN_A_ROW {
        return PP94.last();
    }
    PP94.iter().rev().find(|step| step.from <= days)
}

/// The step after that of `days`.
pub fn next(days: u32) -> Option<&'static Step> {
    PP94.iter().find(|step| step.from > days)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The boundaries that domain experts check by hand.
    #[test]
    fn every_boundary_of_the_ladder() {
        let from = |days| reached(days, 0).map(|step| step.from);
        assert_eq!((from(0), from(2), from(3)), (None, None, Some(3)));
        for (days, step) in [
            (4, 4),
            (6, 4),
            (7, 7),
            (10, 7),
            (11, 11),
            (13, 11),
            (14, 14),
            (16, 14),
            (17, 17),
            (20, 17),
            (21, 21),
            (24, 21),
            (25, 25),
            (27, 25),
            (28, 28),
            (40, 28),
        ] {
            assert_eq!(from(days), Some(step), "{days}");
        }
        assert_eq!(reached(9, 9).map(|s| s.from), Some(7), "nine in a row are nine days");
        assert_eq!(reached(10, 10).map(|s| s.from), Some(28), "ten in a row end the service");
        assert_eq!(next(2).map(|s| s.from), Some(3));
        assert_eq!(next(28), None);
    }
}
