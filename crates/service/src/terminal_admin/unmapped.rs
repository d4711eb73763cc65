//! PINs that belong to nobody, with whose they may be.

use std::collections::HashMap;

use domain::ids::{DeviceGroupId, UnitId};
use jiff::civil::DateTime;
use store::{Scope, Tx, employee, punch, terminal as register};

use super::proposal::{Candidates, Proposal};
use crate::{Office, ServiceError, reference};

/// Most PINs looked at.
const MAX_PINS: i64 = 10_000;

/// A PIN without owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnmappedPin {
    /// Group of terminals.
    pub group: DeviceGroupId,
    /// The PIN.
    pub pin: String,
    /// How many punches wait for its owner.
    pub punches: i64,
    /// Local time of the first.
    pub first: DateTime,
    /// Local time of the last.
    pub last: DateTime,
    /// The name that a terminal shows for it; empty if unknown.
    pub device_name: String,
    /// Who it may be.
    pub proposal: Option<Proposal>,
}

/// The PINs of a group that belong to nobody, the busiest first. People are proposed from the OPD of `unit`, from everyone
/// without it.
///
/// # Errors
/// As every read.
pub async fn unmapped_pins(
    office: &Office,
    tx: &mut Tx,
    group: DeviceGroupId,
    unit: Option<UnitId>,
) -> Result<Vec<UnmappedPin>, ServiceError> {
    let waiting = punch::unmapped(tx, MAX_PINS).await?;
    let waiting: Vec<_> = waiting.into_iter().filter(|pin| pin.device_group_id == group).collect();
    if waiting.is_empty() {
        return Ok(Vec::new());
    }
    let mut names: HashMap<String, String> = HashMap::new();
    for user in register::users_of_group(tx, group).await? {
        if !user.name.is_empty() {
            names.entry(user.pin).or_insert(user.name);
        }
    }
    let reference = reference::current(office, tx).await?;
    let opd = unit.and_then(|unit| reference.units.opd_of(unit)).map(|opd| opd.unit_id);
    let today = reference.units.today(unit, office.now());
    let scope = opd.map_or(Scope::Everyone, Scope::Subtree);
    let candidates = Candidates::new(employee::load(tx, scope, today, today).await?, today);
    Ok(waiting
        .into_iter()
        .map(|row| {
            let device_name = names.remove(&row.pin).unwrap_or_default();
            UnmappedPin {
                group,
                proposal: candidates.propose(&row.pin, &device_name),
                pin: row.pin,
                punches: row.punches,
                first: row.first,
                last: row.last,
                device_name,
            }
        })
        .collect())
}
