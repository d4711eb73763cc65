//! Values as people read them: a unit and a superior by name, codes as words.

use std::collections::HashMap;

use domain::{employment::EmploymentKind, ids::EmployeeId, jabatan::JabatanKind, money::Rupiah};

use super::candidate::Candidate;
use crate::employee_import::{current::Current, facts::Field, units::NewUnit};

/// The names behind ids.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Names(HashMap<String, String>);

impl Names {
    pub(super) fn of(current: &Current, candidates: &[Candidate<'_>], new_units: &[NewUnit]) -> Names {
        let mut names: HashMap<String, String> = HashMap::new();
        names.extend(current.units.iter().map(|unit| (unit.id.to_string(), unit.name.clone())));
        names.extend(new_units.iter().map(|unit| (unit.id.to_string(), unit.name.clone())));
        // Only superiors are ever shown by id; naming all 50,000 people would be waste.
        let superiors: std::collections::HashSet<EmployeeId> = candidates
            .iter()
            .flat_map(|c| [Some(&c.line.facts), c.known.map(|known| &known.facts)])
            .flatten()
            .filter_map(|facts| EmployeeId::parse(facts[Field::Superior].as_deref()?))
            .collect();
        let known = current.people.iter().filter(|person| superiors.contains(&person.id));
        names.extend(known.map(|person| (person.id.to_string(), person.name.full())));
        let new = candidates.iter().filter(|c| superiors.contains(&c.id));
        names.extend(new.map(|c| (c.id.to_string(), c.line.name.full())));
        Names(names)
    }

    /// The value of a field for people.
    pub fn show(&self, field: Field, value: &str) -> String {
        match field {
            Field::Unit | Field::Superior => self.0.get(value).cloned().unwrap_or_else(|| value.to_owned()),
            Field::Kind => EmploymentKind::parse(value).map_or(value, |kind| kind.label()).to_owned(),
            Field::JabatanKind => {
                JabatanKind::parse(value, None).map_or(value, |kind| kind.label()).to_owned()
            }
            Field::Tpp => value.parse().map_or_else(|_| value.to_owned(), |d| Rupiah(d).to_string()),
            _ => value.to_owned(),
        }
    }
}
