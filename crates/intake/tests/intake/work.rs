//! Work of the writer: undone alone, answered after the commit, and never for long in front of others.

use std::sync::Arc;

use async_trait::async_trait;
use intake::{Door, IntakeError, Settings, Work};
use store::{
    ErrorKind, StoreError, Tx,
    punch::PunchRow,
    testing::{TENANT, each_engine, query_sql, run_sql},
};
use tokio::sync::Notify;

use crate::fixture::{entries, punch, tap};

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
        // The entries cannot be written, which is the last act before the commit.
        let mut tx = db.begin_write(TENANT).await.unwrap();
        run_sql(&mut tx, "ALTER TABLE log_entry RENAME TO log_entry_away").await.unwrap();
        tx.commit().await.unwrap();
        let error = door.tap(tap(2, 2, "2", 0)).await.unwrap_err();
        assert!(matches!(&error, IntakeError::Store(_)), "{error}");
        let work = door.work(Hand { punch: punch(3, "3", 0), refuse: false }).await;
        assert_eq!(work, Err(Refused::Store));
        let mut tx = db.begin_write(TENANT).await.unwrap();
        run_sql(&mut tx, "ALTER TABLE log_entry_away RENAME TO log_entry").await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(entries(&db).await, 1, "neither is stored");
        assert!(!door.tap(tap(2, 2, "2", 0)).await.unwrap().again, "sent again, it is the first");
        drop(door);
        writer.await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_punch_waits_for_its_entry_when_somebody_has_moved_the_end_of_the_log() {
    each_engine(async |db| {
        let (door, _) = Door::open(db.clone(), TENANT, Settings::default());
        door.tap(tap(1, 1, "1", 0)).await.unwrap();
        let mut tx = db.begin_write(TENANT).await.unwrap();
        run_sql(&mut tx, "UPDATE log_head SET size = size + 1").await.unwrap();
        tx.commit().await.unwrap();
        assert!(!door.tap(tap(2, 2, "2", 0)).await.unwrap().again, "it is stored all the same");
        assert!(!db.sealer().unwrap().refusal().unwrap().reason.is_empty());
        let mut tx = db.begin_read(TENANT).await.unwrap();
        assert_eq!(store::log::waiting(&mut tx).await.unwrap(), 1);
    })
    .await;
}

/// Says that it began, and ends when it is let go.
struct Held {
    begun: Arc<Notify>,
    go: Arc<Notify>,
}

#[async_trait]
impl Work for Held {
    type Answer = ();
    type Refusal = StoreError;

    async fn run(self, _: &mut Tx) -> Result<(), StoreError> {
        self.begun.notify_one();
        self.go.notified().await;
        Ok(())
    }
}

/// Keeps the writer until the notice that this gives; it is in its transaction when this returns.
async fn hold(door: &Door) -> Arc<Notify> {
    let (begun, go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let held = Held { begun: Arc::clone(&begun), go: Arc::clone(&go) };
    let door = door.clone();
    tokio::spawn(async move { door.work(held).await });
    begun.notified().await;
    go
}

/// A part of a long upload, of which only the first line matters here.
struct Part(PunchRow);

#[async_trait]
impl Work for Part {
    type Answer = ();
    type Refusal = StoreError;

    fn rows(&self) -> usize {
        2_000
    }

    async fn run(self, tx: &mut Tx) -> Result<(), StoreError> {
        store::punch::insert_batch(tx, &[self.0]).await.map(|_| ())
    }
}

#[tokio::test]
async fn a_tap_waits_for_one_part_of_an_upload_at_most() {
    each_engine(async |db| {
        let (door, writer) = Door::open(db.clone(), TENANT, Settings::default());
        let go = hold(&door).await;
        // A hundred parts of 2,000 lines wait already when the tap comes.
        let parts: Vec<_> = (0..100_u128)
            .map(|n| {
                let door = door.clone();
                tokio::spawn(async move { door.work(Part(punch(100 + n, "2000", n as i64))).await })
            })
            .collect();
        tokio::task::yield_now().await;
        let (tapped, ()) = tokio::join!(door.tap(tap(1, 1, "7", 0)), async { go.notify_one() });
        assert!(!tapped.unwrap().again);
        for part in parts {
            part.await.unwrap().unwrap();
        }
        let mut tx = db.begin_read(TENANT).await.unwrap();
        let place =
            "SELECT CAST(l.seq AS TEXT) AS value FROM log_entry l JOIN punch p ON p.punch_id = l.subject
                     WHERE p.pin = '7'";
        // Behind the key of the log and one part.
        assert_eq!(query_sql(&mut tx, place).await.unwrap(), ["2"]);
        drop(tx);
        assert_eq!(entries(&db).await, 101);
        drop(door);
        writer.await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_full_door_answers_at_once_while_the_writer_is_busy() {
    each_engine(async |db| {
        let settings = Settings { queue: 3, ..Settings::default() };
        let (door, writer) = Door::open(db.clone(), TENANT, settings);
        let go = hold(&door).await;
        let waiting: Vec<_> = (0..3_u128)
            .map(|n| {
                let door = door.clone();
                tokio::spawn(async move { door.tap(tap(n, 1 + n, "7", n as i64)).await })
            })
            .collect();
        tokio::task::yield_now().await;
        for n in 10..20 {
            // Without giving the writer, or anybody, a turn.
            let answer = futures_util::FutureExt::now_or_never(door.tap(tap(n, n, "8", n as i64)));
            assert!(matches!(answer, Some(Err(IntakeError::Full))), "{answer:?}");
        }
        go.notify_one();
        for one in waiting {
            assert!(!one.await.unwrap().unwrap().again);
        }
        assert!(!door.tap(tap(10, 10, "8", 10)).await.unwrap().again, "there is room again");
        assert_eq!(entries(&db).await, 4);
        drop(door);
        writer.await.unwrap();
    })
    .await;
}

struct Broken;

#[async_trait]
impl Work for Broken {
    type Answer = ();
    type Refusal = StoreError;

    async fn run(self, tx: &mut Tx) -> Result<(), StoreError> {
        store::punch::insert_batch(tx, &[punch(9, "9", 9)]).await?;
        panic!("a fault of the program");
    }
}

#[tokio::test]
async fn a_fault_in_work_does_not_close_the_door() {
    each_engine(async |db| {
        let (door, writer) = Door::open(db.clone(), TENANT, Settings::default());
        let error = door.work(Broken).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Other);
        assert!(!door.tap(tap(1, 1, "1", 0)).await.unwrap().again);
        assert_eq!(entries(&db).await, 1, "nothing of the broken work is kept");
        drop(door);
        writer.await.unwrap();
    })
    .await;
}
