//! TPP policy files. A text never changes; a new version is a new row.

use jiff::{Timestamp, civil::Date};

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
    /// A version of a policy.
    pub struct PolicyRow {
        /// Identifier inside the file.
        pub policy_id: String,
        /// Version inside the file.
        pub version: String,
        /// The file as it came.
        pub text: String,
        /// SHA-256 of its bytes, hexadecimal.
        pub sha256: String,
        /// First day it applies to.
        pub effective_from: Date,
        /// Last day it applies to.
        pub effective_until: Option<Date>,
        /// When it was recorded.
        pub recorded_at: Timestamp,
        /// By whom.
        pub recorded_by: String,
        /// When it was activated.
        pub activated_at: Option<Timestamp>,
        /// By whom.
        pub activated_by: Option<String>,
        /// The second person who agreed.
        pub second_approver: Option<String>,
        /// When it was withdrawn.
        pub withdrawn_at: Option<Timestamp>,
    }
}

/// Adds versions.
///
/// # Errors
/// [`crate::ErrorKind::Conflict`] when the version exists.
pub async fn add(tx: &mut Tx, policies: &[PolicyRow]) -> Result<u64> {
    bulk::insert(tx, "policy", policies, OnConflict::Fail).await
}

/// All versions, by policy and first day; also those not active.
///
/// # Errors
/// As every call.
pub async fn all(tx: &mut Tx) -> Result<Vec<PolicyRow>> {
    let sql = format!(
        "SELECT {} FROM policy WHERE tenant_id = $1 ORDER BY policy_id, effective_from, recorded_at",
        PolicyRow::LIST
    );
    tx.fetch(sql, params![]).await
}

/// The active versions that apply on a day, the one activated last first.
///
/// # Errors
/// As every call.
pub async fn active_on(tx: &mut Tx, day: Date) -> Result<Vec<PolicyRow>> {
    let sql = format!(
        "SELECT {} FROM policy
         WHERE tenant_id = $1 AND activated_at IS NOT NULL AND withdrawn_at IS NULL
           AND effective_from <= $2 AND (effective_until IS NULL OR effective_until >= $2)
         ORDER BY effective_from DESC, activated_at DESC, policy_id",
        PolicyRow::LIST
    );
    tx.fetch(sql, params![day]).await
}

/// One version.
///
/// # Errors
/// [`crate::ErrorKind::NotFound`] when there is none.
pub async fn get(tx: &mut Tx, policy: &str, version: &str) -> Result<PolicyRow> {
    let sql = format!(
        "SELECT {} FROM policy WHERE tenant_id = $1 AND policy_id = $2 AND version = $3",
        PolicyRow::LIST
    );
    let row = tx.fetch_optional(sql, params![policy, version]).await?;
    row.ok_or_else(|| StoreError::not_found(format!("policy {policy} {version}")))
}

/// Activates a version; `second` is the second person, if the tenant asks for one.
///
/// # Errors
/// [`crate::ErrorKind::NotFound`] when no such version waits.
pub async fn activate(
    tx: &mut Tx,
    (policy, version): (&str, &str),
    actor: &str,
    second: Option<&str>,
    now: Timestamp,
) -> Result<()> {
    let sql = "UPDATE policy SET activated_at = $4, activated_by = $5, second_approver = $6
               WHERE tenant_id = $1 AND policy_id = $2 AND version = $3
                 AND activated_at IS NULL AND withdrawn_at IS NULL";
    match log::update(tx, sql, params![policy, version, now, actor, second]).await? {
        0 => Err(StoreError::not_found(format!("policy {policy} {version} that is not active"))),
        _ => Ok(()),
    }
}

/// Withdraws a version: it applies to no month any more. Locked months keep what they were locked with.
///
/// # Errors
/// [`crate::ErrorKind::NotFound`] when it does not hold.
pub async fn withdraw(tx: &mut Tx, policy: &str, version: &str, now: Timestamp) -> Result<()> {
    let sql = "UPDATE policy SET withdrawn_at = $4
               WHERE tenant_id = $1 AND policy_id = $2 AND version = $3 AND withdrawn_at IS NULL";
    match log::update(tx, sql, params![policy, version, now]).await? {
        0 => Err(StoreError::not_found(format!("policy {policy} {version}"))),
        _ => Ok(()),
    }
}
