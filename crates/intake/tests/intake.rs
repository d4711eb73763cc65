//! The door over a real database: grouped, answered after the commit, each press once.
#![expect(clippy::unwrap_used, reason = "a broken fixture should fail its test at once")]

use async_trait::async_trait;
use domain::{
    ids::{DeviceGroupId, PunchId},
    punch::{Direction, PlaceState},
    zone::Zone,
};
use intake::{Door, IntakeError, Settings, Tap, Work};
use jiff::{ToSpan, civil::datetime};
use store::{
    Db, ErrorKind, StoreError, Tx, log,
    punch::{PunchRow, PunchSource},
    testing::{TENANT, each_engine, run_sql, sqlite, start},
};
use uuid::Uuid;

fn punch(id: u128, pin: &str, second: i64) -> PunchRow {
    let local = datetime(2026, 11, 2, 7, 0, 0, 0) + second.seconds();
    PunchRow {
        punch_id: PunchId(Uuid::from_u128(id)),
        employee_id: None,
        at: Zone::Wib.instant(local).unwrap(),
        local_time: local,
        zone: Zone::Wib,
        received_at: start(),
        source: PunchSource::Terminal,
        terminal_id: None,
        device_group_id: Some(DeviceGroupId(Uuid::from_u128(5))),
        pin: pin.to_owned(),
        status: String::new(),
        verify: String::new(),
        workcode: String::new(),
        direction: Direction::Unknown,
        place: PlaceState::Unknown,
        flags: String::new(),
        journal_id: None,
        import_id: None,
    }
}

fn tap(name: u128, id: u128, pin: &str, second: i64) -> Tap {
    Tap { sender: [9; 16], client_id: name.to_be_bytes(), punch: punch(id, pin, second) }
}

async fn entries(db: &Db) -> u64 {
    let mut tx = db.begin_read(TENANT).await.unwrap();
    let checked = log::check(&mut tx).await.unwrap();
    assert_eq!(checked.findings, vec![]);
    // The first entry is the one of the key.
    checked.entries.saturating_sub(1)
}

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
        let (door, writer) = Door::open(db.clone(), TENANT, Settings { queue: 4_096, batch: 50 });
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
    let (door, writer) = Door::open(test.db.clone(), TENANT, Settings { queue: 2, batch: 1 });
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

/// Stores a punch and then refuses or not.
struct Hand {
    punch: PunchRow,
    refuse: bool,
}

#[derive(Debug, PartialEq)]
enum Refused {
    ByRule,
    Store,
}

impl From<StoreError> for Refused {
    fn from(_: StoreError) -> Self {
        Self::Store
    }
}

#[async_trait]
impl Work for Hand {
    type Answer = u64;
    type Refusal = Refused;

    async fn run(self, tx: &mut Tx) -> Result<u64, Refused> {
        let new = store::punch::insert_batch(tx, &[self.punch]).await?;
        if self.refuse { Err(Refused::ByRule) } else { Ok(new) }
    }
}

#[tokio::test]
async fn work_that_refuses_undoes_only_itself() {
    each_engine(async |db| {
        let (door, writer) = Door::open(db.clone(), TENANT, Settings::default());
        let one = Hand { punch: punch(1, "1", 0), refuse: false };
        let two = Hand { punch: punch(2, "2", 0), refuse: true };
        let three = tap(3, 3, "3", 0);
        let (one, two, three) = tokio::join!(door.work(one), door.work(two), door.tap(three));
        assert_eq!((one, two), (Ok(1), Err(Refused::ByRule)));
        assert!(!three.unwrap().again);
        assert_eq!(entries(&db).await, 2);
        drop(door);
        writer.await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn nobody_is_told_saved_when_the_commit_fails() {
    each_engine(async |db| {
        let (door, writer) = Door::open(db.clone(), TENANT, Settings::default());
        door.tap(tap(1, 1, "1", 0)).await.unwrap();
        // Somebody moved the end of the log: the writer's own end no longer fits.
        let mut tx = db.begin_write(TENANT).await.unwrap();
        run_sql(&mut tx, "UPDATE log_head SET size = size + 1").await.unwrap();
        tx.commit().await.unwrap();
        let error = door.tap(tap(2, 2, "2", 0)).await.unwrap_err();
        assert!(matches!(&error, IntakeError::Store(e) if e.kind() == ErrorKind::Corrupt), "{error}");
        let work = door.work(Hand { punch: punch(3, "3", 0), refuse: false }).await;
        assert_eq!(work, Err(Refused::Store));
        let mut tx = db.begin_write(TENANT).await.unwrap();
        run_sql(&mut tx, "UPDATE log_head SET size = size - 1").await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(entries(&db).await, 1, "neither is stored");
        assert!(!door.tap(tap(2, 2, "2", 0)).await.unwrap().again, "sent again, it is the first");
        drop(door);
        writer.await.unwrap();
    })
    .await;
}
