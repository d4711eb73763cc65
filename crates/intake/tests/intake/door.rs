//! Taps: grouped, answered after the commit, each press once.

use domain::ids::PunchId;
use intake::{Door, IntakeError, Settings};
use store::{
    ErrorKind,
    testing::{TENANT, each_engine, sqlite},
};
use uuid::Uuid;

use crate::fixture::{entries, tap};

#[tokio::test]
async fn a_tap_sent_again_gets_the_same_answer_and_never_becomes_another_punch() {
    each_engine(async |db| {
        let (door, writer) = Door::open(db.clone(), TENANT, Settings::default());
        let first = door.tap(tap(1, 101, "7", 0)).await.unwrap();
        assert!(!first.again && first.punch_id == PunchId(Uuid::from_u128(101)));
        // The phone did not hear the answer and tries again an hour later, with another clock.
        let again = door.tap(tap(1, 102, "7", 3_600)).await.unwrap();
        assert_eq!((again.punch_id, again.again), (first.punch_id, true));
        // The same press under another name is the same press.
        let other = door.tap(tap(2, 103, "7", 0)).await.unwrap();
        assert_eq!((other.punch_id, other.again), (first.punch_id, true));
        assert_eq!(entries(&db).await, 1);
        drop(door);
        writer.await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn parallel_presses_of_one_person_are_one_punch_each() {
    each_engine(async |db| {
        let (door, writer) = Door::open(db.clone(), TENANT, Settings { batch: 50, ..Settings::default() });
        // Ten presses of each second under different names, all at once.
        let all = (0..200_u128).map(|n| {
            let door = door.clone();
            tokio::spawn(async move { door.tap(tap(n, 1_000 + n, "7", (n % 20) as i64)).await })
        });
        let mut taken = Vec::new();
        for one in all.collect::<Vec<_>>() {
            taken.push(one.await.unwrap().unwrap());
        }
        let new = taken.iter().filter(|t| !t.again).count();
        let mut punches: Vec<_> = taken.iter().map(|t| t.punch_id).collect();
        punches.sort_unstable();
        punches.dedup();
        assert_eq!((new, punches.len()), (20, 20));
        assert_eq!(entries(&db).await, 20);
        drop(door);
        writer.await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_waits_is_stored_together() {
    each_engine(async |db| {
        let (door, writer) = Door::open(db.clone(), TENANT, Settings::default());
        door.tap(tap(0, 1, "0", 0)).await.unwrap();
        let before = db.statements();
        let all: Vec<_> = (1..=500_u128)
            .map(|n| {
                let door = door.clone();
                tokio::spawn(async move { door.tap(tap(n, 1_000 + n, &n.to_string(), 0)).await })
            })
            .collect();
        for one in all {
            assert!(!one.await.unwrap().unwrap().again);
        }
        let statements = db.statements() - before;
        assert!(statements < 300, "{statements} statements for 500 taps");
        assert_eq!(entries(&db).await, 501);
        drop(door);
        writer.await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_full_door_says_so_at_once_and_a_dead_database_loses_nothing() {
    let test = sqlite().await;
    let (door, writer) =
        Door::open(test.db.clone(), TENANT, Settings { queue: 2, batch: 1, ..Settings::default() });
    // Somebody else holds the database, so that the writer waits.
    let held = test.db.begin_write(TENANT).await.unwrap();
    let waiting: Vec<_> = (0..10_u128)
        .map(|n| {
            let door = door.clone();
            tokio::spawn(async move { door.tap(tap(n, 100 + n, &n.to_string(), 0)).await })
        })
        .collect();
    tokio::task::yield_now().await;
    while waiting.iter().filter(|task| task.is_finished()).count() < 7 {
        tokio::task::yield_now().await;
    }
    drop(held);
    let (mut stored, mut full) = (0, 0);
    for one in waiting {
        match one.await.unwrap() {
            Ok(_) => stored += 1,
            Err(IntakeError::Full) => full += 1,
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!(stored + full, 10);
    assert!(
        (2..=3).contains(&stored),
        "two waiting, perhaps one being stored, the rest told to come again: {stored}"
    );
    test.db.close().await;
    let error = door.tap(tap(50, 200, "50", 0)).await.unwrap_err();
    assert!(matches!(&error, IntakeError::Store(e) if e.kind() == ErrorKind::Unavailable), "{error}");
    drop(door);
    writer.await.unwrap();
    test.finish().await;
}
