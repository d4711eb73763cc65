//! What the application knows on the day from which the import shall hold.

use domain::{
    ids::{EmployeeId, UnitId},
    org::{Place, Tree},
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
    /// Who stands above whom, and to which OPD each unit belongs.
    pub(super) fn tree(&self) -> Tree {
        Tree::new(self.units.iter().map(|u| Place { unit: u.id, above: u.parent, is_opd: u.is_opd }))
    }
}
