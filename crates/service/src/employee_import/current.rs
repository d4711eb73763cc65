//! What the application knows on the day from which the import shall hold.

use std::collections::HashMap;

use domain::{
    ids::{EmployeeId, UnitId},
    person_name::PersonName,
};

use super::facts::Facts;

/// A person known to the application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The person.
    pub id: EmployeeId,
    /// The number on that day, 18 digits.
    pub number: String,
    /// The name with titles.
    pub name: PersonName,
    /// The facts that hold on that day.
    pub facts: Facts,
    /// Whether the person is in service; one who has left is known but not missed.
    pub in_service: bool,
}

/// A unit of the organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The unit.
    pub id: UnitId,
    /// The unit above; `None` for the root.
    pub parent: Option<UnitId>,
    /// The code, if it has one.
    pub code: Option<String>,
    /// The name.
    pub name: String,
    /// Whether it is an OPD.
    pub is_opd: bool,
}

/// Everything an import is compared with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Current {
    /// Everybody, also those who have left: their numbers are taken.
    pub people: Vec<Person>,
    /// The organisation.
    pub units: Vec<Unit>,
    /// Codes of the schedules.
    pub schedules: Vec<String>,
}

impl Current {
    /// For each unit the OPD it belongs to; units above all OPDs are left out.
    pub(super) fn opd_of_units(&self) -> HashMap<UnitId, UnitId> {
        let by_id: HashMap<UnitId, &Unit> = self.units.iter().map(|unit| (unit.id, unit)).collect();
        let opd_above = |unit: &Unit| {
            let mut at = unit;
            // A tree deeper than this is a ring in the data; it must not hang the import.
            for _ in 0..64 {
                if at.is_opd {
                    return Some(at.id);
                }
                at = by_id.get(&at.parent?)?;
            }
            None
        };
        self.units.iter().filter_map(|unit| opd_above(unit).map(|opd| (unit.id, opd))).collect()
    }
}
