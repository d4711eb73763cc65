//! Every step of storing a batch fails once, before and after it took effect, and the process goes on or starts anew: what
//! was acknowledged is there, what is sent again is there once, and the log fits the tables.

use std::sync::Arc;

use async_trait::async_trait;
use domain::ids::PunchId;
use intake::{Door, IntakeError, Settings, Taken, Tap, Work};
use store::{
    Db, Options, StoreError, Tx,
    punch::PunchRow,
    testing::{Faults, TENANT, TestDb, When, postgres, sealer, sqlite},
};
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::fixture::{entries, punch, tap};

/// A part of an upload.
struct Part(Vec<PunchRow>);

#[async_trait]
impl Work for Part {
    type Answer = u64;
    type Refusal = StoreError;

    async fn run(self, tx: &mut Tx) -> Result<u64, StoreError> {
        store::punch::insert_batch(tx, &self.0).await
    }
}

/// A server on its database, and the means to break it.
struct Server {
    db: Db,
    faults: Arc<Faults>,
    door: Door,
    writer: JoinHandle<()>,
}

impl Server {
    async fn start(url: &str) -> Server {
        let options = Options { durable: false, ..Options::default() };
        let faults = Arc::new(Faults::default());
        let db = Db::connect_with(url, options).await.unwrap().sealed_by(sealer());
        let (door, writer) =
            Door::open(db.clone().with_faults(Arc::clone(&faults)), TENANT, Settings::default());
        Server { db, faults, door, writer }
    }

    async fn stop(self) {
        drop(self.door);
        self.writer.await.unwrap();
        self.db.close().await;
    }

    /// A batch of everything that there is: part of an upload, a new tap, a tap sent again, and a press sent under another
    /// name. The numbers of case `n` are its own.
    async fn batch(&self, n: u128, go: u128) -> (Result<u64, StoreError>, [Result<Taken, IntakeError>; 3]) {
        let [before, new, other] = batch_of(n, go);
        let line = |k: u128, pin| punch(1_000 * n + 100 * go + k, pin, n as i64);
        let part = Part(vec![line(10, "part"), line(11, "part2")]);
        // All are at the door before the writer gets its turn, so that they are one transaction.
        let (part, before, new, other) = tokio::join!(
            self.door.work(part),
            self.door.tap(before),
            self.door.tap(new),
            self.door.tap(other)
        );
        (part, [before, new, other])
    }
}

/// Sent before, new, and the same press as the first under another name. The server gives each a new number whenever it
/// comes.
fn batch_of(n: u128, go: u128) -> [Tap; 3] {
    let one = |k: u128, pin| tap(10 * n + k, 1_000 * n + 100 * go + k, pin, n as i64);
    [one(0, "7"), one(1, "8"), one(2, "7")]
}

/// What tap `k` of a batch becomes when it is stored at its `go`.
fn id(n: u128, go: u128, k: u128) -> PunchId {
    PunchId(Uuid::from_u128(1_000 * n + 100 * go + k))
}

/// One case: a fault in step `step` of the batch, then the senders come again.
async fn case(server: Server, url: &str, n: u128, (step, when): (usize, When), restarts: bool) -> Server {
    let first = server.door.tap(batch_of(n, 0)[0].clone()).await.unwrap();
    assert_eq!((first.punch_id, first.again), (id(n, 0, 0), false));
    server.faults.strike(step, when);
    let (part, taken) = server.batch(n, 1).await;
    let (steps, has_struck) = server.faults.rest();
    let what = format!("step {step} ({:?}) {when:?}, restart {restarts}", steps.get(step));
    assert!(has_struck, "{what}");
    let said_ok = part.is_ok() || taken.iter().any(Result::is_ok);
    assert!(!said_ok, "{what}: nobody is told that it is saved, since the answer to the commit never came");
    let server = if restarts {
        server.stop().await;
        Server::start(url).await
    } else {
        server
    };
    let (part, taken) = server.batch(n, 2).await;
    let was_applied = steps[step] == "COMMIT" && when == When::After;
    assert_eq!(part.unwrap(), if was_applied { 0 } else { 2 }, "{what}");
    let taken = taken.map(|one| one.map(|one| (one.punch_id, one.again)).unwrap());
    let expected =
        [(id(n, 0, 0), true), (id(n, if was_applied { 1 } else { 2 }, 1), was_applied), (id(n, 0, 0), true)];
    assert_eq!(taken, expected, "{what}");
    // Two of taps, two of the upload, for each case: none lost, none double, all logged.
    assert_eq!(u128::from(entries(&server.db).await), 4 * (n + 1), "{what}");
    server
}

async fn every_step(test: TestDb) {
    let mut server = Server::start(&test.url).await;
    let mut n = 0;
    // Without a fault, to learn the steps. The first batch of all also makes the log.
    server.door.tap(batch_of(n, 0)[0].clone()).await.unwrap();
    server.faults.rest();
    let (part, taken) = server.batch(n, 2).await;
    assert!(part.is_ok() && taken.iter().all(Result::is_ok));
    let (steps, _) = server.faults.rest();
    for known in [
        "BEGIN",
        "SAVEPOINT hadir_part",
        "RELEASE SAVEPOINT hadir_part",
        "INSERT INTO intake_key",
        "INSERT INTO punch",
        "INSERT INTO log_entry",
        "UPDATE log_head SET",
        "COMMIT",
    ] {
        assert!(steps.iter().any(|step| step == known), "{known} is none of {steps:?}");
    }
    for step in 0..steps.len() {
        for when in [When::Before, When::After] {
            for restarts in [false, true] {
                n += 1;
                server = case(server, &test.url, n, (step, when), restarts).await;
            }
        }
    }
    server.stop().await;
    test.finish().await;
}

#[tokio::test]
async fn every_step_fails_and_nothing_is_lost_or_doubled_on_sqlite() {
    every_step(sqlite().await).await;
}

#[tokio::test]
async fn every_step_fails_and_nothing_is_lost_or_doubled_on_postgresql() {
    every_step(postgres().await).await;
}
