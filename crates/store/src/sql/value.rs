//! Values on their way to and from the database.

use crate::error::{ErrorKind, Result, StoreError};

/// The stored type of a column; the common subset of both engines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// BIGINT / INTEGER
    Int,
    /// DOUBLE PRECISION / REAL
    Real,
    /// TEXT
    Text,
    /// BYTEA / BLOB
    Bytes,
    /// BOOLEAN / INTEGER
    Bool,
}

/// A value to be bound to a parameter.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// NULL; PostgreSQL wants to know of which type.
    Null(Kind),
    /// A 64-bit integer.
    Int(i64),
    /// A binary float.
    Real(f64),
    /// Text without NUL.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A truth value.
    Bool(bool),
    /// A set of 16-byte ids, for `set_of($n)`.
    Ids(Vec<[u8; 16]>),
    /// A set of texts, for `texts_of($n)`.
    Texts(Vec<String>),
    /// One column of many rows, for the bulk insert on PostgreSQL.
    Array(Kind, Vec<Value>),
}

impl Value {
    /// Text for a TEXT column. PostgreSQL cannot store NUL in text, so on both engines it becomes U+FFFD; what a terminal
    /// really sent stays in the raw journal.
    pub fn text(text: &str) -> Value {
        if text.contains('\0') {
            Value::Text(text.replace('\0', "\u{fffd}"))
        } else {
            Value::Text(text.to_owned())
        }
    }

    /// The text, if it is one.
    pub fn into_text(self) -> Option<String> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// A value as it came back.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'r> {
    /// NULL
    Null,
    /// An integer.
    Int(i64),
    /// A float.
    Real(f64),
    /// Text.
    Text(&'r str),
    /// Bytes.
    Bytes(&'r [u8]),
    /// A truth value.
    Bool(bool),
}

/// A Rust type that has a stored form.
pub trait Column: Sized {
    /// The stored type.
    const KIND: Kind;
    /// The stored form.
    fn to_value(&self) -> Value;
    /// Reads the stored form; `None` when it is not one.
    fn from_cell(cell: Cell<'_>) -> Option<Self>;
}

impl<T: Column> Column for Option<T> {
    const KIND: Kind = T::KIND;

    fn to_value(&self) -> Value {
        self.as_ref().map_or(Value::Null(T::KIND), Column::to_value)
    }

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Null => Some(None),
            other => T::from_cell(other).map(Some),
        }
    }
}

/// Anything that can be bound: columns, references to them, string slices and sets.
pub trait Bind {
    /// The value to bind.
    fn bind(&self) -> Value;
}

impl<T: Column> Bind for T {
    fn bind(&self) -> Value {
        self.to_value()
    }
}

impl Bind for &str {
    fn bind(&self) -> Value {
        Value::text(self)
    }
}

impl Bind for Option<&str> {
    fn bind(&self) -> Value {
        self.map_or(Value::Null(Kind::Text), Value::text)
    }
}

impl Bind for Value {
    fn bind(&self) -> Value {
        self.clone()
    }
}

/// The bind list of a statement, from `$2` on: `$1` is always the tenant.
macro_rules! params {
    ($($value:expr),* $(,)?) => {
        vec![$($crate::sql::value::Bind::bind(&$value)),*]
    };
}
pub(crate) use params;

/// One row of either engine.
#[derive(Clone, Copy)]
pub enum Row<'r> {
    /// From SQLite.
    Sqlite(&'r sqlx::sqlite::SqliteRow),
    /// From PostgreSQL.
    Postgres(&'r sqlx::postgres::PgRow),
}

impl<'r> Row<'r> {
    /// The column called `name`.
    pub fn get<T: Column>(self, name: &str) -> Result<T> {
        match self {
            Row::Sqlite(row) => sqlite_cell(row, name, T::KIND),
            Row::Postgres(row) => postgres_cell(row, name, T::KIND),
        }
        .and_then(|cell| read(cell, name))
    }

    /// The column at `index`, which is called `name`. Half the price of a look-up by name.
    pub fn at<T: Column>(self, index: usize, name: &str) -> Result<T> {
        match self {
            Row::Sqlite(row) => sqlite_cell(row, index, T::KIND),
            Row::Postgres(row) => postgres_cell(row, index, T::KIND),
        }
        .and_then(|cell| read(cell, name))
    }

    /// The column at `index` as a value of its stored type.
    pub fn value(self, index: usize, name: &str, kind: Kind) -> Result<Value> {
        let cell = match self {
            Row::Sqlite(row) => sqlite_cell(row, index, kind),
            Row::Postgres(row) => postgres_cell(row, index, kind),
        }
        .map_err(|error| error.with_detail(name))?;
        Ok(match cell {
            Cell::Null => Value::Null(kind),
            Cell::Int(v) => Value::Int(v),
            Cell::Real(v) => Value::Real(v),
            Cell::Text(v) => Value::Text(v.to_owned()),
            Cell::Bytes(v) => Value::Bytes(v.to_vec()),
            Cell::Bool(v) => Value::Bool(v),
        })
    }

    /// Whether the columns are called `list` in that order.
    pub fn has_columns(self, list: &str) -> bool {
        use sqlx::{Column as _, Row as _};
        match self {
            Row::Sqlite(row) => row.columns().iter().map(|c| c.name()).eq(list.split(", ")),
            Row::Postgres(row) => row.columns().iter().map(|c| c.name()).eq(list.split(", ")),
        }
    }
}

fn read<T: Column>(cell: Cell<'_>, name: &str) -> Result<T> {
    T::from_cell(cell).ok_or_else(|| {
        StoreError::new(
            ErrorKind::Corrupt,
            format!("column {name} holds {cell:?}, which does not belong there"),
        )
    })
}

/// The two engines differ only in types, so one text makes both readers.
macro_rules! cell_reader {
    ($name:ident, $row:ty, $engine:ty) => {
        fn $name<'r>(row: &'r $row, index: impl sqlx::ColumnIndex<$row>, kind: Kind) -> Result<Cell<'r>> {
            use sqlx::{Decode, Row as _, ValueRef as _};
            let raw = row.try_get_raw(index)?;
            if raw.is_null() {
                return Ok(Cell::Null);
            }
            let decoded = match kind {
                Kind::Int => <i64 as Decode<$engine>>::decode(raw).map(Cell::Int),
                Kind::Real => <f64 as Decode<$engine>>::decode(raw).map(Cell::Real),
                Kind::Text => <&str as Decode<$engine>>::decode(raw).map(Cell::Text),
                Kind::Bytes => <&[u8] as Decode<$engine>>::decode(raw).map(Cell::Bytes),
                Kind::Bool => <bool as Decode<$engine>>::decode(raw).map(Cell::Bool),
            };
            decoded.map_err(|e| StoreError::from(sqlx::Error::Decode(e)))
        }
    };
}
cell_reader!(sqlite_cell, sqlx::sqlite::SqliteRow, sqlx::Sqlite);
cell_reader!(postgres_cell, sqlx::postgres::PgRow, sqlx::Postgres);
