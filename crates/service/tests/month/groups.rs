//! Groups of a repeating roster.

use domain::day::DayCode;
use jiff::civil::date;
use store::{employee::names, testing::each_engine};

use crate::world::World;

/// Three firemen relieve each other: whoever is on duty is told by the dated group of each person.
#[tokio::test]
async fn each_group_of_a_24_48_roster_works_its_own_days() {
    each_engine(async |db| {
        let world = World::new(db, "2026-07-02T08:00", &[]).await;
        let people = [world.person("A").await, world.person("B").await, world.person("C").await];
        for (offset, id) in people.iter().enumerate() {
            world.fact(*id, names::SCHEDULE, "2025-01-01", "damkar-24-48").await;
            world.fact(*id, names::CYCLE_OFFSET, "2025-01-01", &offset.to_string()).await;
        }
        // B is moved to the group of A in the middle of the month.
        world.fact(people[1], names::CYCLE_OFFSET, "2026-06-16", "0").await;
        let sheet = world.load("2026-06").await;
        let duty = |id, day: i8| {
            let day = sheet.person(id).unwrap().day(date(2026, 6, day)).unwrap();
            assert_ne!(day.code, DayCode::TanpaJadwal);
            day.planned.is_some()
        };
        for day in 1..=15 {
            assert_eq!(people.iter().filter(|id| duty(**id, day)).count(), 1, "one group on June {day}");
            assert_eq!(duty(people[0], day), day % 3 == 0);
        }
        for day in 16..=30 {
            assert_eq!(duty(people[0], day), duty(people[1], day), "June {day}");
        }
    })
    .await;
}
