//! Bringing a database to the schema of this binary: numbered files, forward only, each with a recorded checksum.

mod dialect;
mod planner;
pub mod schema;

use domain::clock::Clock;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::{
    db::{Db, EngineKind, NO_TENANT},
    error::{ErrorKind, Result, StoreError},
    sql::{record::record, value::params},
    tx::Tx,
};

/// One numbered file.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// Its number; the order of application.
    pub number: i64,
    /// Its name without number and ending.
    pub name: &'static str,
    /// Its text in PostgreSQL's words.
    pub text: &'static str,
}

macro_rules! migrations {
    ($($number:literal $file:literal $name:literal),* $(,)?) => {
        &[$(Migration {
            number: $number,
            name: $name,
            text: include_str!(concat!("../../migrations/", $file, "_", $name, ".sql")),
        }),*]
    };
}

/// All migrations in order. A file that was once released is never changed: a new one is added.
pub const MIGRATIONS: &[Migration] = migrations![
    1 "0001" "organisation",
    2 "0002" "people",
    3 "0003" "calendar",
    4 "0004" "terminals",
    5 "0005" "attendance",
    6 "0006" "pay",
    7 "0007" "log",
    8 "0008" "month_carry",
    9 "0009" "log_recovery",
    10 "0010" "erasure",
    11 "0011" "punch_pin",
    12 "0012" "log_waiting_subject",
];

impl Migration {
    /// The SHA-256 of the text, hexadecimal.
    pub fn checksum(&self) -> String {
        hex::encode(Sha256::digest(self.text))
    }
}

record! {
    /// A migration that a database has had.
    pub struct Applied {
        /// Its number.
        pub number: i64,
        /// Its name.
        pub name: String,
        /// The checksum of its text then.
        pub checksum: String,
        /// When.
        pub applied_at: Timestamp,
    }
}

/// Any number, the same for every process, so that two nodes never migrate at once.
const LOCK: i64 = 0x4861_6469_7253_7172;

impl Db {
    /// Applies what is missing and says how many files that were. All or nothing.
    ///
    /// # Errors
    /// [`ErrorKind::Corrupt`] when the database is newer than this binary or was made by other files.
    pub async fn migrate(&self, clock: &dyn Clock) -> Result<usize> {
        self.migrate_to(MIGRATIONS, clock.now()).await
    }

    /// [`Db::migrate`] to the schema of an older program: `migrations` is the beginning of [`MIGRATIONS`].
    ///
    /// # Errors
    /// As [`Db::migrate`].
    pub async fn migrate_to(&self, migrations: &[Migration], now: Timestamp) -> Result<usize> {
        let mut tx = self.begin_write(NO_TENANT).await?;
        if tx.kind() == EngineKind::Postgres {
            tx.batch(&format!("SELECT pg_advisory_xact_lock({LOCK})")).await?;
        }
        // The tenant parameter of every statement has no use here but does no harm.
        tx.batch(&dialect::translate(schema::OWN_TABLE, tx.kind())).await?;
        let applied = applied_in(&mut tx).await?;
        let missing = missing(migrations, &applied)?;
        for migration in missing {
            apply(&mut tx, migration, now).await?;
        }
        // Older schemas, that tests begin with, have no log.
        if tx.kind() == EngineKind::Sqlite && migrations.len() == MIGRATIONS.len() {
            planner::tell(&mut tx).await?;
        }
        tx.commit().await?;
        Ok(missing.len())
    }

    /// The migrations this database has had, in order.
    ///
    /// # Errors
    /// As every call.
    pub async fn applied_migrations(&self) -> Result<Vec<Applied>> {
        applied_in(&mut self.begin_read(NO_TENANT).await?).await
    }
}

async fn applied_in(tx: &mut Tx) -> Result<Vec<Applied>> {
    tx.fetch("SELECT number, name, checksum, applied_at FROM schema_migration ORDER BY number", params![])
        .await
}

fn missing<'m>(known: &'m [Migration], applied: &[Applied]) -> Result<&'m [Migration]> {
    if applied.len() > known.len() {
        let newest = applied.last().map_or(0, |a| a.number);
        return Err(StoreError::new(
            ErrorKind::Corrupt,
            format!(
                "the database has migration {newest}, which this program does not know; use a newer program"
            ),
        ));
    }
    for (known, applied) in known.iter().zip(applied) {
        if known.number != applied.number || known.checksum() != applied.checksum {
            return Err(StoreError::new(
                ErrorKind::Corrupt,
                format!(
                    "migration {} {} of the database is not the one of this program ({} {})",
                    applied.number, applied.name, known.number, known.name
                ),
            ));
        }
    }
    Ok(known.get(applied.len()..).unwrap_or_default())
}

async fn apply(tx: &mut Tx, migration: &Migration, now: Timestamp) -> Result<()> {
    let kind = tx.kind();
    let mut text = dialect::translate(migration.text, kind);
    if kind == EngineKind::Postgres {
        text.push_str(&dialect::comments(migration.text));
        text.push_str(&dialect::row_security(migration.text));
    }
    tx.batch(&text).await?;
    tx.execute(
        "INSERT INTO schema_migration (number, name, checksum, applied_at) VALUES ($2, $3, $4, $5)",
        params![migration.number, migration.name, migration.checksum(), now],
    )
    .await?;
    tracing::info!(number = migration.number, name = migration.name, "schema migrated");
    Ok(())
}
