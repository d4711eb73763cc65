//! All terminals with what is wrong with each.

use std::collections::HashMap;

use domain::{
    ids::{DeviceGroupId, TerminalId},
    silence::is_silent,
};
use jiff::{SignedDuration, Timestamp};
use store::{
    Tx, punch,
    terminal::{self as register, Alert, Terminal, TerminalState},
};

use crate::{
    Office, ServiceError,
    reference::{self, Units},
    terminal_desk::{alert::AlertKind, counts::Counts},
};

/// Most unmapped PINs counted.
const MAX_PINS: i64 = 10_000;

/// A terminal in the list.
#[derive(Debug, Clone, PartialEq)]
pub struct TerminalLine {
    /// The terminal.
    pub terminal: Terminal,
    /// Name of the unit where it stands; empty if none.
    pub unit_name: String,
    /// How long it was not heard of.
    pub silent_for: SignedDuration,
    /// Whether that is too long for a terminal in service.
    pub is_silent: bool,
    /// Punches that it holds and that are not here; `None` if it has not told.
    pub backlog: Option<i64>,
    /// Punches in its memory; `None` if it has not told.
    pub held: Option<u32>,
    /// PINs of its group that belong to nobody.
    pub unmapped: usize,
    /// Open alerts.
    pub alerts: usize,
    /// Whether one of them should be looked at today.
    pub is_urgent: bool,
}

/// All terminals, by name and serial number. Four statements whatever their number.
///
/// # Errors
/// As every read.
pub async fn list(office: &Office, tx: &mut Tx) -> Result<Vec<TerminalLine>, ServiceError> {
    let reference = reference::current(office, tx).await?;
    let terminals = register::all(tx).await?;
    let around = Around::read(tx).await?;
    let now = office.now();
    Ok(terminals.into_iter().map(|terminal| around.line(terminal, &reference.units, now)).collect())
}

/// What stands around the terminals, counted.
pub(super) struct Around {
    unmapped: HashMap<DeviceGroupId, usize>,
    alerts: HashMap<TerminalId, (usize, bool)>,
    /// All open alerts, newest first.
    pub(super) open: Vec<Alert>,
}

impl Around {
    pub(super) async fn read(tx: &mut Tx) -> Result<Around, ServiceError> {
        let mut unmapped: HashMap<DeviceGroupId, usize> = HashMap::new();
        for pin in punch::unmapped(tx, MAX_PINS).await? {
            *unmapped.entry(pin.device_group_id).or_default() += 1;
        }
        let open = register::open_alerts(tx).await?;
        let mut alerts: HashMap<TerminalId, (usize, bool)> = HashMap::new();
        for alert in &open {
            if let Some(terminal) = alert.terminal_id {
                let (count, urgent) = alerts.entry(terminal).or_default();
                *count += 1;
                *urgent |= AlertKind::parse(&alert.kind).is_none_or(AlertKind::is_serious);
            }
        }
        Ok(Around { unmapped, alerts, open })
    }

    pub(super) fn line(&self, terminal: Terminal, units: &Units, now: Timestamp) -> TerminalLine {
        let counts = Counts::of(&terminal);
        let silent_for = now.duration_since(terminal.last_seen).max(SignedDuration::ZERO);
        let (alerts, is_urgent) = self.alerts.get(&terminal.terminal_id).copied().unwrap_or_default();
        TerminalLine {
            unit_name: terminal.unit_id.map(|unit| units.name(unit).to_owned()).unwrap_or_default(),
            silent_for,
            is_silent: terminal.state == TerminalState::Approved && is_silent(terminal.last_seen, now),
            backlog: counts.backlog(),
            held: counts.device.and_then(|device| device.punches),
            unmapped: terminal.group_id.and_then(|group| self.unmapped.get(&group)).copied().unwrap_or(0),
            alerts,
            is_urgent,
            terminal,
        }
    }
}
