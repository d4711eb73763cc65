//! Writer and clients by seed: retries, copies, reordering, a door that is full, senders that give up, faults in every step
//! and writers that die. What each client heard is its own ledger, and is compared with the database.
//!
//! `HADIR_SEEDS` says how many each test takes (250 on SQLite, in four tests; 100 on PostgreSQL), `HADIR_SEED` runs one alone.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    panic::AssertUnwindSafe,
    sync::Arc,
};

use domain::{
    ids::{PunchId, TenantId},
    zone::Zone,
};
use futures_util::{FutureExt, future::join_all};
use intake::{Door, IntakeError, Settings, Taken};
use jiff::{Timestamp, civil::datetime};
use ledger::{Edge, Hash, SignedCheckpoint, leaf_hash};
use rand::{Rng, SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;
use store::{
    Db, log,
    punch::PunchRow,
    tenant::{self, Tenant},
    testing::{Faults, TestDb, When, postgres, sqlite, start},
};
use tokio::task::JoinHandle;

use crate::fixture::tap;

/// Seeds of one test on SQLite.
const SEEDS: u64 = 250;
/// Steps of a batch after which no fault can strike it any more.
const STEPS: usize = 14;

/// A press as its client knows it.
#[derive(Debug, Clone)]
struct Press {
    pin: String,
    /// The seconds that the client gave; more than one when its clock was set between two tries.
    seconds: BTreeSet<i64>,
    /// What it heard.
    acknowledged: Option<PunchId>,
}

/// What must have happened, so that nobody takes a quiet morning for a test.
const EVENTS: [&str; 8] =
    ["acknowledged", "again", "full", "failed", "given up", "fault", "death of the writer", "punch"];

/// How often each happened.
type Tally = BTreeMap<&'static str, usize>;

/// The clients with what they remember, and the server they talk to.
struct World {
    rng: ChaCha8Rng,
    tenant: TenantId,
    db: Db,
    faults: Arc<Faults>,
    door: Door,
    writer: JoinHandle<()>,
    presses: BTreeMap<u128, Press>,
    next_punch: u128,
    heads: Vec<(u64, Hash)>,
    tally: Tally,
}

impl World {
    async fn new(db: &Db, seed: u64) -> World {
        // A tenant of its own is a log of its own.
        let tenant = TenantId(i64::try_from(seed).unwrap() + 10);
        let mut tx = db.begin_write(tenant).await.unwrap();
        let row = Tenant {
            tenant_id: tenant,
            slug: format!("kab-{seed}"),
            name: format!("Kabupaten {seed}"),
            province: "Lampung".to_owned(),
            zone: Zone::Wib,
            demo: false,
            created_at: start(),
        };
        tenant::create(&mut tx, &row).await.unwrap();
        tx.commit().await.unwrap();
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let faults = Arc::new(Faults::default());
        let (door, writer) = open(db, tenant, &faults, some_settings(&mut rng));
        let (presses, heads, tally) = (BTreeMap::new(), Vec::new(), Tally::default());
        World { rng, tenant, db: db.clone(), faults, door, writer, presses, next_punch: 0, heads, tally }
    }

    fn count(&mut self, event: &'static str, times: usize) {
        *self.tally.entry(event).or_default() += times;
    }

    /// Some sends at once, perhaps into a fault, perhaps into the death of the writer.
    async fn round(&mut self) {
        let sends = self.choose();
        let is_faulty = self.rng.random_bool(0.5);
        if is_faulty {
            let when = if self.rng.random_bool(0.5) { When::Before } else { When::After };
            self.faults.strike(self.rng.random_range(0..STEPS), when);
        }
        // How often the others get a turn before the writer dies: anywhere within a batch.
        let death = self.rng.random_bool(0.2).then(|| self.rng.random_range(0..60));
        let (door, mut going) = (self.door.clone(), Vec::new());
        for (name, second) in sends {
            let gives_up = self.rng.random_bool(0.1);
            let punch = self.next_punch;
            self.next_punch += 1;
            let press = tap(name, punch, &self.presses[&name].pin, second);
            let door = door.clone();
            going.push(async move {
                let sent = door.tap(press);
                // Who gives up has sent, but hears nothing.
                let heard = if gives_up { sent.now_or_never() } else { Some(sent.await) };
                (name, heard)
            });
        }
        drop(door);
        let writer = self.writer.abort_handle();
        let dies = async {
            for _ in 0..death.unwrap_or(0) {
                tokio::task::yield_now().await;
            }
            if death.is_some() {
                writer.abort();
            }
        };
        let (heard, ()) = tokio::join!(join_all(going), dies);
        let (_, has_struck) = self.faults.rest();
        self.count("fault", usize::from(is_faulty && has_struck));
        self.count("death of the writer", usize::from(death.is_some()));
        for (name, heard) in heard {
            self.hear(name, heard);
        }
        if death.is_some() || self.rng.random_bool(0.1) {
            let settings = some_settings(&mut self.rng);
            self.restart(settings).await;
        }
        self.look_at_the_head().await;
    }

    /// New presses, retries, copies of acknowledged ones; in any order, some twice.
    fn choose(&mut self) -> Vec<(u128, i64)> {
        let mut sends = Vec::new();
        for _ in 0..self.rng.random_range(1..12) {
            let known: Vec<u128> = self.presses.keys().copied().collect();
            let name = if known.is_empty() || self.rng.random_bool(0.5) {
                self.invent()
            } else {
                known[self.rng.random_range(0..known.len())]
            };
            let is_shifted = self.presses[&name].pin.starts_with("clock") && self.rng.random_bool(0.3);
            let press = self.presses.get_mut(&name).unwrap();
            let second = *press.seconds.first().unwrap() + if is_shifted { 3_600 } else { 0 };
            press.seconds.insert(second);
            sends.push((name, second));
        }
        let copies: Vec<_> = sends.iter().copied().filter(|_| self.rng.random_bool(0.2)).collect();
        sends.extend(copies);
        sends.shuffle(&mut self.rng);
        sends
    }

    /// A new name: of a finger that is pressed a lot, perhaps twice in a second under two names, or of somebody whose clock
    /// will be set.
    fn invent(&mut self) -> u128 {
        let name = 1_000 + self.presses.len() as u128;
        let (pin, second) = match self.rng.random_range(0..3) {
            0 => (format!("clock{name}"), 0),
            _ => (self.rng.random_range(1..4).to_string(), self.rng.random_range(0..20)),
        };
        self.presses.insert(name, Press { pin, seconds: BTreeSet::from([second]), acknowledged: None });
        name
    }

    fn hear(&mut self, name: u128, heard: Option<Result<Taken, IntakeError>>) {
        let taken = match heard {
            Some(Ok(taken)) => taken,
            Some(Err(IntakeError::Full)) => return self.count("full", 1),
            Some(Err(_)) => return self.count("failed", 1),
            None => return self.count("given up", 1),
        };
        self.count("acknowledged", 1);
        self.count("again", usize::from(taken.again));
        let before = self.presses.get_mut(&name).unwrap().acknowledged.replace(taken.punch_id);
        assert!(before.is_none_or(|id| id == taken.punch_id), "{name} has two answers");
    }

    async fn restart(&mut self, settings: Settings) {
        let (door, writer) = open(&self.db, self.tenant, &self.faults, settings);
        let old = std::mem::replace(&mut self.door, door);
        drop(old);
        // The end of one that died is no fault here.
        std::mem::replace(&mut self.writer, writer).await.ok();
    }

    async fn look_at_the_head(&mut self) {
        let mut tx = self.db.begin_read(self.tenant).await.unwrap();
        let Some(head) = log::head(&mut tx).await.unwrap() else { return };
        let signed = SignedCheckpoint::parse(&head.checkpoint).unwrap();
        assert_eq!(signed.size(), head.edge.size());
        let last = self.heads.last().map_or(0, |(size, _)| *size);
        assert!(signed.size() >= last, "the log went back from {last} to {}", signed.size());
        self.heads.push((signed.size(), signed.root()));
    }

    /// Everybody sends again, and is heard.
    async fn come_to_an_end(&mut self) {
        self.restart(Settings::default()).await;
        let mut going = Vec::new();
        for (name, press) in &self.presses {
            self.next_punch += 1;
            let tap = tap(*name, self.next_punch, &press.pin, *press.seconds.last().unwrap());
            let (name, was_heard, door) = (*name, press.acknowledged.is_some(), self.door.clone());
            going.push(async move { (name, was_heard, door.tap(tap).await.unwrap()) });
        }
        for (name, was_heard, taken) in join_all(going).await {
            assert!(taken.again || !was_heard, "{name} was acknowledged and is new again");
            self.hear(name, Some(Ok(taken)));
        }
        self.look_at_the_head().await;
    }

    async fn stored(&self) -> Vec<PunchRow> {
        let mut tx = self.db.begin_read(self.tenant).await.unwrap();
        store::punch::received_since(&mut tx, Timestamp::MIN, 10_000).await.unwrap()
    }

    /// The punches against what the clients remember.
    async fn compare(&self) {
        let rows = self.stored().await;
        let seven = datetime(2026, 11, 2, 7, 0, 0, 0);
        let stored: HashMap<(String, i64), PunchId> = rows
            .iter()
            .map(|row| {
                let second = row.local_time.duration_since(seven).as_secs();
                ((row.pin.clone(), second), row.punch_id)
            })
            .collect();
        assert_eq!(stored.len(), rows.len());
        let mut explained = BTreeSet::new();
        for (name, press) in &self.presses {
            let found: Vec<PunchId> = press
                .seconds
                .iter()
                .filter_map(|second| stored.get(&(press.pin.clone(), *second)).copied())
                .collect();
            assert!(found.len() <= 1, "{name} is stored {} times: {press:?}", found.len());
            if press.acknowledged.is_some() {
                assert_eq!(found.first(), press.acknowledged.as_ref(), "{name}: {press:?}");
            }
            explained.extend(found);
        }
        assert_eq!(explained.len(), rows.len(), "a punch that nobody sent");
    }

    /// The log against the punches, and every end of it that was ever seen against its entries.
    async fn look_at_the_log(&self) {
        let punches = self.stored().await.len() as u64;
        let mut tx = self.db.begin_read(self.tenant).await.unwrap();
        let checked = log::check(&mut tx).await.unwrap();
        assert_eq!(checked.findings, vec![]);
        assert_eq!(checked.entries, punches + 1, "one for each, and one for the key");
        let (mut edge, mut roots) = (Edge::new(), HashMap::new());
        for row in log::entries(&mut tx, 0, 10_000).await.unwrap() {
            edge.append(leaf_hash(&row.entry)).unwrap();
            roots.insert(edge.size(), edge.root());
        }
        for (size, root) in &self.heads {
            assert_eq!(roots.get(size), Some(root), "the log of {size} entries is another one now");
        }
    }
}

fn some_settings(rng: &mut ChaCha8Rng) -> Settings {
    let (queue, batch) = (rng.random_range(1..16), rng.random_range(1..12));
    Settings { queue, batch, ..Settings::default() }
}

fn open(db: &Db, tenant: TenantId, faults: &Arc<Faults>, settings: Settings) -> (Door, JoinHandle<()>) {
    Door::open(db.clone().with_faults(Arc::clone(faults)), tenant, settings)
}

async fn simulate(db: &Db, seed: u64) -> Tally {
    let mut world = World::new(db, seed).await;
    for _ in 0..world.rng.random_range(2..6) {
        world.round().await;
    }
    world.compare().await;
    world.come_to_an_end().await;
    world.compare().await;
    world.look_at_the_log().await;
    let punches = world.stored().await.len();
    world.count("punch", punches);
    drop(world.door);
    world.writer.await.unwrap();
    world.tally
}

/// The seeds of test number `turn`, which takes `count` of them.
async fn simulate_all(test: TestDb, turn: u64, count: u64) {
    let one = number("HADIR_SEED");
    let count = number("HADIR_SEEDS").unwrap_or(count);
    let seeds = one.map_or(turn * count..(turn + 1) * count, |seed| seed..seed + 1);
    let mut tally = Tally::new();
    for seed in seeds {
        match AssertUnwindSafe(simulate(&test.db, seed)).catch_unwind().await {
            Ok(one) => one.into_iter().for_each(|(event, times)| *tally.entry(event).or_default() += times),
            Err(fault) => {
                say(&format!("seed {seed} failed; run it alone with HADIR_SEED={seed}"));
                std::panic::resume_unwind(fault);
            }
        }
    }
    say(&format!("{tally:?}"));
    let missing = EVENTS.iter().find(|event| tally.get(**event).is_none_or(|times| *times == 0));
    assert!(one.is_some() || missing.is_none(), "never happened: {missing:?}");
    test.finish().await;
}

#[expect(clippy::print_stdout, reason = "the seed with which it can be run again, and what happened")]
fn say(text: &str) {
    println!("{text}");
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

#[tokio::test]
async fn mornings_of_clients_and_faults_on_sqlite_first_quarter() {
    simulate_all(sqlite().await, 0, SEEDS).await;
}

#[tokio::test]
async fn mornings_of_clients_and_faults_on_sqlite_second_quarter() {
    simulate_all(sqlite().await, 1, SEEDS).await;
}

#[tokio::test]
async fn mornings_of_clients_and_faults_on_sqlite_third_quarter() {
    simulate_all(sqlite().await, 2, SEEDS).await;
}

#[tokio::test]
async fn mornings_of_clients_and_faults_on_sqlite_fourth_quarter() {
    simulate_all(sqlite().await, 3, SEEDS).await;
}

#[tokio::test]
async fn mornings_of_clients_and_faults_on_postgresql() {
    simulate_all(postgres().await, 0, 100).await;
}
