//! Saving the shifts of one person in one month.

use domain::{
    ids::EmployeeId,
    lang::{Lang, plain_date},
    month::Month,
};
use jiff::civil::Date;
use store::{
    Tx,
    roster::{self, RosterEntry},
};

use super::{RosterMonth, known_code};
use crate::{Office, ServiceError, audit, locked::refuse_locked_month};

/// Shifts to be saved.
#[derive(Debug, Clone)]
pub struct NewShifts {
    /// The person.
    pub employee: EmployeeId,
    /// The month.
    pub month: Month,
    /// Day and code; an empty code takes back what the roster says about the day.
    pub shifts: Vec<(Date, String)>,
}

/// Saves what differs from `known`. How many days.
///
/// # Errors
/// [`crate::Fault::NotFound`] for a person of another unit, [`crate::Fault::Invalid`] for a code that the schedule of
/// the day does not know, [`crate::Fault::Conflict`] for a locked month.
pub async fn save(
    office: &Office,
    tx: &mut Tx,
    known: &RosterMonth,
    new: NewShifts,
    actor: &str,
) -> Result<usize, ServiceError> {
    let person = known.people.iter().find(|p| p.id == new.employee).ok_or_else(|| {
        ServiceError::not_found("Pegawai ini tidak ada di unit itu.", "This person is not in that unit.")
    })?;
    let unit = person.unit.unwrap_or(known.unit);
    refuse_locked_month(tx, &known.reference, unit, new.month).await?;
    let mut changes: Vec<(Date, Option<String>)> = Vec::new();
    for (day, typed) in new.shifts.iter().filter(|(day, _)| new.month.contains(*day)) {
        let before = person.shifts.get(day);
        if typed.trim().is_empty() {
            changes.extend(before.map(|_| (*day, None)));
            continue;
        }
        let code = person.schedule(*day).and_then(|s| known_code(s, typed)).ok_or_else(|| {
            ServiceError::invalid(
                format!(
                    "Kode sif {typed} pada {} tidak ada di jadwal pegawai ini.",
                    plain_date(*day, Lang::Id)
                ),
                format!(
                    "The schedule of this person has no shift {typed} on {}.",
                    plain_date(*day, Lang::En)
                ),
            )
        })?;
        if before != Some(&code) {
            changes.push((*day, Some(code)));
        }
    }
    let now = office.now();
    let mut rows = Vec::new();
    for (day, code) in &changes {
        match code {
            Some(code) => rows.push(RosterEntry {
                employee_id: new.employee,
                day: *day,
                recorded_at: now,
                shift: code.clone(),
                actor: actor.to_owned(),
                import_id: None,
            }),
            None => {
                roster::revoke(tx, new.employee, *day, now).await?;
            }
        }
    }
    if changes.is_empty() {
        return Ok(0);
    }
    roster::add(tx, &rows).await?;
    let days = changes.iter().map(|(day, code)| (day.to_string(), code.clone()));
    let detail = serde_json::json!({ "days": days.collect::<std::collections::BTreeMap<_, _>>() });
    let subject = audit::Subject::new("employee", new.employee);
    audit::write(office, tx, actor, audit::Action::SaveRoster, subject, detail).await?;
    Ok(changes.len())
}
