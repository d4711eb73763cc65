//! What an invented person does on a day. Each day is drawn from its own seed, so any day can be asked for alone
//! and always comes out the same.

use jiff::{
    Span, ToSpan,
    civil::{Date, DateTime},
};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::people::Person;

/// A working day as planned, in local time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// Start of work.
    pub start: DateTime,
    /// End of work; may lie on the next day.
    pub end: DateTime,
}

/// What happens on the day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Happening {
    /// Presses on the terminal, in order.
    pub presses: Vec<DateTime>,
}

/// A leave or duty over some days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Away {
    /// Status code, for example `DL`.
    pub code: &'static str,
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
}

/// The presses of `person` on the day of `plan`; none when absent.
pub fn happening(seed: u64, index: usize, person: &Person, plan: Plan) -> Happening {
    let mut rng = day_rng(seed, index, plan.start.date());
    let habit = person.habit;
    let hit = |rng: &mut ChaCha8Rng, share: u32| rng.random_range(0..10_000) < share;
    if hit(&mut rng, habit.absent) {
        return Happening::default();
    }
    let arrival = if hit(&mut rng, habit.late) {
        plan.start + minutes(lateness(&mut rng))
    } else {
        plan.start - minutes((habit.early_by + rng.random_range(-habit.spread..=habit.spread)).max(1))
    };
    let departure = if hit(&mut rng, habit.leaves_early) {
        plan.end - minutes(rng.random_range(4..75))
    } else {
        plan.end + minutes(rng.random_range(0..35))
    };
    let mut presses = Vec::with_capacity(3);
    if !hit(&mut rng, habit.forgets_in) {
        let at = with_second(&mut rng, arrival);
        presses.push(at);
        if hit(&mut rng, 400) {
            // The reader was slow to answer, so the finger goes down once more.
            presses.push(at + 4.seconds());
        }
    }
    if !hit(&mut rng, habit.forgets_out) {
        presses.push(with_second(&mut rng, departure));
    }
    Happening { presses }
}

/// The leaves and duties of `person` in the month that begins on `first`.
pub fn away(seed: u64, index: usize, first: Date) -> Option<Away> {
    let mut rng = day_rng(seed ^ 0x5eed, index, first);
    let (code, days) = match rng.random_range(0..100) {
        0..9 => ("DL", rng.random_range(1..4)),
        9..13 => ("CT", rng.random_range(1..5)),
        13..16 => ("S", rng.random_range(1..4)),
        16..17 => ("I", 1),
        17..18 => ("CAP", 3),
        _ => return None,
    };
    let begin = first.saturating_add(i64::from(rng.random_range(0..24)).days());
    Some(Away { code, first: begin, last: begin.saturating_add(i64::from(days - 1).days()) })
}

fn lateness(rng: &mut ChaCha8Rng) -> i32 {
    match rng.random_range(0..10) {
        0..6 => rng.random_range(1..31),
        6..8 => rng.random_range(31..61),
        8 => rng.random_range(61..91),
        _ => rng.random_range(91..150),
    }
}

fn minutes(count: i32) -> Span {
    i64::from(count).minutes()
}

fn with_second(rng: &mut ChaCha8Rng, at: DateTime) -> DateTime {
    at + i64::from(rng.random_range(0..60)).seconds()
}

fn day_rng(seed: u64, index: usize, day: Date) -> ChaCha8Rng {
    let day = u64::from(day.year().unsigned_abs()) * 400 + u64::from(day.day_of_year().unsigned_abs());
    let index = u64::try_from(index).unwrap_or(u64::MAX);
    ChaCha8Rng::seed_from_u64(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (index << 20) ^ day)
}
