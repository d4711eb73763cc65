//! Roles on nodes of the organisation tree.

use domain::{
    ids::{AccountId, RecordId, UnitId},
    rights::Role,
};
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
    /// A role held on a node and everything below it, between two days.
    pub struct Grant {
        /// Identity.
        pub grant_id: RecordId,
        /// Who holds it.
        pub account_id: AccountId,
        /// The role.
        pub role: Role,
        /// Node of the tree; `None` for everything.
        pub unit_id: Option<UnitId>,
        /// First day.
        pub valid_from: Date,
        /// Last day; `None` without end.
        pub valid_until: Option<Date>,
        /// Who granted it.
        pub granted_by: String,
        /// When.
        pub recorded_at: Timestamp,
    }
}

/// Grants roles.
///
/// # Errors
/// [`crate::ErrorKind::Conflict`] when a unit does not exist.
pub async fn grant(tx: &mut Tx, grants: &[Grant]) -> Result<u64> {
    bulk::insert(tx, "role_grant", grants, OnConflict::Fail).await
}

/// The roles an account holds on a day.
///
/// # Errors
/// As every call.
pub async fn grants(tx: &mut Tx, account: AccountId, day: Date) -> Result<Vec<Grant>> {
    let sql = format!(
        "SELECT {} FROM role_grant
         WHERE tenant_id = $1 AND account_id = $2 AND revoked_at IS NULL
           AND valid_from <= $3 AND (valid_until IS NULL OR valid_until >= $3)
         ORDER BY recorded_at, grant_id",
        Grant::LIST
    );
    tx.fetch(sql, params![account, day]).await
}

/// All roles that are not revoked, also past and future ones.
///
/// # Errors
/// As every call.
pub async fn all_grants(tx: &mut Tx) -> Result<Vec<Grant>> {
    let sql = format!(
        "SELECT {} FROM role_grant WHERE tenant_id = $1 AND revoked_at IS NULL ORDER BY recorded_at, grant_id",
        Grant::LIST
    );
    tx.fetch(sql, params![]).await
}

/// The roles of these accounts that are not revoked, past and future ones too, oldest first. One statement.
///
/// # Errors
/// As every call.
pub async fn grants_of(tx: &mut Tx, accounts: &[AccountId]) -> Result<Vec<Grant>> {
    let sql = format!(
        "SELECT {} FROM role_grant WHERE tenant_id = $1 AND account_id IN set_of($2) AND revoked_at IS NULL
         ORDER BY recorded_at, grant_id",
        Grant::LIST
    );
    tx.fetch(sql, params![accounts]).await
}

/// Takes a role back.
///
/// # Errors
/// [`crate::ErrorKind::NotFound`] when it does not hold.
pub async fn revoke_grant(tx: &mut Tx, grant: RecordId, actor: &str, now: Timestamp) -> Result<()> {
    let sql = "UPDATE role_grant SET revoked_at = $3, revoked_by = $4
               WHERE tenant_id = $1 AND grant_id = $2 AND revoked_at IS NULL";
    match log::update(tx, sql, params![grant, now, actor]).await? {
        0 => Err(StoreError::not_found("role")),
        _ => Ok(()),
    }
}
