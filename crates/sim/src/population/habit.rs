//! How an invented person behaves: punctuality, forgetfulness, absence. Shares are choices of this simulator,
//! not measurements of a real regency.

use rand::Rng;

/// Tendencies of a person; shares are in 1/10,000 of working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Habit {
    /// Usual arrival in minutes before the start of work.
    pub early_by: i32,
    /// Spread of the arrival in minutes.
    pub spread: i32,
    /// Late by traffic, rain, school run.
    pub late: u32,
    /// Leaves before the end.
    pub leaves_early: u32,
    /// Forgets to punch out.
    pub forgets_out: u32,
    /// Forgets to punch in.
    pub forgets_in: u32,
    /// Stays away without a word.
    pub absent: u32,
}

impl Habit {
    /// Draws a person: nine of ten are punctual, some are often late, a few stay away.
    pub(super) fn draw(rng: &mut impl Rng) -> Habit {
        let usual = Habit {
            early_by: rng.random_range(6..26),
            spread: rng.random_range(3..10),
            late: rng.random_range(50..350),
            leaves_early: rng.random_range(20..150),
            forgets_out: rng.random_range(20..140),
            forgets_in: rng.random_range(5..50),
            absent: rng.random_range(0..25),
        };
        match rng.random_range(0..100) {
            0..8 => Habit { late: 2_200, early_by: 3, leaves_early: 700, ..usual },
            8..10 => Habit { absent: 1_300, late: 1_500, ..usual },
            _ => usual,
        }
    }
}
