//! The database handle: which engine, its pools and how a transaction begins.

use std::{
    fmt,
    fs::OpenOptions,
    os::unix::fs::OpenOptionsExt,
    path::Path,
    str::FromStr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use domain::ids::TenantId;
use sqlx::{
    AssertSqlSafe, Connection as _, PgPool, SqlitePool,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::{
    error::{ErrorKind, Result, StoreError},
    faults::Seam,
    log::Sealer,
    tx::{Inner, Tx, doubted},
};

/// The tenant of transactions on instance-wide tables: no row of any tenant is visible or writable.
pub(crate) const NO_TENANT: TenantId = TenantId(0);

const SQLITE_READERS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 16;
/// A PostgreSQL server that does not answer for so long is away, and whoever waits should hear so before they give up. SQLite has
/// one writer, which may well be busy for longer.
const AWAY: Duration = Duration::from_secs(5);
/// Prepared statements kept per connection; above the number of distinct statements of this crate, with bulk statements of
/// every size for the few tables that a rush writes.
const STATEMENTS_KEPT: usize = 500;
/// Pages of SQLite's write-ahead log from which it should begin anew: 32 MB.
const LONG_WAL: i64 = 8_000;
/// A server, database or role may be set to answer before the disk has a commit; this connection is not.
const FLUSHES: &str = "SELECT set_config('synchronous_commit', 'on', false)
    WHERE current_setting('synchronous_commit') = 'off'";
/// How long SQLite waits for another process (a command line import beside the server) to finish its transaction.
const BUSY: Duration = Duration::from_secs(20);

/// The two engines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EngineKind {
    /// Embedded, one file.
    Sqlite,
    /// A server, shared by several nodes.
    Postgres,
}

/// What may be tuned; [`Options::default`] is right for production.
#[derive(Debug, Clone)]
pub struct Options {
    /// Whether a commit is flushed to the disk before it returns. Only tests turn it off.
    pub durable: bool,
    /// The most pages a SQLite file may have; tests of a full disk set it.
    pub max_pages: Option<u32>,
    /// How long to wait for a free connection before the call fails as unavailable; at most five seconds for PostgreSQL.
    pub acquire_timeout: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self { durable: true, max_pages: None, acquire_timeout: Duration::from_secs(30) }
    }
}

/// A cheap, shareable handle to the database.
#[derive(Clone)]
pub struct Db {
    pub(crate) engine: Engine,
    statements: Arc<AtomicU64>,
    place: Arc<str>,
    sealer: Option<Arc<Sealer>>,
    #[cfg(feature = "testing")]
    faults: Option<Arc<crate::faults::Faults>>,
}

#[derive(Clone)]
pub(crate) enum Engine {
    /// One writer, because SQLite has one; many readers, because WAL lets them.
    Sqlite {
        write: SqlitePool,
        read: SqlitePool,
    },
    Postgres(PgPool),
}

impl fmt::Debug for Db {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Db").field("engine", &self.kind()).field("place", &self.place).finish()
    }
}

impl Db {
    /// Connects to `sqlite:PATH`, a plain path (both create the file), `sqlite::memory:` or `postgres://…`.
    ///
    /// # Errors
    /// [`ErrorKind::Unavailable`] when nothing answers or the file cannot be opened; the message names the place without
    /// any password.
    pub async fn connect(url: &str) -> Result<Db> {
        Self::connect_with(url, Options::default()).await
    }

    /// [`Db::connect`] with other options.
    ///
    /// # Errors
    /// As [`Db::connect`].
    pub async fn connect_with(url: &str, options: Options) -> Result<Db> {
        let (engine, place) = if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let (pool, place) = postgres(url, &options).await?;
            (Engine::Postgres(pool), place)
        } else {
            let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")).unwrap_or(url);
            let engine = sqlite(path, &options).await.map_err(|e| e.with_detail(path))?;
            (engine, path.to_owned())
        };
        Ok(Db {
            engine,
            statements: Arc::default(),
            place: place.into(),
            sealer: None,
            #[cfg(feature = "testing")]
            faults: None,
        })
    }

    /// The same database, with the one who signs its transparency logs. Without one nothing can be written that the log
    /// covers.
    #[must_use]
    pub fn sealed_by(self, sealer: Arc<Sealer>) -> Db {
        Db { sealer: Some(sealer), ..self }
    }

    /// The same database for a runtime of its own, which must be entered: connections to PostgreSQL belong to the runtime that
    /// opened them. Those of SQLite are threads and serve all, so that there stays one writer.
    #[must_use]
    pub fn on_this_runtime(&self) -> Db {
        let engine = match &self.engine {
            Engine::Postgres(pool) => {
                let options = PgPoolOptions::clone(pool.options());
                Engine::Postgres(options.connect_lazy_with((*pool.connect_options()).clone()))
            }
            sqlite @ Engine::Sqlite { .. } => sqlite.clone(),
        };
        Db { engine, ..self.clone() }
    }

    /// Who signs its transparency logs.
    pub fn sealer(&self) -> Option<&Arc<Sealer>> {
        self.sealer.as_ref()
    }

    /// Which engine this is.
    pub fn kind(&self) -> EngineKind {
        match self.engine {
            Engine::Sqlite { .. } => EngineKind::Sqlite,
            Engine::Postgres(_) => EngineKind::Postgres,
        }
    }

    /// The path of the file, or host and database name of the server; without password.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// Begins a transaction that reads one consistent state and cannot write.
    ///
    /// # Errors
    /// [`ErrorKind::Unavailable`] when no connection can be had.
    pub async fn begin_read(&self, tenant: TenantId) -> Result<Tx> {
        let inner = match &self.engine {
            Engine::Sqlite { read, .. } => Inner::Sqlite(read.begin().await?),
            Engine::Postgres(pool) => Inner::Postgres(
                pool.begin_with(begin(tenant, "ISOLATION LEVEL REPEATABLE READ READ ONLY")).await?,
            ),
        };
        Ok(self.tx(inner, tenant, Seam::default()))
    }

    /// Begins a transaction that may write. On SQLite it waits for the one writer before it reads anything, so it never
    /// fails half-way for having read too early.
    ///
    /// # Errors
    /// [`ErrorKind::Unavailable`] when no connection can be had.
    pub async fn begin_write(&self, tenant: TenantId) -> Result<Tx> {
        let mut seam = self.seam();
        seam.before("BEGIN")?;
        let inner = match &self.engine {
            Engine::Sqlite { write, .. } => Inner::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?),
            Engine::Postgres(pool) => Inner::Postgres(pool.begin_with(begin(tenant, "")).await?),
        };
        seam.after()?;
        Ok(self.tx(inner, tenant, seam))
    }

    fn tx(&self, inner: Inner, tenant: TenantId, seam: Seam) -> Tx {
        Tx::new(inner, tenant, Arc::clone(&self.statements), self.sealer.clone(), seam)
    }

    #[cfg(not(feature = "testing"))]
    fn seam(&self) -> Seam {
        Seam::default()
    }

    #[cfg(feature = "testing")]
    fn seam(&self) -> Seam {
        Seam::of(self.faults.as_ref())
    }

    /// The same database with faults in its writing transactions.
    #[cfg(feature = "testing")]
    #[must_use]
    pub fn with_faults(mut self, faults: Arc<crate::faults::Faults>) -> Self {
        self.faults = Some(faults);
        self
    }

    /// Moves what was committed from SQLite's write-ahead log into its file while others go on reading and writing. Without
    /// it the writer does so itself every 64 MB, and whoever waits for that commit waits for the whole file. PostgreSQL has
    /// a process of its own for this.
    ///
    /// # Errors
    /// When the file cannot be written; nothing is lost then, the write-ahead log only stays longer.
    pub async fn fold(&self) -> Result<()> {
        if let Engine::Sqlite { read, write } = &self.engine {
            let frames = self.fold_by(read).await?;
            // It begins anew only when all of it was moved, and beside a busy writer there is always something left. The
            // little that came meanwhile is moved in the writer's turn.
            if frames > LONG_WAL {
                self.fold_by(write).await?;
            }
        }
        Ok(())
    }

    /// Moves what can be moved; how many pages the write-ahead log holds.
    async fn fold_by(&self, pool: &SqlitePool) -> Result<i64> {
        let folded = sqlx::query_as("PRAGMA wal_checkpoint(PASSIVE)").fetch_one(pool).await;
        let (_busy, frames, _moved): (i64, i64, i64) =
            folded.map_err(|error| doubted(error, self.sealer.as_deref()))?;
        Ok(frames)
    }

    /// Moves everything from SQLite's write-ahead log into its file and empties it, so that pages as they were before do not lie
    /// there any longer. `false` when somebody who reads an older state keeps it from that.
    ///
    /// # Errors
    /// When the file cannot be written; nothing is lost then.
    pub async fn empty_wal(&self) -> Result<bool> {
        let Engine::Sqlite { write, .. } = &self.engine else { return Ok(true) };
        let emptied = sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(write).await;
        let (busy, _frames, _moved): (i64, i64, i64) =
            emptied.map_err(|error| doubted(error, self.sealer.as_deref()))?;
        Ok(busy == 0)
    }

    /// How many SQL statements all transactions of this handle have run.
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// Closes all connections; later calls are [`ErrorKind::Unavailable`].
    pub async fn close(&self) {
        match &self.engine {
            Engine::Sqlite { write, read } => {
                read.close().await;
                write.close().await;
            }
            Engine::Postgres(pool) => pool.close().await,
        }
    }
}

/// `SET LOCAL` takes no parameter; the tenant is an integer, so the text is safe. One round trip instead of two.
fn begin(tenant: TenantId, mode: &str) -> AssertSqlSafe<String> {
    AssertSqlSafe(format!("BEGIN {mode}; SET LOCAL hadir.tenant = '{}'", tenant.0))
}

/// Makes the file so that only its owner reads it: SQLite would let everybody whom the umask lets, and gives the files beside it
/// the permissions of this one. Where it cannot be made, SQLite says why.
fn make_private(path: &str) {
    let _ = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
}

async fn sqlite(path: &str, options: &Options) -> Result<Engine> {
    let memory = path == ":memory:";
    if !memory {
        make_private(path);
    }
    let base = if memory {
        SqliteConnectOptions::from_str("sqlite::memory:")?
    } else {
        SqliteConnectOptions::new().filename(Path::new(path)).create_if_missing(true)
    };
    let synchronous = if options.durable { SqliteSynchronous::Full } else { SqliteSynchronous::Off };
    let mut base = base
        .journal_mode(if memory { SqliteJournalMode::Memory } else { SqliteJournalMode::Wal })
        .synchronous(synchronous)
        .foreign_keys(true)
        .busy_timeout(BUSY)
        .statement_cache_capacity(STATEMENTS_KEPT)
        .pragma("temp_store", "MEMORY")
        // 16 MB of pages per connection, and a checkpoint in a commit only where nobody folds.
        .pragma("cache_size", "-16384")
        .pragma("wal_autocheckpoint", "16000");
    if let Some(pages) = options.max_pages {
        base = base.pragma("max_page_count", pages.to_string());
    }
    let pool = || {
        SqlitePoolOptions::new()
            .acquire_timeout(options.acquire_timeout)
            .idle_timeout(None)
            .max_lifetime(None)
            // After a full disk or a failed flush SQLite has ended the transaction by itself, but the driver still counts
            // it and would refuse every later one.
            .before_acquire(move |connection, _| {
                let is_usable = memory || !connection.is_in_transaction();
                Box::pin(async move { Ok(is_usable) })
            })
    };
    let write = pool().min_connections(1).max_connections(1).connect_with(base.clone()).await?;
    // A memory database belongs to its one connection.
    let read = if memory {
        write.clone()
    } else {
        pool().max_connections(SQLITE_READERS).connect_with(base.pragma("query_only", "ON")).await?
    };
    Ok(Engine::Sqlite { write, read })
}

async fn postgres(url: &str, options: &Options) -> Result<(PgPool, String)> {
    let connect = PgConnectOptions::from_str(url)
        .map_err(|_| StoreError::new(ErrorKind::Unavailable, "the PostgreSQL address cannot be read"))?
        .statement_cache_capacity(STATEMENTS_KEPT)
        .application_name("hadir");
    let place = format!("{}/{}", connect.get_host(), connect.get_database().unwrap_or(""));
    let is_durable = options.durable;
    let pool = PgPoolOptions::new()
        .max_connections(POSTGRES_CONNECTIONS)
        .after_connect(move |connection, _| {
            Box::pin(async move {
                if is_durable {
                    sqlx::query(FLUSHES).execute(connection).await?;
                }
                Ok(())
            })
        })
        .acquire_timeout(options.acquire_timeout.min(AWAY))
        .connect_with(connect)
        .await
        .map_err(|e| StoreError::from(e).with_detail(place.clone()))?;
    Ok((pool, place))
}
