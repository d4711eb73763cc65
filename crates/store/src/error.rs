//! The one error of this crate: a kind the caller may act on, a sentence a person may read, and the cause for the log.

use std::fmt;

use domain::lang::Lang;
use sqlx::postgres::{PgDatabaseError, PgSeverity};

/// What went wrong, as far as a caller can act on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The database cannot be reached or is busy; the same call may succeed later.
    Unavailable,
    /// The disk or the quota of the database is full; nothing of the transaction was kept.
    Full,
    /// The write contradicts something stored: the same key again, or a reference to nothing.
    Conflict,
    /// What was asked for does not exist (for this tenant).
    NotFound,
    /// The database holds something it cannot hold: damaged file, foreign schema, newer version.
    Corrupt,
    /// The transparency log may not be signed at present, so nothing that it covers may be written.
    Refused,
    /// A fault of the program.
    Other,
}

impl ErrorKind {
    /// A sentence for the screen, without technical detail.
    pub fn text(self, lang: Lang) -> &'static str {
        let (id, en) = match self {
            ErrorKind::Unavailable => (
                "Basis data sedang tidak dapat dihubungi. Data belum tersimpan; coba lagi sebentar lagi.",
                "The database cannot be reached. Nothing was saved; please try again shortly.",
            ),
            ErrorKind::Full => (
                "Ruang penyimpanan basis data penuh. Data belum tersimpan; hubungi pengelola sistem.",
                "The database has no space left. Nothing was saved; please tell the operator.",
            ),
            ErrorKind::Conflict => (
                "Data yang sama sudah ada, atau merujuk ke data yang tidak ada.",
                "The same record exists already, or it refers to one that does not exist.",
            ),
            ErrorKind::NotFound => ("Data tidak ditemukan.", "The record was not found."),
            ErrorKind::Corrupt => (
                "Basis data rusak atau bukan milik versi ini; hubungi pengelola sistem.",
                "The database is damaged or does not belong to this version; please tell the operator.",
            ),
            ErrorKind::Refused => (
                "Buku besar tidak boleh ditandatangani saat ini, jadi data belum tersimpan; hubungi pengelola sistem.",
                "The log may not be signed at present, so nothing was saved; please tell the operator.",
            ),
            ErrorKind::Other => ("Terjadi kesalahan pada sistem.", "Something went wrong inside the system."),
        };
        lang.pick(id, en)
    }
}

/// A failed call to the store. [`fmt::Display`] gives the public English sentence plus a public detail; the engine's own
/// words are only in [`StoreError::reason`] and [`std::error::Error::source`].
pub struct StoreError {
    kind: ErrorKind,
    detail: Option<String>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// The result of every call of this crate.
pub type Result<T> = std::result::Result<T, StoreError>;

impl StoreError {
    /// An error of `kind` with a `detail` that may be shown.
    pub fn new(kind: ErrorKind, detail: impl Into<String>) -> Self {
        Self { kind, detail: Some(detail.into()), source: None }
    }

    /// Something that was asked for does not exist.
    pub fn not_found(what: impl Into<String>) -> Self {
        Self::new(ErrorKind::NotFound, what)
    }

    /// What the caller can act on.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The sentence for the screen.
    pub fn text(&self, lang: Lang) -> String {
        match &self.detail {
            Some(detail) => format!("{} ({detail})", self.kind.text(lang)),
            None => self.kind.text(lang).to_owned(),
        }
    }

    /// Why the engine failed, in its own words and without any password: for whoever operates the database, never for a page.
    /// `None` where the kind says it all.
    pub fn reason(&self) -> Option<String> {
        if matches!(self.kind, ErrorKind::Conflict | ErrorKind::NotFound | ErrorKind::Refused) {
            return None;
        }
        match self.source.as_deref()?.downcast_ref::<sqlx::Error>()? {
            sqlx::Error::Database(db) => Some(db.message().to_owned()),
            sqlx::Error::Io(error) => Some(error.to_string()),
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => None,
            other => Some(other.to_string()),
        }
    }

    /// Adds a public detail, for example the path of the database.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl fmt::Debug for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoreError")
            .field("kind", &self.kind)
            .field("detail", &self.detail)
            .field("source", &self.source)
            .finish()
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|s| s as &(dyn std::error::Error + 'static))
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let kind = kind_of(&error);
        Self { kind, detail: None, source: Some(Box::new(error)) }
    }
}

/// Whether SQLite could not flush a file or its folder to the disk (`SQLITE_IOERR_FSYNC`, `SQLITE_IOERR_DIR_FSYNC`).
pub(crate) fn is_failed_flush(error: &sqlx::Error) -> bool {
    let sqlx::Error::Database(db) = error else { return false };
    db.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some()
        && db.code().is_some_and(|code| matches!(code.as_ref(), "1034" | "1290"))
}

fn kind_of(error: &sqlx::Error) -> ErrorKind {
    match error {
        sqlx::Error::Database(db) => match db.try_downcast_ref::<PgDatabaseError>() {
            Some(error) => postgres_kind(error.code(), error.severity()),
            None => sqlite_kind(&db.code().unwrap_or_default()),
        },
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::BeginFailed => ErrorKind::Unavailable,
        sqlx::Error::RowNotFound => ErrorKind::NotFound,
        sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => ErrorKind::Corrupt,
        _ => ErrorKind::Other,
    }
}

/// The primary result code is the low byte of the extended one (<https://sqlite.org/rescode.html>).
fn sqlite_kind(code: &str) -> ErrorKind {
    match code.parse::<u32>().unwrap_or(1) {
        // UNIQUE, PRIMARY KEY, FOREIGN KEY and ROWID constraints; CHECK and NOT NULL are faults of the program.
        2067 | 1555 | 787 | 2579 => ErrorKind::Conflict,
        extended => match extended & 0xff {
            // BUSY, LOCKED, READONLY, IOERR, CANTOPEN, PROTOCOL
            5 | 6 | 8 | 10 | 14 | 15 => ErrorKind::Unavailable,
            13 => ErrorKind::Full,
            11 | 26 => ErrorKind::Corrupt,
            _ => ErrorKind::Other,
        },
    }
}

/// SQLSTATE classes of PostgreSQL 15, appendix A of its manual. A code may mean one thing of a statement and another of the
/// connection: 55000 is also what a database says that lets nobody in. Only the latter is fatal.
fn postgres_kind(code: &str, severity: PgSeverity) -> ErrorKind {
    match code {
        // Disk full, and the quota of a tablespace or file system.
        "53100" => ErrorKind::Full,
        "23505" | "23503" | "23P01" => ErrorKind::Conflict,
        // Lock not available, serialization failure, deadlock, read-only server, shutdowns, no such database.
        "55P03" | "40001" | "40P01" | "25006" | "57P01" | "57P02" | "57P03" | "57014" | "3D000" => {
            ErrorKind::Unavailable
        }
        "XX001" | "XX002" => ErrorKind::Corrupt,
        _ if code.starts_with("08") || code.starts_with("53") || code.starts_with("28") => {
            ErrorKind::Unavailable
        }
        _ if matches!(severity, PgSeverity::Fatal | PgSeverity::Panic) => ErrorKind::Unavailable,
        _ => ErrorKind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_both_engines_mean_the_same() {
        assert_eq!(sqlite_kind("13"), ErrorKind::Full);
        assert_eq!(sqlite_kind("2067"), ErrorKind::Conflict);
        assert_eq!(sqlite_kind("261"), ErrorKind::Unavailable, "SQLITE_BUSY_RECOVERY");
        assert_eq!(sqlite_kind("1299"), ErrorKind::Other, "NOT NULL");
        let postgres_kind = |code| postgres_kind(code, PgSeverity::Error);
        assert_eq!(postgres_kind("53100"), ErrorKind::Full);
        assert_eq!(postgres_kind("53300"), ErrorKind::Unavailable);
        assert_eq!(postgres_kind("23505"), ErrorKind::Conflict);
        assert_eq!(postgres_kind("42601"), ErrorKind::Other);
        assert_eq!(postgres_kind("55000"), ErrorKind::Other, "a sequence that was not used yet");
    }

    #[test]
    fn a_server_that_refuses_or_ends_the_connection_is_unavailable() {
        for (code, why) in [
            ("55000", "the database lets nobody in"),
            ("28P01", "wrong password"),
            ("28000", "no such role"),
            ("42501", "the role may not connect"),
            ("3D000", "no such database"),
            ("53300", "too many connections"),
            ("57P01", "the operator ended it"),
            ("57P02", "a crash ended it"),
            ("57P03", "starting or stopping"),
            ("57P04", "the database was dropped"),
        ] {
            assert_eq!(postgres_kind(code, PgSeverity::Fatal), ErrorKind::Unavailable, "{why}");
        }
        assert_eq!(postgres_kind("XX001", PgSeverity::Fatal), ErrorKind::Corrupt);
    }

    #[test]
    fn the_public_sentence_keeps_the_engine_out() {
        let error = StoreError::from(sqlx::Error::PoolTimedOut);
        assert_eq!(error.kind(), ErrorKind::Unavailable);
        assert!(!error.to_string().contains("pool"));
        assert!(std::error::Error::source(&error).is_some());
    }

    #[test]
    fn the_reason_is_what_the_engine_said() {
        let away = sqlx::Error::Io(std::io::Error::other("no route to host"));
        let error = StoreError::from(away).with_detail("db.internal/hadir");
        assert_eq!(error.reason().as_deref(), Some("no route to host"));
        assert!(!error.to_string().contains("route"));
        assert_eq!(StoreError::from(sqlx::Error::PoolTimedOut).reason(), None);
        assert_eq!(StoreError::from(sqlx::Error::RowNotFound).reason(), None);
        assert_eq!(StoreError::new(ErrorKind::Unavailable, "gone").reason(), None);
    }
}
