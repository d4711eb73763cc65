//! An invented regency with invented people, made from a seed.

mod days;
mod habit;
mod people;
pub mod regency;

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

pub use days::{Away, Happening, Plan, away, happening};
pub use habit::Habit;
pub use people::{Person, head_of};

/// Everybody.
#[derive(Debug, Clone, PartialEq)]
pub struct Population {
    /// The seed everything was drawn from.
    pub seed: u64,
    /// The people, grouped by OPD, heads first.
    pub people: Vec<Person>,
}

impl Population {
    /// Draws `count` people.
    pub fn draw(seed: u64, count: usize) -> Population {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        Population { seed, people: people::make(&mut rng, count) }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::employment::EmploymentKind;
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_regency() {
        assert_eq!(Population::draw(1, 300), Population::draw(1, 300));
        assert_ne!(Population::draw(1, 300), Population::draw(2, 300));
    }

    #[test]
    fn numbers_are_valid_and_different_and_all_kinds_occur() {
        let population = Population::draw(2017, 1200);
        assert_eq!(population.people.len(), 1200);
        let numbers: BTreeSet<_> = population.people.iter().map(|p| p.number.clone()).collect();
        assert_eq!(numbers.len(), 1200);
        for person in &population.people {
            assert!(domain::nip::EmployeeNumber::parse(&person.number).is_ok(), "{}", person.number);
        }
        for kind in EmploymentKind::ALL {
            assert!(population.people.iter().any(|p| p.kind == kind), "{kind:?}");
        }
    }

    #[test]
    fn a_large_government_has_no_number_twice() {
        let people = Population::draw(2017, 50_000).people;
        let numbers: BTreeSet<_> = people.iter().map(|p| &p.number).collect();
        assert_eq!(numbers.len(), 50_000);
    }

    #[test]
    fn most_people_are_punctual_and_some_are_not() {
        let population = Population::draw(2017, 1200);
        let start = date(2026, 10, 5).at(7, 30, 0, 0);
        let plan = Plan { start, end: date(2026, 10, 5).at(16, 0, 0, 0) };
        let days: Vec<_> =
            population.people.iter().enumerate().map(|(i, p)| happening(2017, i, p, plan)).collect();
        let absent = days.iter().filter(|d| d.presses.is_empty()).count();
        let late = days.iter().filter(|d| d.presses.first().is_some_and(|p| *p > start)).count();
        assert!((1..80).contains(&absent), "{absent}");
        assert!((20..160).contains(&late), "{late}");
    }
}
