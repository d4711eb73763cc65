//! Clocks that are set while punches come in: what was acknowledged is there once, and the time of the log never goes back.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use domain::clock::Clock;
use futures_util::future::join_all;
use intake::{Door, Settings, Taken};
use jiff::{SignedDuration, Timestamp};
use ledger::Entry;
use store::{
    Db, Options, log,
    testing::{TENANT, TestDb, postgres, sealer_by, sqlite, start},
};

use crate::fixture::{entries, tap};

const HOUR: i64 = 3_600;
const YEAR: i64 = 365 * 24 * HOUR;

/// Shows another time at each look: by so many seconds off, in turn.
struct Restless {
    looks: AtomicUsize,
    off: &'static [i64],
}

impl Clock for Restless {
    fn now(&self) -> Timestamp {
        let look = self.looks.fetch_add(1, Ordering::Relaxed);
        start() + SignedDuration::from_secs(self.off[look % self.off.len()])
    }
}

/// A server with its own clock.
struct Server {
    db: Db,
    clock: Arc<Restless>,
    door: Door,
    sent: AtomicUsize,
}

impl Server {
    async fn start(url: &str, off: &'static [i64]) -> Server {
        let options = Options { durable: false, ..Options::default() };
        let clock = Arc::new(Restless { looks: AtomicUsize::new(0), off });
        let db = Db::connect_with(url, options).await.unwrap().sealed_by(sealer_by(clock.clone()));
        let (door, _) = Door::open(db.clone(), TENANT, Settings { batch: 4, ..Settings::default() });
        Server { db, clock, door, sent: AtomicUsize::new(0) }
    }

    /// Ten people press at once, each twice, and each press is sent twice. The presses of rush `of` are its own.
    async fn rush(&self, start: u128, of: u128) -> Vec<Taken> {
        let press = |n: u128| {
            let sent = self.sent.fetch_add(1, Ordering::Relaxed) as u128;
            let mut tap =
                tap(100 * of + n, 100_000 * start + sent, &(n / 2).to_string(), (100 * of + n) as i64);
            tap.punch.received_at = self.clock.now();
            self.door.tap(tap)
        };
        join_all((0..40).map(|n| press(n % 20))).await.into_iter().map(Result::unwrap).collect()
    }

    /// The times of the entries, in their order.
    async fn times(&self) -> Vec<Timestamp> {
        let mut tx = self.db.begin_read(TENANT).await.unwrap();
        let rows = log::entries(&mut tx, 0, 10_000).await.unwrap();
        let times: Vec<_> = rows.iter().map(|row| Entry::parse(&row.entry).unwrap().at()).collect();
        let head = log::head(&mut tx).await.unwrap().unwrap();
        assert_eq!(Some(&head.at), times.last());
        times
    }
}

/// One start of the server after another, each with its clock.
async fn mornings(test: TestDb, clocks: &[&'static [i64]]) {
    let mut said = Vec::new();
    for (go, off) in (1..).zip(clocks) {
        let server = Server::start(&test.url, off).await;
        let taken = server.rush(go, go).await;
        assert_eq!(taken.iter().filter(|taken| !taken.again).count(), 20, "each press once: {off:?}");
        said.push(taken);
        for (before, taken) in (1..).zip(&said) {
            let again = server.rush(go, before).await;
            assert!(again.iter().all(|taken| taken.again), "nothing is taken in twice: {off:?}");
            let punches = |taken: &[Taken]| taken.iter().map(|taken| taken.punch_id).collect::<Vec<_>>();
            assert_eq!(punches(&again), punches(taken), "each hears what it heard: {off:?}");
        }
        let times = server.times().await;
        assert!(times.is_sorted(), "the time of the log went back: {off:?}");
        assert_eq!(entries(&server.db).await, 20 * said.len() as u64);
        server.db.close().await;
    }
    test.finish().await;
}

/// Right, two hours slow and a year fast in the middle of batches; wrong at the start, and right again afterwards.
const CLOCKS: [&[i64]; 7] =
    [&[0], &[1, -2 * HOUR], &[-2 * HOUR], &[0, 1, 2, YEAR, -2 * HOUR], &[-40 * YEAR], &[YEAR], &[30]];

#[tokio::test]
async fn no_promise_is_broken_and_the_log_never_goes_back_on_sqlite() {
    mornings(sqlite().await, &CLOCKS).await;
}

#[tokio::test]
async fn no_promise_is_broken_and_the_log_never_goes_back_on_postgresql() {
    mornings(postgres().await, &CLOCKS).await;
}
