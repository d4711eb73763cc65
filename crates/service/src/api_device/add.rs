//! Making a device and its token.

use domain::ids::{DeviceGroupId, TerminalId, UnitId};
use serde_json::json;
use sha2::{Digest, Sha256};
use store::{
    Tx,
    terminal::{self as register, Terminal, TerminalState},
};

use super::MARK;
use crate::{Office, ServiceError, audit, reference, terminal_admin::group_of};

/// Longest name, in characters.
const MAX_NAME: usize = 80;

/// A device that was just made.
#[derive(Debug, Clone)]
pub struct NewDevice {
    /// Its row in the register.
    pub terminal: Terminal,
    /// What it proves itself with. It is told this once: only its SHA-256 is stored.
    pub token: String,
}

/// Where a device stands and how it is called.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The unit.
    pub unit: UnitId,
    /// Name to show.
    pub name: &'a str,
    /// Group whose PINs it uses; `None` for that of the OPD, which is made when it is missing.
    pub group: Option<DeviceGroupId>,
}

impl<'a, N: AsRef<str> + ?Sized> From<(UnitId, &'a N)> for Place<'a> {
    fn from((unit, name): (UnitId, &'a N)) -> Self {
        Self { unit, name: name.as_ref(), group: None }
    }
}

/// Makes a device of a unit, in service at once.
///
/// # Errors
/// [`crate::Fault::Invalid`] without a name, [`crate::Fault::NotFound`] for an unknown unit.
pub async fn add<'a>(
    office: &Office,
    tx: &mut Tx,
    place: impl Into<Place<'a>>,
    actor: &str,
) -> Result<NewDevice, ServiceError> {
    let Place { unit, name, group } = place.into();
    let name: String = name.trim().chars().take(MAX_NAME).collect();
    if name.is_empty() {
        return Err(ServiceError::invalid(
            "Beri nama perangkat, misalnya “Kios lobi”.",
            "Give the device a name, for example “Lobby kiosk”.",
        ));
    }
    let reference = reference::current(office, tx).await?;
    if reference.units.get(unit).is_none() {
        return Err(ServiceError::not_found("Unit kerja tidak ditemukan.", "There is no such unit."));
    }
    let group = match group {
        Some(group) => group,
        None => group_of(office, tx, &reference.units, unit).await?,
    };
    let token = hex::encode(office.random::<32>());
    let serial = format!("{MARK}{}", hex::encode(office.random::<6>()));
    let now = office.now();
    let zone = reference.units.zone_of(unit);
    let terminal = Terminal {
        state: TerminalState::Approved,
        name,
        unit_id: Some(unit),
        group_id: Some(group),
        comm_key_hash: Some(hex::encode(Sha256::digest(&token))),
        approved_at: Some(now),
        approved_by: Some(actor.to_owned()),
        ..Terminal::met(office.id(TerminalId::new), serial, zone, now)
    };
    register::put(tx, &terminal).await?;
    let detail = json!({ "serial": terminal.serial, "name": terminal.name, "unit": unit, "group": group });
    let about = audit::Subject::new("terminal", terminal.terminal_id);
    audit::write(office, tx, actor, audit::Action::AddDevice, about, detail).await?;
    Ok(NewDevice { terminal, token })
}
