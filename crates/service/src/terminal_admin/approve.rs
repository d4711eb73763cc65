//! Taking a terminal into service and out of it.

use domain::{
    ids::{DeviceGroupId, UnitId},
    zone::Zone,
};
use serde_json::json;
use store::{
    Tx,
    terminal::{self as register, DoorRole, Group, Terminal, TerminalState},
};

use terminal::command::Dialect;

use super::{SafeCommand, find::locked, queue};
use crate::{
    Office, ServiceError, audit,
    reference::{self, Units},
    terminal_desk::{check_networks, dialect_of},
};

/// Where a terminal stands and how it is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// The unit.
    pub unit: UnitId,
    /// Name; empty for the model or the serial number.
    pub name: String,
    /// Zone of its wall clock; `None` for that of the unit.
    pub zone: Option<Zone>,
    /// What its door is for.
    pub role: DoorRole,
    /// Group whose PINs it uses; `None` for the group of its OPD, which is made when it is missing.
    pub group: Option<DeviceGroupId>,
    /// Networks it may come from, separated by blanks; empty for any.
    pub allowed_cidr: String,
}

impl Approval {
    /// The usual settings for a terminal of a unit.
    pub fn at(unit: UnitId) -> Self {
        Self {
            unit,
            name: String::new(),
            zone: None,
            role: DoorRole::Both,
            group: None,
            allowed_cidr: String::new(),
        }
    }
}

/// Approves a terminal, or changes the settings of one in service. It hands over what it kept with its next upload.
///
/// # Errors
/// [`crate::Fault::NotFound`] for an unknown serial number or unit, [`crate::Fault::Invalid`] for a network that is none.
pub async fn approve(
    office: &Office,
    tx: &mut Tx,
    serial: &str,
    approval: Approval,
    actor: &str,
) -> Result<Terminal, ServiceError> {
    check_networks(&approval.allowed_cidr).map_err(|entry| {
        ServiceError::invalid(
            format!("“{entry}” bukan jaringan. Tulis seperti 10.20.0.0/16 atau 10.20.0.7."),
            format!("“{entry}” is no network. Write it like 10.20.0.0/16 or 10.20.0.7."),
        )
    })?;
    let mut terminal = locked(tx, serial).await?;
    let reference = reference::current(office, tx).await?;
    if reference.units.get(approval.unit).is_none() {
        return Err(ServiceError::not_found(
            "Unit kerja tidak ditemukan. Pilih dari daftar.",
            "There is no such unit. Choose one from the list.",
        ));
    }
    let group = match approval.group {
        Some(group) => group,
        None => group_of(office, tx, &reference.units, approval.unit).await?,
    };
    let was = terminal.state;
    let before = json!({ "state": was.code(), "name": terminal.name, "zone": terminal.zone, "unit": terminal.unit_id });
    terminal.state = TerminalState::Approved;
    terminal.unit_id = Some(approval.unit);
    terminal.group_id = Some(group);
    terminal.zone = approval.zone.unwrap_or_else(|| reference.units.zone_of(approval.unit));
    terminal.role = approval.role;
    terminal.allowed_cidr = approval.allowed_cidr.split_whitespace().collect::<Vec<_>>().join(" ");
    terminal.name = name(&approval.name, &terminal);
    if was != TerminalState::Approved {
        (terminal.approved_at, terminal.approved_by) = (Some(office.now()), Some(actor.to_owned()));
    }
    register::put(tx, &terminal).await?;
    // Its clock follows the zone told at the last handshake, which was a guess or the old one. Access-control firmware
    // cannot be asked; it registers again by itself.
    if dialect_of(&terminal) != Dialect::Access {
        queue(office, tx, serial, SafeCommand::Check, actor).await?;
    }
    let action = if was == TerminalState::Approved {
        audit::Action::ChangeTerminal
    } else {
        audit::Action::ApproveTerminal
    };
    let detail = json!({
        "serial": terminal.serial, "before": before, "name": terminal.name, "zone": terminal.zone,
        "unit": approval.unit, "group": group, "role": terminal.role.code(), "networks": terminal.allowed_cidr,
    });
    audit::write(office, tx, actor, action, audit::Subject::new("terminal", terminal.terminal_id), detail)
        .await?;
    Ok(terminal)
}

/// Takes a terminal out of service: nothing from it is taken any more. Its punches stay, and approving it again brings it
/// back.
///
/// # Errors
/// [`crate::Fault::NotFound`] for an unknown serial number.
pub async fn retire(
    office: &Office,
    tx: &mut Tx,
    serial: &str,
    reason: &str,
    actor: &str,
) -> Result<Terminal, ServiceError> {
    let mut terminal = locked(tx, serial).await?;
    let before = terminal.state;
    terminal.state = TerminalState::Retired;
    register::put(tx, &terminal).await?;
    let detail = json!({ "serial": terminal.serial, "before": before.code(), "reason": reason.trim() });
    let about = audit::Subject::new("terminal", terminal.terminal_id);
    audit::write(office, tx, actor, audit::Action::RetireTerminal, about, detail).await?;
    Ok(terminal)
}

/// Lets a terminal that was rejected or taken out of service wait for approval again.
///
/// # Errors
/// [`crate::Fault::NotFound`] for an unknown serial number, [`crate::Fault::Conflict`] when it is not out of service.
pub async fn reopen(
    office: &Office,
    tx: &mut Tx,
    serial: &str,
    actor: &str,
) -> Result<Terminal, ServiceError> {
    let mut terminal = locked(tx, serial).await?;
    if terminal.state != TerminalState::Retired {
        return Err(ServiceError::conflict(
            "Terminal ini tidak sedang ditolak. Muat ulang halaman.",
            "This terminal is not out of service. Reload the page.",
        ));
    }
    terminal.state = TerminalState::Pending;
    register::put(tx, &terminal).await?;
    let about = audit::Subject::new("terminal", terminal.terminal_id);
    let detail = json!({ "serial": terminal.serial });
    audit::write(office, tx, actor, audit::Action::ReopenTerminal, about, detail).await?;
    Ok(terminal)
}

/// The group of the OPD of a unit: the terminals of an OPD share their PINs.
pub(crate) async fn group_of(
    office: &Office,
    tx: &mut Tx,
    units: &Units,
    unit: UnitId,
) -> Result<DeviceGroupId, ServiceError> {
    let owner = units.opd_of(unit).or_else(|| units.get(unit));
    let (code, name) = owner.map_or(("UMUM", "Umum"), |u| (u.code.as_str(), u.name.as_str()));
    if let Some(group) = register::groups(tx).await?.into_iter().find(|group| group.code == code) {
        return Ok(group.group_id);
    }
    let group = Group {
        group_id: office.id(DeviceGroupId::new),
        code: code.to_owned(),
        name: name.to_owned(),
        created_at: office.now(),
    };
    register::put_groups(tx, std::slice::from_ref(&group)).await?;
    Ok(group.group_id)
}

fn name(wanted: &str, terminal: &Terminal) -> String {
    let words = [wanted.trim(), &terminal.name, &terminal.model, &terminal.serial];
    words.into_iter().find(|word| !word.is_empty()).unwrap_or_default().chars().take(80).collect()
}
