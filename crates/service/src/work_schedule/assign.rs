//! Assigning a schedule or a group from a day on.

use domain::{
    ids::{EmployeeId, UnitId},
    lang::{Lang, plain_date},
    month::Month,
};
use jiff::civil::Date;
use store::{
    Tx,
    employee::{self, Attribute, names},
    schedule::{self, UnitSchedule},
};

use crate::{
    Office, ServiceError, audit,
    locked::refuse_locked_month,
    reason::checked_reason,
    reference::{self, Reference},
};

/// Who gets a schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// A unit and everything below it that has none of its own.
    Unit(UnitId),
    /// One person, whatever the unit follows.
    Person(EmployeeId),
}

/// A schedule to be assigned.
#[derive(Debug, Clone)]
pub struct Assignment {
    /// Who.
    pub whose: Whose,
    /// Code of the schedule; `None` lets a person follow the unit again.
    pub code: Option<String>,
    /// First day.
    pub from: Date,
    /// Why, or by which letter.
    pub reason: String,
}

/// Lets a unit or a person follow a schedule from a day on.
///
/// # Errors
/// [`crate::Fault::Invalid`] for an unknown schedule or a missing reason, [`crate::Fault::Conflict`] when the month of the
/// first day is locked.
pub async fn assign(office: &Office, tx: &mut Tx, new: Assignment, actor: &str) -> Result<(), ServiceError> {
    let reason = checked_reason(&new.reason)?;
    let reference = reference::current(office, tx).await?;
    if let Some(code) = &new.code
        && reference.schedule(code, new.from).is_none()
    {
        return Err(ServiceError::invalid(
            format!("Jadwal {code} tidak ada pada {}. Pilih dari daftar.", plain_date(new.from, Lang::Id)),
            format!(
                "There is no schedule {code} on {}. Choose from the list.",
                plain_date(new.from, Lang::En)
            ),
        ));
    }
    let now = office.now();
    let subject = match new.whose {
        Whose::Unit(unit) => {
            let code = new.code.clone().ok_or_else(|| {
                ServiceError::invalid("Pilih jadwal dari daftar.", "Choose a schedule from the list.")
            })?;
            refuse_locked_month(tx, &reference, unit, Month::of(new.from)).await?;
            let row = UnitSchedule {
                unit_id: unit,
                valid_from: new.from,
                recorded_at: now,
                schedule_code: code,
                actor: actor.to_owned(),
            };
            schedule::assign(tx, &[row]).await?;
            audit::Subject::new("unit", unit)
        }
        Whose::Person(person) => {
            refuse_locked_person(tx, &reference, person, new.from).await?;
            fact(office, tx, person, (names::SCHEDULE, new.code.clone(), new.from), (&reason, actor)).await?;
            audit::Subject::new("employee", person)
        }
    };
    let detail = serde_json::json!({ "code": new.code, "from": new.from.to_string(), "reason": reason });
    audit::write(office, tx, actor, audit::Action::AssignSchedule, subject, detail).await?;
    reference::moved(office, tx, actor).await
}

/// Puts a person into a group of a repeating roster from a day on: `offset` is how many days it runs behind group 0.
///
/// # Errors
/// [`crate::Fault::Invalid`] when the person's schedule has no cycle or no such group; otherwise as [`assign`].
pub async fn set_group(
    office: &Office,
    tx: &mut Tx,
    (person, offset, from): (EmployeeId, i32, Date),
    reason: &str,
    actor: &str,
) -> Result<(), ServiceError> {
    let reason = checked_reason(reason)?;
    let reference = reference::current(office, tx).await?;
    let groups = groups_of(tx, &reference, person, from).await?;
    if groups == 0 {
        return Err(ServiceError::invalid(
            "Jadwal pegawai ini pada tanggal itu tidak bergilir, jadi tidak punya regu. Pasang dulu jadwal bergilir.",
            "The person's schedule of that day does not rotate, so it has no groups. Assign a rotating one first.",
        ));
    }
    if usize::try_from(offset).map_or(true, |n| n >= groups) {
        return Err(ServiceError::invalid(
            format!("Pilih regu 1 sampai {groups}."),
            format!("Choose a group from 1 to {groups}."),
        ));
    }
    refuse_locked_person(tx, &reference, person, from).await?;
    fact(office, tx, person, (names::CYCLE_OFFSET, Some(offset.to_string()), from), (&reason, actor)).await?;
    let detail = serde_json::json!({ "offset": offset, "from": from.to_string(), "reason": reason });
    let subject = audit::Subject::new("employee", person);
    audit::write(office, tx, actor, audit::Action::JoinGroup, subject, detail).await
}

/// How many groups the schedule of a person has on a day; 0 without a cycle.
async fn groups_of(
    tx: &mut Tx,
    reference: &Reference,
    person: EmployeeId,
    day: Date,
) -> Result<usize, ServiceError> {
    let person = employee::get(tx, person).await?;
    let schedules = crate::roster::schedules_of(reference, &person);
    Ok(schedules.on(day).and_then(|s| s.cycle.as_ref()).map_or(0, |cycle| cycle.groups()))
}

async fn refuse_locked_person(
    tx: &mut Tx,
    reference: &Reference,
    person: EmployeeId,
    from: Date,
) -> Result<(), ServiceError> {
    match employee::get(tx, person).await?.unit(from) {
        Some(unit) => refuse_locked_month(tx, reference, unit, Month::of(from)).await,
        None => Ok(()),
    }
}

async fn fact(
    office: &Office,
    tx: &mut Tx,
    person: EmployeeId,
    (attribute, value, from): (&str, Option<String>, Date),
    (reason, actor): (&str, &str),
) -> Result<(), ServiceError> {
    let row = Attribute {
        employee_id: person,
        attribute: attribute.to_owned(),
        valid_from: from,
        recorded_at: office.now(),
        value,
        source: reason.to_owned(),
        actor: actor.to_owned(),
        import_id: None,
    };
    employee::add_attributes(tx, &[row]).await?;
    Ok(())
}
