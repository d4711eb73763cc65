//! A transaction of one tenant, and the only four ways in which this crate runs SQL.

use std::{
    borrow::Cow,
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use domain::ids::TenantId;
use sqlx::{AssertSqlSafe, Postgres, SqlSafeStr, SqlStr, Sqlite, Transaction};

use crate::{
    db::EngineKind,
    error::{ErrorKind, Result, StoreError, is_failed_flush},
    faults::Seam,
    log::{Draft, Sealer, seal},
    sql::{
        record::Record,
        value::{Column, Row, Value},
    },
};

/// A transaction. Dropped without [`Tx::commit`] it leaves nothing behind.
pub struct Tx {
    inner: Inner,
    tenant: TenantId,
    statements: u64,
    all_statements: Arc<AtomicU64>,
    sealer: Option<Arc<Sealer>>,
    drafts: Vec<Draft>,
    seam: Seam,
}

/// A place in a transaction.
#[derive(Debug)]
pub struct Mark {
    drafts: usize,
}

pub(crate) enum Inner {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

impl fmt::Debug for Tx {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tx").field("tenant", &self.tenant).field("statements", &self.statements).finish()
    }
}

/// The values of one column as the options that the driver wants.
macro_rules! column {
    ($values:expr, $variant:path) => {
        $values.into_iter().map(|v| if let $variant(v) = v { Some(v) } else { None }).collect::<Vec<_>>()
    };
}

/// Binds the tenant as `$1` and the list after it, then runs `$run` on whichever engine the transaction is on. `$row` names
/// the engine's variant of [`Row`] inside the body.
macro_rules! dispatch {
    ($tx:expr, $sql:expr, $params:expr, |$query:ident, $connection:ident, $row:ident| $run:expr) => {{
        let sql = $tx.prepare($sql);
        let tenant = $tx.tenant.0;
        match &mut $tx.inner {
            Inner::Sqlite(connection) => {
                let mut $query = sqlx::query(sql).bind(tenant);
                for value in $params {
                    $query = match value {
                        Value::Null(_) => $query.bind(None::<i64>),
                        Value::Int(v) => $query.bind(v),
                        Value::Real(v) => $query.bind(v),
                        Value::Text(v) => $query.bind(v),
                        Value::Bytes(v) => $query.bind(v),
                        Value::Bool(v) => $query.bind(v),
                        Value::Ids(v) => $query.bind(json(v.iter().map(hex::encode))),
                        Value::Texts(v) => $query.bind(json(v)),
                        // Only the PostgreSQL body of the bulk insert makes these.
                        Value::Array(..) => $query.bind(None::<i64>),
                    };
                }
                let $connection = &mut **connection;
                let $row = Row::Sqlite;
                $run
            }
            Inner::Postgres(connection) => {
                use crate::sql::value::Kind;
                let mut $query = sqlx::query(sql).bind(tenant);
                for value in $params {
                    $query = match value {
                        Value::Null(Kind::Int) => $query.bind(None::<i64>),
                        Value::Null(Kind::Real) => $query.bind(None::<f64>),
                        Value::Null(Kind::Text) => $query.bind(None::<String>),
                        Value::Null(Kind::Bytes) => $query.bind(None::<Vec<u8>>),
                        Value::Null(Kind::Bool) => $query.bind(None::<bool>),
                        Value::Int(v) => $query.bind(v),
                        Value::Real(v) => $query.bind(v),
                        Value::Text(v) => $query.bind(v),
                        Value::Bytes(v) => $query.bind(v),
                        Value::Bool(v) => $query.bind(v),
                        Value::Ids(v) => $query.bind(v.iter().map(|id| id.to_vec()).collect::<Vec<_>>()),
                        Value::Texts(v) => $query.bind(v),
                        Value::Array(Kind::Int, v) => $query.bind(column!(v, Value::Int)),
                        Value::Array(Kind::Real, v) => $query.bind(column!(v, Value::Real)),
                        Value::Array(Kind::Text, v) => $query.bind(column!(v, Value::Text)),
                        Value::Array(Kind::Bytes, v) => $query.bind(column!(v, Value::Bytes)),
                        Value::Array(Kind::Bool, v) => $query.bind(column!(v, Value::Bool)),
                    };
                }
                let $connection = &mut **connection;
                let $row = Row::Postgres;
                $run
            }
        }
    }};
}

impl Tx {
    pub(crate) fn new(
        inner: Inner,
        tenant: TenantId,
        all_statements: Arc<AtomicU64>,
        sealer: Option<Arc<Sealer>>,
        seam: Seam,
    ) -> Self {
        Self { inner, tenant, statements: 0, all_statements, sealer, drafts: Vec::new(), seam }
    }

    /// Rows whose entries the commit must write.
    pub(crate) fn draft(&mut self, drafts: Vec<Draft>) {
        self.drafts.extend(drafts);
    }

    /// Who signs the log at the commit.
    pub(crate) fn sealer(&self) -> Option<Arc<Sealer>> {
        self.sealer.clone()
    }

    /// The tenant whose rows this transaction sees.
    pub fn tenant(&self) -> TenantId {
        self.tenant
    }

    /// Which engine this runs on.
    pub fn kind(&self) -> EngineKind {
        match self.inner {
            Inner::Sqlite(_) => EngineKind::Sqlite,
            Inner::Postgres(_) => EngineKind::Postgres,
        }
    }

    /// How many SQL statements this transaction has run so far, begin and commit not counted.
    pub fn statements(&self) -> u64 {
        self.statements
    }

    /// Writes the log entries of all covered rows and makes everything durable. Only after this may anybody be told that it
    /// is saved.
    ///
    /// # Errors
    /// Nothing was saved when this fails; [`ErrorKind::Refused`] when there is something to sign and nobody who may; punches are kept even then
    /// and wait for their entries.
    pub async fn commit(mut self) -> Result<()> {
        let drafts = std::mem::take(&mut self.drafts);
        if !drafts.is_empty() {
            let sealer = self.sealer.clone().ok_or_else(|| {
                StoreError::new(ErrorKind::Refused, "this program has no key for the transparency log")
            })?;
            seal(&mut self, &sealer, &drafts).await?;
        }
        self.seam.before("COMMIT")?;
        let committed = match self.inner {
            Inner::Sqlite(tx) => tx.commit().await,
            Inner::Postgres(tx) => tx.commit().await,
        };
        committed.map_err(|error| doubted(error, self.sealer.as_deref()))?;
        self.seam.after()
    }

    /// Marks a place to which [`Tx::roll_back_to`] returns; one at a time.
    ///
    /// # Errors
    /// As every call.
    pub async fn mark(&mut self) -> Result<Mark> {
        self.batch("SAVEPOINT hadir_part").await?;
        Ok(Mark { drafts: self.drafts.len() })
    }

    /// Keeps what was done since the mark.
    ///
    /// # Errors
    /// As every call.
    pub async fn keep(&mut self, _mark: Mark) -> Result<()> {
        self.batch("RELEASE SAVEPOINT hadir_part").await
    }

    /// Undoes what was done since the mark.
    ///
    /// # Errors
    /// As every call.
    pub async fn roll_back_to(&mut self, mark: Mark) -> Result<()> {
        self.drafts.truncate(mark.drafts);
        self.batch("ROLLBACK TO SAVEPOINT hadir_part; RELEASE SAVEPOINT hadir_part").await
    }

    /// Undoes everything.
    ///
    /// # Errors
    /// Even when this fails, nothing was saved.
    pub async fn rollback(self) -> Result<()> {
        match self.inner {
            Inner::Sqlite(tx) => tx.rollback().await?,
            Inner::Postgres(tx) => tx.rollback().await?,
        }
        Ok(())
    }

    /// Runs a statement; how many rows it wrote.
    pub(crate) async fn execute(
        &mut self,
        sql: impl Into<Cow<'static, str>>,
        params: Vec<Value>,
    ) -> Result<u64> {
        let sql = sql.into();
        self.seam.before(&sql)?;
        let rows = dispatch!(self, sql, params, |query, connection, _row| {
            query.execute(connection).await?.rows_affected()
        });
        self.seam.after()?;
        Ok(rows)
    }

    /// All rows, read as `R`.
    pub(crate) async fn fetch<R: Record>(
        &mut self,
        sql: impl Into<Cow<'static, str>>,
        params: Vec<Value>,
    ) -> Result<Vec<R>> {
        self.fetch_map(sql, params, |row| {
            debug_assert!(row.has_columns(R::LIST), "the columns are not {}", R::LIST);
            R::read(row)
        })
        .await
    }

    /// The first row, if there is one.
    pub(crate) async fn fetch_optional<R: Record>(
        &mut self,
        sql: impl Into<Cow<'static, str>>,
        params: Vec<Value>,
    ) -> Result<Option<R>> {
        Ok(self.fetch(sql, params).await?.into_iter().next())
    }

    /// All rows through a function.
    pub(crate) async fn fetch_map<T>(
        &mut self,
        sql: impl Into<Cow<'static, str>>,
        params: Vec<Value>,
        read: impl Fn(Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let sql = sql.into();
        self.seam.before(&sql)?;
        let rows: Result<Vec<T>> = dispatch!(self, sql, params, |query, connection, engine_row| {
            query.fetch_all(connection).await?.iter().map(|row| read(engine_row(row))).collect()
        });
        self.seam.after()?;
        rows
    }

    /// The column `value` of the first row.
    pub(crate) async fn scalar<T: Column>(
        &mut self,
        sql: impl Into<Cow<'static, str>>,
        params: Vec<Value>,
    ) -> Result<T> {
        let rows = self.fetch_map(sql, params, |row| row.get::<T>("value")).await?;
        rows.into_iter().next().ok_or_else(|| StoreError::not_found("no row"))
    }

    /// Runs several statements without parameters; for migrations.
    pub(crate) async fn batch(&mut self, sql: &str) -> Result<()> {
        self.seam.before(sql)?;
        match &mut self.inner {
            Inner::Sqlite(tx) => sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut **tx).await.map(|_| ())?,
            Inner::Postgres(tx) => sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut **tx).await.map(|_| ())?,
        }
        self.seam.after()
    }

    fn prepare(&mut self, sql: impl Into<Cow<'static, str>>) -> SqlStr {
        self.statements += 1;
        self.all_statements.fetch_add(1, Ordering::Relaxed);
        let sql: Cow<'static, str> = sql.into();
        debug_assert!(
            self.tenant == crate::db::NO_TENANT || sql.contains("tenant_id"),
            "a statement without tenant: {sql}"
        );
        match with_sets(&sql, self.kind()) {
            Some(translated) => AssertSqlSafe(translated).into_sql_str(),
            None => match sql {
                Cow::Borrowed(text) => text.into_sql_str(),
                Cow::Owned(text) => AssertSqlSafe(text).into_sql_str(),
            },
        }
    }
}

/// The error of a commit or a fold. When the disk could not say that it keeps what it took, nobody knows what it kept, and
/// flushing again would only seem to succeed (<https://lwn.net/Articles/752063/>): nothing is signed any more until a restart
/// reads what is there. PostgreSQL ends itself for the same reason.
pub(crate) fn doubted(error: sqlx::Error, sealer: Option<&Sealer>) -> StoreError {
    if let (true, Some(sealer)) = (is_failed_flush(&error), sealer) {
        sealer.lose_disk();
    }
    error.into()
}

/// Writes `set_of($n)` (ids) and `texts_of($n)` the way the engine can expand one parameter into rows.
fn with_sets(sql: &str, kind: EngineKind) -> Option<String> {
    if !sql.contains("_of($") {
        return None;
    }
    let (ids, texts) = match kind {
        EngineKind::Sqlite => ("(SELECT unhex(value) FROM json_each($", "(SELECT value FROM json_each($"),
        EngineKind::Postgres => ("(SELECT unnest($", "(SELECT unnest($"),
    };
    let mut out = String::with_capacity(sql.len() + 64);
    let mut rest = sql;
    while let Some(at) = rest.find("_of($") {
        let (head, opened) = if rest[..at].ends_with("texts") { ("texts", texts) } else { ("set", ids) };
        out.push_str(&rest[..at - head.len()]);
        out.push_str(opened);
        rest = &rest[at + "_of($".len()..];
        let close = rest.find(')').unwrap_or(rest.len());
        out.push_str(&rest[..close]);
        out.push_str("))");
        rest = rest.get(close + 1..).unwrap_or("");
    }
    out.push_str(rest);
    Some(out)
}

fn json(items: impl IntoIterator<Item = impl Into<serde_json::Value>>) -> String {
    serde_json::Value::Array(items.into_iter().map(Into::into).collect()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_written_for_each_engine() {
        let sql = "a IN set_of($2) AND b IN texts_of($13) AND c = $4";
        assert_eq!(
            with_sets(sql, EngineKind::Sqlite).unwrap(),
            "a IN (SELECT unhex(value) FROM json_each($2)) AND b IN (SELECT value FROM json_each($13)) AND c = $4"
        );
        assert_eq!(
            with_sets(sql, EngineKind::Postgres).unwrap(),
            "a IN (SELECT unnest($2)) AND b IN (SELECT unnest($13)) AND c = $4"
        );
        assert_eq!(with_sets("SELECT 1", EngineKind::Sqlite), None);
    }
}
