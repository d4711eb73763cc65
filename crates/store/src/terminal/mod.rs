//! Terminals: the register, their groups, stamps, commands, alerts and uploads.

mod alert;
mod command;
mod group;
mod journal;
mod stamp;
mod upload;
mod user;

pub use alert::{Alert, NewAlert, acknowledge, open_alerts, raise};
pub use command::{
    Command, CommandState, expire_commands, finish_command, mark_sent, pending, queue, recent_commands,
};
pub use group::{Group, groups, put_groups};
pub use journal::{
    JournalEntry, JournalHead, QuarantinedLine, add_journal, journal_body, journal_of, quarantine,
    quarantined, resolve_quarantine,
};
pub use stamp::{set_stamp, stamps};
pub use upload::{Upload, Uploaded, upload};
pub use user::{DeviceUser, put_users, users_of_group};

use domain::{
    ids::{DeviceGroupId, TerminalId, UnitId},
    silence::SILENT_AFTER,
    zone::Zone,
};
use jiff::Timestamp;

use crate::{
    error::{Result, StoreError},
    sql::{
        bulk::{self, OnConflict},
        record::{Record, record},
        text_enum::text_enum,
        value::params,
    },
    tx::Tx,
};

text_enum! {
    /// Whether a terminal may upload.
    pub enum TerminalState {
        /// Seen, not yet approved.
        Pending = "pending",
        /// Its punches are taken.
        Approved = "approved",
        /// Out of service.
        Retired = "retired",
    }
}

text_enum! {
    /// What the door of a terminal is for.
    pub enum DoorRole {
        /// Coming and going.
        Both = "both",
        /// Coming.
        In = "in",
        /// Going.
        Out = "out",
    }
}

record! {
    /// A terminal as the register knows it.
    pub struct Terminal {
        /// Identity.
        pub terminal_id: TerminalId,
        /// Serial number as it says, unique.
        pub serial: String,
        /// Whether it may upload.
        pub state: TerminalState,
        /// Name given by the operator.
        pub name: String,
        /// Where it stands.
        pub unit_id: Option<UnitId>,
        /// Group whose PINs it uses.
        pub group_id: Option<DeviceGroupId>,
        /// Zone of its wall clock.
        pub zone: Zone,
        /// What its door is for.
        pub role: DoorRole,
        /// First contact.
        pub first_seen: Timestamp,
        /// Last contact.
        pub last_seen: Timestamp,
        /// Address of the last contact.
        pub last_ip: String,
        /// Networks it may come from, separated by blanks; empty for any.
        pub allowed_cidr: String,
        /// Model as it says.
        pub model: String,
        /// Firmware as it says.
        pub firmware: String,
        /// Push protocol version as it says.
        pub push_version: String,
        /// Option lines it sent.
        pub options: serde_json::Value,
        /// Counters of its last INFO.
        pub info: serde_json::Value,
        /// SHA-256 of its communication key, hexadecimal.
        pub comm_key_hash: Option<String>,
        /// Seconds by which its clock is ahead of ours.
        pub drift_seconds: Option<i64>,
        /// When that was measured.
        pub drift_at: Option<Timestamp>,
        /// When it was approved.
        pub approved_at: Option<Timestamp>,
        /// Who approved it.
        pub approved_by: Option<String>,
    }
}

impl Terminal {
    /// A terminal at its first contact: it waits for approval, and nothing else is known of it.
    pub fn met(terminal_id: TerminalId, serial: impl Into<String>, zone: Zone, at: Timestamp) -> Terminal {
        Terminal {
            terminal_id,
            serial: serial.into(),
            state: TerminalState::Pending,
            name: String::new(),
            unit_id: None,
            group_id: None,
            zone,
            role: DoorRole::Both,
            first_seen: at,
            last_seen: at,
            last_ip: String::new(),
            allowed_cidr: String::new(),
            model: String::new(),
            firmware: String::new(),
            push_version: String::new(),
            options: serde_json::json!({}),
            info: serde_json::json!({}),
            comm_key_hash: None,
            drift_seconds: None,
            drift_at: None,
            approved_at: None,
            approved_by: None,
        }
    }
}

/// All terminals, by name and serial.
///
/// # Errors
/// As every call.
pub async fn all(tx: &mut Tx) -> Result<Vec<Terminal>> {
    let sql = format!("SELECT {} FROM terminal WHERE tenant_id = $1 ORDER BY name, serial", Terminal::LIST);
    tx.fetch(sql, params![]).await
}

/// Those in service whose serial number begins with `mark` and that have a key.
///
/// # Errors
/// As every call.
pub async fn with_key(tx: &mut Tx, mark: &str) -> Result<Vec<Terminal>> {
    let sql = format!(
        "SELECT {} FROM terminal WHERE tenant_id = $1 AND state = 'approved' AND comm_key_hash IS NOT NULL
           AND SUBSTR(serial, 1, LENGTH($2)) = $2",
        Terminal::LIST
    );
    tx.fetch(sql, params![mark]).await
}

/// The terminal with this serial number.
///
/// # Errors
/// As every call.
pub async fn by_serial(tx: &mut Tx, serial: &str) -> Result<Option<Terminal>> {
    let sql = format!("SELECT {} FROM terminal WHERE tenant_id = $1 AND serial = $2", Terminal::LIST);
    tx.fetch_optional(sql, params![serial]).await
}

/// The terminal with this serial number, kept from other writers until the transaction ends: who reads it this way and
/// writes it back with [`put`] undoes nobody's change.
///
/// # Errors
/// As every call.
pub async fn lock(tx: &mut Tx, serial: &str) -> Result<Option<Terminal>> {
    // Both engines lock what they update; SQLite has no SELECT … FOR UPDATE.
    let sql = "UPDATE terminal SET serial = serial WHERE tenant_id = $1 AND serial = $2";
    match tx.execute(sql, params![serial]).await? {
        0 => Ok(None),
        _ => by_serial(tx, serial).await,
    }
}

/// One terminal.
///
/// # Errors
/// [`crate::ErrorKind::NotFound`] when there is none.
pub async fn get(tx: &mut Tx, terminal: TerminalId) -> Result<Terminal> {
    let sql = format!("SELECT {} FROM terminal WHERE tenant_id = $1 AND terminal_id = $2", Terminal::LIST);
    tx.fetch_optional(sql, params![terminal]).await?.ok_or_else(|| StoreError::not_found("terminal"))
}

/// Adds a terminal, or overwrites everything of a known one (found by its id) but its first contact.
///
/// # Errors
/// [`crate::ErrorKind::Conflict`] when the serial number belongs to another terminal.
pub async fn put(tx: &mut Tx, terminal: &Terminal) -> Result<()> {
    let clause = "ON CONFLICT (tenant_id, terminal_id) DO UPDATE SET serial = excluded.serial,
        state = excluded.state, name = excluded.name, unit_id = excluded.unit_id, group_id = excluded.group_id,
        zone = excluded.zone, role = excluded.role, last_seen = excluded.last_seen, last_ip = excluded.last_ip,
        allowed_cidr = excluded.allowed_cidr, model = excluded.model, firmware = excluded.firmware,
        push_version = excluded.push_version, options = excluded.options, info = excluded.info,
        comm_key_hash = excluded.comm_key_hash, drift_seconds = excluded.drift_seconds,
        drift_at = excluded.drift_at, approved_at = excluded.approved_at, approved_by = excluded.approved_by";
    bulk::insert(tx, "terminal", std::slice::from_ref(terminal), OnConflict::Clause(clause)).await.map(|_| ())
}

/// Adds a terminal that was just seen for the first time; when another connection was faster, the row of that one stays.
/// Gives what is stored.
///
/// # Errors
/// As every call.
pub async fn meet(tx: &mut Tx, terminal: &Terminal) -> Result<Terminal> {
    bulk::insert(tx, "terminal", std::slice::from_ref(terminal), OnConflict::Ignore).await?;
    by_serial(tx, &terminal.serial).await?.ok_or_else(|| StoreError::not_found("terminal"))
}

/// How many terminals wait for approval.
///
/// # Errors
/// As every call.
pub async fn pending_count(tx: &mut Tx) -> Result<i64> {
    let sql = "SELECT COUNT(*) AS value FROM terminal WHERE tenant_id = $1 AND state = 'pending'";
    tx.scalar(sql, params![]).await
}

/// Notes a contact. It may be written late and together with others, as [`domain::silence::contact`] says.
///
/// # Errors
/// As every call.
pub async fn touch(tx: &mut Tx, terminal: TerminalId, at: Timestamp, ip: &str) -> Result<()> {
    let sql = "UPDATE terminal SET last_seen = $3, last_ip = $4
               WHERE tenant_id = $1 AND terminal_id = $2 AND (last_seen <= $3 OR last_seen > $5)";
    let wrong = at.saturating_add(SILENT_AFTER).unwrap_or(Timestamp::MAX);
    tx.execute(sql, params![terminal, at, ip, wrong]).await.map(|_| ())
}
