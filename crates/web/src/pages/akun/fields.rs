//! The inputs that say which role holds where, when and why; the same for a new account and for one that exists.

use domain::rights::Role;
use jiff::civil::Date;
use serde::Deserialize;
use service::{ServiceError, account::NewGrant, account_admin::Manager};

use crate::{
    pages::terminal::Choice,
    server::{ask::Ask, fault::WebError},
};

/// What stands for the whole government instead of the code of a unit.
const EVERYWHERE: &str = "*";

/// The inputs of a role and what was typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RoleFields {
    /// Roles to choose from.
    pub roles: Vec<Choice>,
    /// Units to choose from.
    pub units: Vec<Choice>,
    /// Whether the whole government may be chosen.
    pub everywhere: bool,
    /// Code of the role.
    pub role: String,
    /// Code of the unit; `*` for the whole government, which is never chosen by itself.
    pub unit: String,
    /// First day, `YYYY-MM-DD`.
    pub from: String,
    /// Last day; may be empty.
    pub until: String,
    /// The letter or reason.
    pub reason: String,
    /// The earliest first day.
    pub today: String,
}

/// The inputs as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct TypedRole {
    peran: String,
    unit: String,
    dari: String,
    sampai: String,
    alasan: String,
}

impl RoleFields {
    /// The inputs for what `manager` may give, with what was typed.
    pub(super) fn new(manager: &Manager, typed: TypedRole) -> RoleFields {
        let choice = |key: &str, label: &str| Choice { key: key.to_owned(), label: label.to_owned() };
        let today = manager.today.to_string();
        RoleFields {
            roles: Role::ALL.into_iter().map(|r| choice(r.code(), r.label())).collect(),
            units: manager
                .units()
                .filter(|u| u.parent_id.is_some())
                .map(|u| choice(&u.code, &u.name))
                .collect(),
            everywhere: manager.reaches(None),
            role: typed.peran,
            unit: typed.unit,
            from: if typed.dari.is_empty() { today.clone() } else { typed.dari },
            until: typed.sampai,
            reason: typed.alasan,
            today,
        }
    }
}

/// The role that was typed, as far as it can be read; whether it may be given is decided elsewhere.
///
/// # Errors
/// Not found for a unit that does not exist, as an address that was made up.
pub(super) fn grant(
    ask: &Ask,
    reference: &service::reference::Reference,
    typed: &TypedRole,
) -> Result<Result<NewGrant, ServiceError>, WebError> {
    let unit = match typed.unit.trim() {
        "" => return Ok(Err(ServiceError::invalid("Pilih unitnya.", "Choose the unit."))),
        EVERYWHERE => None,
        code => Some(reference.units.by_code(code).ok_or_else(WebError::not_found)?.unit_id),
    };
    let Some(role) = Role::parse(typed.peran.trim()) else {
        return Ok(Err(ServiceError::invalid("Pilih perannya.", "Choose the role.")));
    };
    let from = match typed.dari.trim() {
        "" => Ok(ask.today()),
        day => day_of(day),
    };
    let until = match typed.sampai.trim() {
        "" => Ok(None),
        day => day_of(day).map(Some),
    };
    Ok(from.and_then(|from| Ok(NewGrant { role, unit, from, until: until?, reason: typed.alasan.clone() })))
}

fn day_of(typed: &str) -> Result<Date, ServiceError> {
    typed.parse().map_err(|_| {
        ServiceError::invalid(
            "Tanggal tidak terbaca. Tulis sebagai tahun-bulan-tanggal, misalnya 2026-11-16.",
            "The date could not be read. Write it as year-month-day, for example 2026-11-16.",
        )
    })
}
