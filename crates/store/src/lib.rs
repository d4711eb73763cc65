//! Storage on SQLite and PostgreSQL: the only crate that knows SQL.
//!
//! Everything happens inside a [`Tx`] of one tenant, begun by [`Db::begin_read`] or [`Db::begin_write`]. Every statement is
//! written once and runs on both engines; `$1` is always the tenant. There is one module per aggregate, with functions that
//! take and give whole sets, so that a page needs a handful of statements whatever its size.

pub mod account;
pub mod audit;
pub mod calendar;
mod db;
pub mod employee;
pub mod employee_import;
pub mod erasure;
mod error;
pub mod event;
mod faults;
pub mod health;
pub mod import;
pub mod intake;
pub mod log;
pub mod migrate;
pub mod month_carry;
pub mod month_close;
pub mod month_input;
pub mod org;
pub mod outage;
pub mod person_facts;
pub mod pin_map;
pub mod policy;
pub mod punch;
#[cfg(feature = "bench")]
pub mod raw_limit;
pub mod rollout;
pub mod roster;
pub mod schedule;
mod scope;
pub mod session;
pub mod setting;
mod sql;
pub mod status;
pub mod tenant;
pub mod terminal;
#[cfg(feature = "testing")]
pub mod testing;
pub mod tpp_amount;
mod tx;
pub mod visitor;

pub use db::{Db, EngineKind, Options};
pub use error::{ErrorKind, Result, StoreError};
pub use scope::{Scope, people};
pub use tx::{Mark, Tx};
