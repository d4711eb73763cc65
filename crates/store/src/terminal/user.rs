//! Users as the terminals know them: PIN and name, to find out whose PIN it is.

use domain::ids::{DeviceGroupId, TerminalId};
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
    /// A user of a terminal, without anything secret.
    pub struct DeviceUser {
        /// The terminal.
        pub terminal_id: TerminalId,
        /// PIN as sent.
        pub pin: String,
        /// Name that the terminal shows; empty if it has none.
        pub name: String,
        /// 0 user, 14 administrator of the terminal.
        pub privilege: i64,
        /// When it was last sent.
        pub seen_at: Timestamp,
    }
}

/// Adds users, or overwrites known ones. Each PIN at most once per call.
///
/// # Errors
/// As every call.
pub async fn put_users(tx: &mut Tx, users: &[DeviceUser]) -> Result<u64> {
    let clause = "ON CONFLICT (tenant_id, terminal_id, pin) DO UPDATE SET name = excluded.name,
        privilege = excluded.privilege, seen_at = excluded.seen_at";
    bulk::insert(tx, "terminal_user", users, OnConflict::Clause(clause)).await
}

/// The users of all terminals of a group, by PIN, the latest first.
///
/// # Errors
/// As every call.
pub async fn users_of_group(tx: &mut Tx, group: DeviceGroupId) -> Result<Vec<DeviceUser>> {
    let sql = format!(
        "SELECT {} FROM terminal_user u
         JOIN terminal t ON t.tenant_id = u.tenant_id AND t.terminal_id = u.terminal_id
         WHERE u.tenant_id = $1 AND t.group_id = $2 ORDER BY u.pin, u.seen_at DESC",
        DeviceUser::list_of("u")
    );
    tx.fetch(sql, params![group]).await
}
