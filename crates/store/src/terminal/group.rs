//! Groups of terminals that share one list of PINs.

use domain::ids::DeviceGroupId;
use jiff::Timestamp;

use crate::{
    error::Result,
    sql::{
        bulk::{self, OnConflict},
        record::{Record, record},
        value::params,
    },
    tx::Tx,
};

record! {
    /// A group of terminals.
    pub struct Group {
        /// Identity.
        pub group_id: DeviceGroupId,
        /// Short code, unique.
        pub code: String,
        /// Name.
        pub name: String,
        /// When it was created.
        pub created_at: Timestamp,
    }
}

/// All groups by code.
///
/// # Errors
/// As every call.
pub async fn groups(tx: &mut Tx) -> Result<Vec<Group>> {
    let sql = format!("SELECT {} FROM device_group WHERE tenant_id = $1 ORDER BY code", Group::LIST);
    tx.fetch(sql, params![]).await
}

/// Adds groups, or renames known ones.
///
/// # Errors
/// [`crate::ErrorKind::Conflict`] when a code is taken.
pub async fn put_groups(tx: &mut Tx, groups: &[Group]) -> Result<u64> {
    let clause = "ON CONFLICT (tenant_id, group_id) DO UPDATE SET code = excluded.code, name = excluded.name";
    bulk::insert(tx, "device_group", groups, OnConflict::Clause(clause)).await
}
