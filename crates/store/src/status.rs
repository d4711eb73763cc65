//! Leave, duty and other statuses of persons over some days.

use domain::{
    day::DayPart,
    ids::{EmployeeId, ImportId, StatusId},
    status::StatusCode,
};
use jiff::{Timestamp, civil::Date};

use crate::{
    error::{Result, StoreError},
    log,
    scope::Scope,
    sql::{
        bulk::{self, OnConflict},
        record::{Record, record},
        value::params,
    },
    tx::Tx,
};

record! {
    /// A status of a person.
    pub struct PersonStatus {
        /// Identity.
        pub status_id: StatusId,
        /// The person.
        pub employee_id: EmployeeId,
        /// First day.
        pub first_day: Date,
        /// Last day.
        pub last_day: Date,
        /// Code of the dictionary.
        pub code: StatusCode,
        /// Part of each day.
        pub part: DayPart,
        /// Whether a letter proves it.
        pub with_letter: bool,
        /// Number of the letter.
        pub document: String,
        /// Reason.
        pub note: String,
        /// Who recorded it.
        pub actor: String,
        /// When.
        pub recorded_at: Timestamp,
        /// Import it came from.
        pub import_id: Option<ImportId>,
        /// When it was approved.
        pub approved_at: Option<Timestamp>,
        /// By whom.
        pub approved_by: Option<String>,
    }
}

/// Records statuses.
///
/// # Errors
/// [`crate::ErrorKind::Conflict`] when an id is known.
pub async fn add(tx: &mut Tx, statuses: &[PersonStatus]) -> Result<u64> {
    bulk::insert(tx, "person_status", statuses, OnConflict::Fail).await
}

/// The statuses that touch the days between two days, approved or not, by person and first day. One statement.
///
/// # Errors
/// As every call.
pub async fn of(tx: &mut Tx, scope: Scope<'_>, from: Date, until: Date) -> Result<Vec<PersonStatus>> {
    let sql = format!(
        "{} SELECT {} FROM people CROSS JOIN person_status s
         WHERE s.employee_id = people.employee_id AND s.tenant_id = $1 AND s.last_day >= $3 AND s.first_day <= $4 AND s.revoked_at IS NULL
         ORDER BY s.employee_id, s.first_day, s.recorded_at",
        scope.with(),
        PersonStatus::list_of("s")
    );
    tx.fetch(sql, scope.params(from, until)).await
}

/// One status, unless it was revoked.
///
/// # Errors
/// [`crate::ErrorKind::NotFound`] when there is none.
pub async fn get(tx: &mut Tx, status: StatusId) -> Result<PersonStatus> {
    let sql = format!(
        "SELECT {} FROM person_status WHERE tenant_id = $1 AND status_id = $2 AND revoked_at IS NULL",
        PersonStatus::LIST
    );
    tx.fetch_optional(sql, params![status]).await?.ok_or_else(|| StoreError::not_found("status"))
}

/// One status, revoked or not, and when it was revoked; `None` when there never was one, or it was erased.
///
/// # Errors
/// As every call.
pub async fn with_revoked(
    tx: &mut Tx,
    status: StatusId,
) -> Result<Option<(PersonStatus, Option<Timestamp>)>> {
    let sql =
        format!("SELECT {} FROM person_status WHERE tenant_id = $1 AND status_id = $2", PersonStatus::LIST);
    let Some(row) = tx.fetch_optional::<PersonStatus>(sql, params![status]).await? else { return Ok(None) };
    let sql = "SELECT revoked_at AS value FROM person_status WHERE tenant_id = $1 AND status_id = $2";
    Ok(Some((row, tx.scalar(sql, params![status]).await?)))
}

/// Approves a status. Who recorded it may not approve it.
///
/// # Errors
/// [`crate::ErrorKind::NotFound`] when no status of somebody else waits under this id.
pub async fn approve(tx: &mut Tx, status: StatusId, actor: &str, now: Timestamp) -> Result<()> {
    let sql = "UPDATE person_status SET approved_at = $3, approved_by = $4
               WHERE tenant_id = $1 AND status_id = $2 AND approved_at IS NULL AND revoked_at IS NULL
                 AND actor <> $4";
    match log::update(tx, sql, params![status, now, actor]).await? {
        0 => Err(StoreError::not_found("status")),
        _ => Ok(()),
    }
}

/// Takes a status back.
///
/// # Errors
/// [`crate::ErrorKind::NotFound`] when it does not hold.
pub async fn revoke(tx: &mut Tx, status: StatusId, actor: &str, now: Timestamp) -> Result<()> {
    let sql = "UPDATE person_status SET revoked_at = $3, revoked_by = $4
               WHERE tenant_id = $1 AND status_id = $2 AND revoked_at IS NULL";
    match log::update(tx, sql, params![status, now, actor]).await? {
        0 => Err(StoreError::not_found("status")),
        _ => Ok(()),
    }
}
