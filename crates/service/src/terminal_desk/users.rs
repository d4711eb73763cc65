//! The users that a terminal lists: PIN, name and privilege, to help to find out whose PIN it is.

use std::collections::BTreeMap;

use domain::ids::TerminalId;
use jiff::Timestamp;
use store::{
    Result, Tx,
    terminal::{self as register, DeviceUser},
};
use terminal::table::operlog::UserRecord;

/// Longest name kept, in characters; terminals show 24.
const MAX_NAME: usize = 60;

/// Remembers the users of an upload; of a PIN that comes twice, the last.
pub(super) async fn remember<'a>(
    tx: &mut Tx,
    terminal: TerminalId,
    users: impl Iterator<Item = &'a UserRecord>,
    now: Timestamp,
) -> Result<()> {
    let latest: BTreeMap<&str, DeviceUser> = users
        .map(|user| {
            let name: String = user.name.as_deref().unwrap_or_default().chars().take(MAX_NAME).collect();
            let row = DeviceUser {
                terminal_id: terminal,
                pin: user.pin.as_str().to_owned(),
                name,
                privilege: user.privilege.unwrap_or(0).into(),
                seen_at: now,
            };
            (user.pin.as_str(), row)
        })
        .collect();
    if latest.is_empty() {
        return Ok(());
    }
    let rows: Vec<DeviceUser> = latest.into_values().collect();
    register::put_users(tx, &rows).await.map(|_| ())
}
