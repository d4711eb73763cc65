//! Many rows in few statements: one function, two bodies.
//!
//! PostgreSQL expands one array per column with `UNNEST`. SQLite binds every value of up to 256 rows: expanding one JSON
//! text with `json_each` was measured to cost it more than storing the rows.

use super::{
    record::Record,
    value::{Kind, Value},
};
use crate::{
    db::EngineKind,
    error::Result,
    log::{Covered, Draft, store_returning},
    tx::Tx,
};

/// Rows per statement on PostgreSQL: enough to hide the cost of a call, little enough to keep its message small.
const CHUNK: usize = 2000;
/// Rows per statement on SQLite: any number up to this, so that the batches of a rush are one statement per table, each of
/// which is two changes of thread; beyond it [`SIZES`]. Few enough that all are prepared once and kept.
const ANY_SIZE: usize = 32;
/// Rows per statement on SQLite beyond [`ANY_SIZE`].
const SIZES: [usize; 3] = [256, 128, 64];

/// What to do with a row whose key exists.
#[derive(Debug, Clone, Copy)]
pub(crate) enum OnConflict {
    /// Fail as [`crate::ErrorKind::Conflict`].
    Fail,
    /// Keep the old row.
    Ignore,
    /// Any clause: `ON CONFLICT (…) DO UPDATE SET …`.
    Clause(&'static str),
}

/// A column that is not a field of the record but follows from it.
pub(crate) struct Derived<R> {
    /// Its name.
    pub(crate) column: &'static str,
    /// Its stored type.
    pub(crate) kind: Kind,
    /// Its value.
    pub(crate) value: fn(&R) -> Value,
}

/// Inserts `rows` into `table`; how many rows were written (inserted, or updated by the clause).
pub(crate) async fn insert<R: Record>(
    tx: &mut Tx,
    table: &str,
    rows: &[R],
    on_conflict: OnConflict,
) -> Result<u64> {
    insert_derived(tx, table, rows, None, on_conflict).await
}

/// [`insert`] of rows that get their place in the log by another way, for example by [`enter`].
pub(crate) async fn insert_without_entries<R: Record>(
    tx: &mut Tx,
    table: &str,
    rows: &[R],
    derived: Option<Derived<R>>,
    on_conflict: OnConflict,
) -> Result<u64> {
    write(tx, (table, None), rows, derived, on_conflict).await
}

/// Enters rows that were just stored as they are here.
pub(crate) fn enter<'r, R: Record + 'r>(
    tx: &mut Tx,
    table: &str,
    rows: impl Iterator<Item = &'r R>,
    derived: Option<&Derived<R>>,
) -> Result<()> {
    let Some(covered) = Covered::table(table) else { return Ok(()) };
    let rows: Vec<Vec<Value>> = rows.map(|row| values(row, derived)).collect();
    tx.draft(drafts(covered, &rows)?);
    Ok(())
}

/// [`insert`] with one more column.
pub(crate) async fn insert_derived<R: Record>(
    tx: &mut Tx,
    table: &str,
    rows: &[R],
    derived: Option<Derived<R>>,
    on_conflict: OnConflict,
) -> Result<u64> {
    write(tx, (table, Covered::table(table)), rows, derived, on_conflict).await
}

async fn write<R: Record>(
    tx: &mut Tx,
    (table, covered): (&str, Option<&'static Covered>),
    rows: &[R],
    derived: Option<Derived<R>>,
    on_conflict: OnConflict,
) -> Result<u64> {
    let mut kinds = R::KINDS.to_vec();
    let mut columns = R::LIST.to_owned();
    if let Some(derived) = &derived {
        kinds.push(derived.kind);
        columns = format!("{columns}, {}", derived.column);
    }
    let conflict = match on_conflict {
        OnConflict::Fail => "",
        OnConflict::Ignore => "ON CONFLICT DO NOTHING",
        OnConflict::Clause(clause) => clause,
    };
    let mut written = 0;
    let mut rest = rows;
    while !rest.is_empty() {
        let (chunk, after) = rest.split_at(chunk(tx.kind(), rest.len()));
        rest = after;
        let rows: Vec<Vec<Value>> = chunk.iter().map(|row| values(row, derived.as_ref())).collect();
        // A row that always becomes a new one is known before it is stored; of others only the database can tell.
        let returning = match (covered, &on_conflict) {
            (Some(covered), OnConflict::Fail) => {
                tx.draft(drafts(covered, &rows)?);
                None
            }
            (covered, _) => covered,
        };
        let (source, params) = match tx.kind() {
            EngineKind::Sqlite => (placeholders(kinds.len(), rows.len()), flat(tx, rows)),
            EngineKind::Postgres => (unnest(&kinds), arrays(&kinds, rows)),
        };
        let sql = format!("INSERT INTO {table} (tenant_id, {columns}) {source} {conflict}");
        written += match returning {
            None => tx.execute(sql, params).await?,
            Some(covered) => {
                let sql = format!("{sql} RETURNING {}", covered.list());
                store_returning(tx, covered, sql, params).await?
            }
        };
    }
    Ok(written)
}

/// The values of a row, with the derived one.
fn values<R: Record>(row: &R, derived: Option<&Derived<R>>) -> Vec<Value> {
    let mut values = row.values();
    values.extend(derived.map(|derived| (derived.value)(row)));
    values
}

/// How many of the `left` rows the next statement takes.
fn chunk(kind: EngineKind, left: usize) -> usize {
    match kind {
        EngineKind::Postgres => left.min(CHUNK),
        EngineKind::Sqlite => {
            SIZES.into_iter().find(|size| *size <= left).unwrap_or_else(|| left.min(ANY_SIZE))
        }
    }
}

/// The log entries that new rows need.
fn drafts(covered: &'static Covered, rows: &[Vec<Value>]) -> Result<Vec<Draft>> {
    let columns = covered.columns();
    let of = |row: &Vec<Value>| {
        let values: Vec<Value> = columns.iter().map(|column| column.value_in(row)).collect();
        Draft::of(covered, &columns, values.iter())
    };
    rows.iter().map(of).collect()
}

/// `VALUES (?, …), (?, …)`. Without numbers: SQLite would look each of them up among all.
fn placeholders(columns: usize, rows: usize) -> String {
    let row = format!("({}?)", "?, ".repeat(columns));
    let mut sql = String::with_capacity((row.len() + 2) * rows + 7);
    sql.push_str("VALUES ");
    for n in 0..rows {
        sql.push_str(if n == 0 { "" } else { ", " });
        sql.push_str(&row);
    }
    sql
}

/// All values one after the other; each row but the first, whose tenant every statement begins with, brings its tenant.
fn flat(tx: &Tx, rows: Vec<Vec<Value>>) -> Vec<Value> {
    let mut values = Vec::with_capacity(rows.iter().map(|row| row.len() + 1).sum());
    for (n, row) in rows.into_iter().enumerate() {
        values.extend((n > 0).then_some(Value::Int(tx.tenant().0)));
        values.extend(row);
    }
    values
}

fn unnest(kinds: &[Kind]) -> String {
    let arrays: Vec<String> = kinds
        .iter()
        .enumerate()
        .map(|(i, kind)| {
            let name = match kind {
                Kind::Int => "BIGINT",
                Kind::Real => "DOUBLE PRECISION",
                Kind::Text => "TEXT",
                Kind::Bytes => "BYTEA",
                Kind::Bool => "BOOLEAN",
            };
            format!("${}::{name}[]", i + 2)
        })
        .collect();
    format!("SELECT $1, r.* FROM UNNEST({}) AS r", arrays.join(", "))
}

fn arrays(kinds: &[Kind], rows: Vec<Vec<Value>>) -> Vec<Value> {
    let mut columns: Vec<Vec<Value>> = kinds.iter().map(|_| Vec::with_capacity(rows.len())).collect();
    for row in rows {
        for (column, value) in columns.iter_mut().zip(row) {
            column.push(value);
        }
    }
    kinds.iter().zip(columns).map(|(kind, column)| Value::Array(*kind, column)).collect()
}
