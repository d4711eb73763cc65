//! Storage on SQLite and PostgreSQL: the only crate that knows SQL.
//!
//! Everything happens inside a [`Tx`] of one tenant, begun by [`Db::begin_read`] or [`Db::begin_write`]. Every statement is
//! written once and runs on both engines; `$1` is always the tenant. There is one module per aggregate, with functions that
//! take and give whole sets, so that a page needs a handful of statements whatever its size.

mod db;
pub mod employee;
mod error;
pub mod migrate;
pub mod org;
pub mod pin_map;
pub mod punch;
mod scope;
mod sql;
pub mod tenant;
pub mod terminal;
#[cfg(feature = "testing")]
pub mod testing;
mod tx;

pub use db::{Db, EngineKind, Options};
pub use error::{ErrorKind, Result, StoreError};
pub use scope::{Scope, people};
pub use tx::Tx;
