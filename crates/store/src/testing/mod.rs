//! Databases for tests: every test runs on both engines, each time on a database of its own.
//!
//! SQLite is a file in a temporary directory. PostgreSQL is one temporary cluster that all test processes share (see
//! [`cluster`]); every test gets a database copied from a migrated template, owned by a role without special rights so
//! that row security is in force. The first tenant, [`TENANT`], exists in each.

mod cluster;
mod own_server;
mod programs;

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use domain::{
    clock::{Clock, FixedClock},
    ids::TenantId,
    zone::Zone,
};
use jiff::Timestamp;
use tempfile::TempDir;

pub use own_server::OwnServer;

pub use crate::faults::{Faults, When};
use crate::{
    db::{Db, Options},
    log::Sealer,
    tenant::{self, Tenant},
    tx::Tx,
};

/// The tenant every test database starts with.
pub const TENANT: TenantId = TenantId(1);

/// The instant at which test databases were made: 2026-11-21 08:00 WIB.
pub fn start() -> Timestamp {
    Timestamp::from_second(1_795_222_800).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// A clock that stands at [`start`].
pub fn clock() -> FixedClock {
    FixedClock::new(start())
}

/// A sealer with a key that everybody knows, the time of [`clock`] and salts that count up.
pub fn sealer() -> Arc<Sealer> {
    sealer_by(Arc::new(clock()))
}

/// [`sealer`] with another clock.
pub fn sealer_by(clock: Arc<dyn Clock>) -> Arc<Sealer> {
    let next = AtomicU64::new(1);
    let random = move |bytes: &mut [u8]| {
        let count = next.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        for (byte, from) in bytes.iter_mut().zip(count.iter().cycle()) {
            *byte = *from;
        }
    };
    Arc::new(Sealer::new([7; 32], "hadir.test", clock, Box::new(random)))
}

/// A database that lives as long as this value.
#[derive(Debug)]
pub struct TestDb {
    /// The handle.
    pub db: Db,
    /// The address to open it again, for example by a started binary.
    pub url: String,
    home: Home,
}

#[derive(Debug)]
enum Home {
    Directory(#[expect(dead_code, reason = "removes the directory when dropped")] TempDir),
    Cluster(cluster::Database),
}

impl TestDb {
    /// Closes and removes the database. A test that fails need not come here: the cluster goes with its last user.
    pub async fn finish(self) {
        self.db.close().await;
        match self.home {
            Home::Directory(_) => {}
            Home::Cluster(database) => database.drop_now().await,
        }
    }
}

/// Runs `test` on SQLite and then on PostgreSQL.
///
/// # Panics
/// When a database cannot be made; the message says what to install.
pub async fn each_engine<F: AsyncFn(Db)>(test: F) {
    for test_db in [sqlite().await, postgres().await] {
        tracing::debug!(engine = ?test_db.db.kind(), "test");
        note(&format!("engine: {:?}", test_db.db.kind()));
        test(test_db.db.clone()).await;
        test_db.finish().await;
    }
}

/// A fresh SQLite database.
///
/// # Panics
/// When it cannot be made.
pub async fn sqlite() -> TestDb {
    let directory =
        TempDir::with_prefix("hadir-test-").unwrap_or_else(|e| panic!("no temporary directory: {e}"));
    let url = format!("sqlite:{}", directory.path().join("hadir.db").display());
    let db = open(&url).await;
    migrate(&db).await;
    TestDb { db, url, home: Home::Directory(directory) }
}

/// A fresh PostgreSQL database.
///
/// # Panics
/// When the server is not installed or does not start.
pub async fn postgres() -> TestDb {
    let database = cluster::database().await;
    let url = database.url.clone();
    let db = open(&url).await;
    TestDb { db, url, home: Home::Cluster(database) }
}

/// An empty PostgreSQL database, without schema, for a started binary that makes its own.
///
/// # Panics
/// As [`postgres`].
pub async fn empty_postgres() -> TestDb {
    let database = cluster::empty_database().await;
    let url = database.url.clone();
    let db = open(&url).await;
    TestDb { db, url, home: Home::Cluster(database) }
}

/// Runs `test` on an empty database of each engine, without schema.
///
/// # Panics
/// As [`each_engine`].
pub async fn each_empty_engine<F: AsyncFn(Db)>(test: F) {
    let memory = open("sqlite::memory:").await;
    test(memory.clone()).await;
    memory.close().await;
    let database = cluster::empty_database().await;
    let db = open(&database.url).await;
    test(db.clone()).await;
    db.close().await;
    database.drop_now().await;
}

/// A handle with the options of tests.
async fn open(url: &str) -> Db {
    let options = Options { durable: false, ..Options::default() };
    let db = Db::connect_with(url, options).await;
    db.unwrap_or_else(|e| panic!("test database {url}: {e:?}")).sealed_by(sealer())
}

/// Schema and first tenant.
async fn migrate(db: &Db) {
    let fail = |e: crate::StoreError| -> () { panic!("test database: {e:?}") };
    db.migrate(&clock()).await.map(|_| ()).unwrap_or_else(fail);
    let mut tx = db.begin_write(TENANT).await.unwrap_or_else(|e| panic!("test database: {e:?}"));
    let tenant = Tenant {
        tenant_id: TENANT,
        slug: "kab-uji".to_owned(),
        name: "Pemerintah Kabupaten Uji".to_owned(),
        province: "Lampung".to_owned(),
        zone: Zone::Wib,
        demo: false,
        created_at: clock().now(),
    };
    tenant::create(&mut tx, &tenant).await.unwrap_or_else(fail);
    tx.commit().await.unwrap_or_else(fail);
}

/// Runs SQL text without parameters, to make faults: drop a table, damage a row.
///
/// # Errors
/// As the engine answers.
pub async fn run_sql(tx: &mut Tx, sql: &str) -> crate::Result<()> {
    tx.batch(sql).await
}

/// The column `value` of every row of SQL text, as text; to look at what the engine itself knows.
///
/// # Errors
/// As the engine answers.
pub async fn query_sql(tx: &mut Tx, sql: &'static str) -> crate::Result<Vec<String>> {
    // Names the tenant so that the check against statements without one is content.
    let sql = format!("{sql} /* tenant_id */");
    tx.fetch_map(sql, Vec::new(), |row| row.get("value")).await
}

#[expect(clippy::print_stdout, reason = "the runner shows it only beside a failed test")]
fn note(text: &str) {
    println!("{text}");
}

/// The tables whose rows the log commits to.
pub fn covered_tables() -> Vec<&'static str> {
    crate::log::covered_tables()
}
