//! Basic TPP amounts by class, narrowed by position or unit.

use domain::ids::{ImportId, RecordId, UnitId};
use jiff::{Timestamp, civil::Date};
use rust_decimal::Decimal;

use crate::{
    error::{Result, StoreError},
    log,
    sql::{
        bulk::{self, OnConflict},
        record::{Record, record},
        value::params,
    },
    tx::Tx,
};

record! {
    /// An amount that holds until the next one of the same class, position and unit.
    pub struct TppAmount {
        /// Identity.
        pub amount_id: RecordId,
        /// First day.
        pub valid_from: Date,
        /// Class 1 to 17; `None` for any.
        pub kelas: Option<i64>,
        /// Position; `None` for any.
        pub jabatan: Option<String>,
        /// Unit and everything below it; `None` for any.
        pub unit_id: Option<UnitId>,
        /// Rupiah a month.
        pub amount: Decimal,
        /// Article.
        pub legal_basis: String,
        /// Who recorded it.
        pub actor: String,
        /// When.
        pub recorded_at: Timestamp,
        /// Import it came from.
        pub import_id: Option<ImportId>,
    }
}

/// Records amounts.
///
/// # Errors
/// [`crate::ErrorKind::Conflict`] when an id is known.
pub async fn add(tx: &mut Tx, amounts: &[TppAmount]) -> Result<u64> {
    bulk::insert(tx, "tpp_amount", amounts, OnConflict::Fail).await
}

/// All amounts that begin on or before a day, by first day and record: of equals the last counts.
///
/// # Errors
/// As every call.
pub async fn until(tx: &mut Tx, day: Date) -> Result<Vec<TppAmount>> {
    let sql = format!(
        "SELECT {} FROM tpp_amount WHERE tenant_id = $1 AND valid_from <= $2 AND withdrawn_at IS NULL
         ORDER BY valid_from, recorded_at, amount_id",
        TppAmount::LIST
    );
    tx.fetch(sql, params![day]).await
}

/// Takes an amount back.
///
/// # Errors
/// [`crate::ErrorKind::NotFound`] when it does not hold.
pub async fn withdraw(tx: &mut Tx, amount: RecordId, now: Timestamp) -> Result<()> {
    let sql = "UPDATE tpp_amount SET withdrawn_at = $3
               WHERE tenant_id = $1 AND amount_id = $2 AND withdrawn_at IS NULL";
    match log::update(tx, sql, params![amount, now]).await? {
        0 => Err(StoreError::not_found("TPP amount")),
        _ => Ok(()),
    }
}
