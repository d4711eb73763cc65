//! Giving a PIN to a person.

use domain::ids::{DeviceGroupId, EmployeeId};
use jiff::civil::Date;
use serde_json::json;
use store::{
    Tx, employee,
    pin_map::{self, Mapped, PinOwner},
    punch,
};
use terminal::pin::Pin;

use crate::{Office, ServiceError, audit, reference};

/// Most unmapped PINs looked at.
const MAX_PINS: i64 = 10_000;

/// A PIN and its new owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOwner {
    /// Group of terminals.
    pub group: DeviceGroupId,
    /// The PIN as the terminal sends it.
    pub pin: String,
    /// The person.
    pub employee: EmployeeId,
    /// From when on.
    pub since: Since,
}

/// From when on a PIN belongs to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// From its first punch on; refused if somebody else has or had it.
    Beginning,
    /// From this day on, taken over from whoever had it.
    Day(Date),
}

/// Gives a PIN to a person; punches stored before go along, each by its own day.
///
/// # Errors
/// [`crate::Fault::Conflict`] when the PIN is somebody else's and no day of the change is given,
/// [`crate::Fault::Invalid`] for a PIN that no terminal can send.
pub async fn map_pin(
    office: &Office,
    tx: &mut Tx,
    new: NewOwner,
    actor: &str,
) -> Result<Mapped, ServiceError> {
    let pin = read_pin(&new.pin)?;
    let person = employee::get(tx, new.employee).await?;
    let owners = pin_map::of_pins(tx, new.group, std::slice::from_ref(&pin)).await?;
    let today = reference::current(office, tx).await?.units.home_zone().local(office.now()).date();
    let since = match new.since {
        Since::Day(day) => day,
        Since::Beginning => {
            if let Some(other) = owners.iter().rev().find(|owner| owner.employee_id != new.employee) {
                let name = employee::get(tx, other.employee_id).await?.employee.name;
                return Err(taken(&pin, &name, other.valid_from));
            }
            let waiting = punch::unmapped(tx, MAX_PINS).await?;
            let first = waiting.iter().find(|w| w.device_group_id == new.group && w.pin == pin);
            first.map_or(today, |w| w.first.date()).min(today)
        }
    };
    if pin_map::owner_on(&owners, since) == Some(new.employee) {
        return Ok(Mapped { owners: 0, punches: 0 });
    }
    let owner = PinOwner {
        group_id: new.group,
        pin: pin.clone(),
        valid_from: since,
        recorded_at: office.now(),
        employee_id: new.employee,
        valid_until: None,
        actor: actor.to_owned(),
    };
    let mapped = pin_map::map(tx, &[owner]).await?;
    let detail = json!({
        "group": new.group, "pin": pin, "since": since.to_string(), "name": person.employee.name,
        "before": pin_map::owner_on(&owners, since), "punches": mapped.punches,
    });
    audit::write(
        office,
        tx,
        actor,
        audit::Action::MapPin,
        audit::Subject::new("employee", new.employee),
        detail,
    )
    .await?;
    Ok(mapped)
}

/// A PIN as text.
///
/// # Errors
/// [`crate::Fault::Invalid`] with the reason.
pub(super) fn read_pin(text: &str) -> Result<String, ServiceError> {
    let refused = || {
        ServiceError::invalid(
            format!(
                "“{}” bukan PIN mesin. Salin PIN persis seperti di mesin, paling banyak 24 huruf atau angka.",
                text.trim()
            ),
            format!(
                "“{}” is no PIN of a terminal. Copy it exactly as the terminal shows it, at most 24 letters or digits.",
                text.trim()
            ),
        )
    };
    let pin = Pin::parse(text).map_err(|_| refused())?;
    if pin.is_nobody() { Err(refused()) } else { Ok(pin.to_string()) }
}

/// The refusal of a PIN that is somebody else's.
pub(super) fn taken(pin: &str, name: &str, since: Date) -> ServiceError {
    ServiceError::conflict(
        format!(
            "PIN {pin} milik {name} sejak {since}. Bila berpindah orang, isi tanggal mulai pemilik baru."
        ),
        format!(
            "PIN {pin} belongs to {name} since {since}. If it changes hands, give the day from which the new owner has it."
        ),
    )
}
