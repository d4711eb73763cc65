//! Looking at what is known of people: the right is checked before, and who looked is noted after.

use std::fmt::Display;

use domain::{
    ids::{EmployeeId, UnitId},
    month::Month,
    rights::Right,
};
use serde_json::Value;
use service::{
    audit::{self, Action},
    month::{MonthSheet, PersonSheet, Wanted, load, load_with},
    reference::{self, Reference},
};
use store::Scope;

use crate::server::{ask::Ask, fault::WebError};

/// The month in an address.
///
/// # Errors
/// A sentence when it is none.
pub fn month_of(text: &str) -> Result<Month, WebError> {
    text.parse().map_err(|_| {
        let text: String = text.chars().take(40).collect();
        WebError::invalid(
            format!("Bulan \"{text}\" tidak dikenal. Tulis sebagai tahun-bulan, misalnya 2026-11."),
            format!("There is no month \"{text}\". Write it as year-month, for example 2026-11."),
        )
    })
}

/// The month of a filter form; `usual` when none was chosen.
///
/// # Errors
/// As [`month_of`]: another month than the one asked for is never shown silently.
pub fn chosen_month(text: &str, usual: Month) -> Result<Month, WebError> {
    if text.trim().is_empty() { Ok(usual) } else { month_of(text) }
}

/// Refuses an address that pairs a unit with a person who belonged to another one.
///
/// # Errors
/// Not found, as for a person that does not exist.
pub fn refuse_stranger(
    reference: &Reference,
    unit: &str,
    held: impl IntoIterator<Item = UnitId>,
) -> Result<(), WebError> {
    let asked = reference.units.by_code(unit).ok_or_else(WebError::not_found)?.unit_id;
    let belongs = held.into_iter().any(|own| reference.units.path(own).contains(&asked));
    if belongs { Ok(()) } else { Err(WebError::not_found()) }
}

/// The judged month of the unit with a code; the sheet knows its id.
///
/// # Errors
/// Not found for an unknown code, forbidden where the right does not hold.
pub async fn unit_month(ask: &Ask, right: Right, code: &str, month: Month) -> Result<MonthSheet, WebError> {
    let office = &ask.site.office;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let reference = reference::current(office, &mut tx).await?;
    let unit = ask.unit(&reference, right, code)?.unit_id;
    Ok(load_with(office, &mut tx, reference, Wanted::month(Scope::Subtree(unit), month)).await?)
}

/// The judged month of one person: one's own, or of somebody whose presence one may see.
///
/// # Errors
/// Not found for an unknown person, forbidden where the right does not hold.
pub async fn person_month(ask: &Ask, person: EmployeeId, month: Month) -> Result<MonthSheet, WebError> {
    read_person(ask, person, Wanted::month(Scope::People(&[person]), month)).await
}

/// The same with the sums since 1 January.
///
/// # Errors
/// As [`person_month`].
pub async fn person_year(ask: &Ask, person: EmployeeId, month: Month) -> Result<MonthSheet, WebError> {
    read_person(ask, person, Wanted::with_year(Scope::People(&[person]), month)).await
}

async fn read_person(ask: &Ask, person: EmployeeId, wanted: Wanted<'_>) -> Result<MonthSheet, WebError> {
    let office = &ask.site.office;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let sheet = load(office, &mut tx, wanted).await?;
    let found = sheet.person(person).ok_or_else(WebError::not_found)?;
    if is_own(ask, person) || may(ask, Right::SeePresence, &sheet, found) {
        Ok(sheet)
    } else {
        Err(WebError::forbidden())
    }
}

/// Whether somebody looks at themself.
pub fn is_own(ask: &Ask, person: EmployeeId) -> bool {
    ask.visitor.as_ref().is_some_and(|visitor| visitor.employee == Some(person))
}

/// Whether a right holds where a person of the sheet works.
pub fn may(ask: &Ask, right: Right, sheet: &MonthSheet, person: &PersonSheet) -> bool {
    let path = person.unit.map(|unit| sheet.reference.units.path(unit)).unwrap_or_default();
    ask.access().may(right, &path)
}

/// Notes that somebody looked at a unit; `id` is `all` for everybody.
///
/// # Errors
/// As every write.
pub async fn note_unit(ask: &Ask, action: Action, id: impl Display, detail: Value) -> Result<(), WebError> {
    note(ask, action, audit::Subject::new("unit", id), detail).await
}

/// Notes that somebody looked at a person.
///
/// # Errors
/// As every write.
pub async fn note_person(ask: &Ask, person: EmployeeId, detail: Value) -> Result<(), WebError> {
    note(ask, Action::ReadEmployee, audit::Subject::new("employee", person), detail).await
}

async fn note(ask: &Ask, action: Action, about: audit::Subject, detail: Value) -> Result<(), WebError> {
    let office = &ask.site.office;
    let mut tx = office.db.begin_write(office.tenant).await?;
    audit::write(office, &mut tx, &ask.actor(), action, about, detail).await?;
    tx.commit().await?;
    Ok(())
}
