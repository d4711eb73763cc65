//! What an operator should know about the database itself.

use crate::{
    db::{Db, EngineKind, NO_TENANT},
    error::Result,
    sql::value::params,
    tx::Tx,
};

/// The state of the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// Version of the engine.
    pub version: String,
    /// Number of the newest migration it has had.
    pub migration: i64,
    /// Whether the engine itself keeps tenants apart. `false` on SQLite, which cannot, and on PostgreSQL when the role is
    /// a superuser or may bypass row security: then only the statements of this crate do.
    pub row_security: bool,
    /// Settings of the server that are off, so that what it has committed may be gone after a crash of the machine. Always
    /// empty on SQLite, which is told at each connection.
    pub volatile: Vec<String>,
    /// What the engine finds wrong with its own file; empty when it is sound. Always empty on PostgreSQL.
    pub damage: Vec<String>,
}

/// Looks the database over. On SQLite this reads the whole file.
///
/// # Errors
/// As every call.
pub async fn check(db: &Db) -> Result<Health> {
    let mut tx = db.begin_read(NO_TENANT).await?;
    let newest = "SELECT COALESCE(MAX(number), 0) AS value FROM schema_migration";
    let migration = tx.scalar(newest, params![]).await?;
    match db.kind() {
        EngineKind::Sqlite => {
            let version = tx.scalar("SELECT sqlite_version() AS value", params![]).await?;
            let quick = "SELECT quick_check AS value FROM pragma_quick_check";
            let mut damage: Vec<String> = tx.fetch_map(quick, params![], |row| row.get("value")).await?;
            damage.retain(|line| line != "ok");
            Ok(Health { version, migration, row_security: false, volatile: Vec::new(), damage })
        }
        EngineKind::Postgres => {
            let version = tx.scalar("SELECT current_setting('server_version') AS value", params![]).await?;
            let bound =
                "SELECT NOT (rolsuper OR rolbypassrls) AS value FROM pg_roles WHERE rolname = current_user";
            let row_security = tx.scalar(bound, params![]).await?;
            Ok(Health {
                version,
                migration,
                row_security,
                volatile: volatile(&mut tx).await?,
                damage: Vec::new(),
            })
        }
    }
}

/// Settings without which a commit of PostgreSQL does not stay. `synchronous_commit` is not among them: it is switched on for each
/// of our connections.
///
/// # Errors
/// As every call.
async fn volatile(tx: &mut Tx) -> Result<Vec<String>> {
    let sql = "SELECT name AS value FROM pg_settings
        WHERE name IN ('fsync', 'full_page_writes') AND setting = 'off' ORDER BY name";
    tx.fetch_map(sql, params![], |row| row.get("value")).await
}

/// As [`Health::volatile`] alone.
///
/// # Errors
/// As every call.
pub async fn volatile_settings(db: &Db) -> Result<Vec<String>> {
    match db.kind() {
        EngineKind::Sqlite => Ok(Vec::new()),
        EngineKind::Postgres => volatile(&mut db.begin_read(NO_TENANT).await?).await,
    }
}
