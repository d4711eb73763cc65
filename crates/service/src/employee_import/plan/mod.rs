//! What an import would do: new, changed, same, missing and refused, computed without touching anything.

use std::collections::{HashMap, HashSet};

use domain::{
    ids::{EmployeeId, UnitId},
    nip::EmployeeNumber,
    person_name::PersonName,
};
use jiff::civil::Date;
use uuid::Uuid;

use super::{
    current::{Current, Person},
    facts::{Facts, Field},
    line::Line,
    problem::{Problem, Severity},
    sheet::Sheet,
    units::{Finder, NewUnit, NewUnits},
};
use crate::progress::Report;

mod candidate;
mod pins;
mod show;
mod superiors;
#[cfg(test)]
mod tests;

use candidate::{Candidate, note_same_people, place, read_lines, unit_of};
pub use show::Names;

/// Who is expected to be in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Expected {
    /// The people of every OPD that the file names.
    #[default]
    OpdsInFile,
    /// Everybody.
    Everyone,
}

/// How to import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// The day from which the new values hold.
    pub effective: Date,
    /// What to do about unknown units.
    pub new_units: NewUnits,
    /// Who is reported as missing when not in the file.
    pub expected: Expected,
}

/// A person the application does not know yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Added {
    /// The row of the file.
    pub row: u32,
    /// The id to be.
    pub id: EmployeeId,
    /// The number.
    pub number: EmployeeNumber,
    /// The name.
    pub name: PersonName,
    /// The facts from the effective day on; the kind is always set.
    pub facts: Facts,
}

/// One value that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which.
    pub field: Field,
    /// What holds now; `None` if nothing.
    pub from: Option<String>,
    /// What the file says.
    pub to: String,
}

/// A known person of whom the file says something else.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed {
    /// The row of the file.
    pub row: u32,
    /// The person.
    pub id: EmployeeId,
    /// The number.
    pub number: EmployeeNumber,
    /// The name known now.
    pub name: PersonName,
    /// The name of the file, if it differs.
    pub new_name: Option<PersonName>,
    /// The differing facts, in the order of [`Field::ALL`].
    pub changes: Vec<Change>,
}

/// A known person who should be in the file and is not. Only reported, never removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The person.
    pub id: EmployeeId,
    /// The number.
    pub number: String,
    /// The name.
    pub name: String,
    /// The unit.
    pub unit: Option<String>,
}

/// What an import would do.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plan {
    /// Rows read that are people.
    pub people: usize,
    /// New people (baru).
    pub added: Vec<Added>,
    /// People with changes (berubah).
    pub changed: Vec<Changed>,
    /// How many people are the same (sama).
    pub same: usize,
    /// People who are not in the file (hilang).
    pub missing: Vec<Missing>,
    /// Rows left out because the person has left the service.
    pub left_service: usize,
    /// Everything worth saying about rows, by row.
    pub problems: Vec<Problem>,
    /// Rows that are refused (salah).
    pub refused_rows: Vec<u32>,
    /// Units that would be made, parents first.
    pub new_units: Vec<NewUnit>,
    /// Names of the units and people that the values refer to.
    pub names: Names,
}

impl Plan {
    /// Whether applying it would change nothing.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty()
    }
}

/// Compares a file with what is known.
pub fn plan(
    sheet: &Sheet,
    current: &Current,
    options: &Options,
    new_id: &mut dyn FnMut() -> Uuid,
    report: Report<'_>,
) -> Plan {
    let mut plan = Plan::default();
    let by_number: HashMap<&str, &Person> =
        current.people.iter().map(|person| (person.number.as_str(), person)).collect();
    let mut seen: HashSet<String> = HashSet::new();
    let mut candidates = read_lines(sheet, &by_number, &mut plan, &mut seen, new_id, report);

    let mut finder = Finder::new(current, options.new_units);
    for candidate in &mut candidates {
        place(candidate, current, sheet, &mut finder, new_id, &mut plan.problems);
    }
    pins::refuse_taken(&mut candidates, current, sheet, &mut plan.problems);
    superiors::connect(&mut candidates, current, sheet, &mut plan.problems);
    note_same_people(&candidates, current, sheet, &mut plan.problems);

    plan.names = Names::of(current, &candidates, &finder.proposed);
    let mut opds_in_file: HashSet<UnitId> = HashSet::new();
    let mut used_units: HashSet<UnitId> = HashSet::new();
    for candidate in &candidates {
        let units = [Some(&candidate.line.facts), candidate.known.map(|known| &known.facts)];
        for unit in units.into_iter().flatten().filter_map(unit_of) {
            opds_in_file.extend(finder.opd_of(unit));
            if !candidate.refused {
                used_units.insert(unit);
            }
        }
    }
    for candidate in candidates {
        settle(candidate, &mut plan);
    }
    plan.new_units = needed_units(finder.proposed, &used_units);
    let tree = current.tree();
    plan.missing = missing(current, &seen, &plan.names, |person| match options.expected {
        Expected::Everyone => true,
        Expected::OpdsInFile => unit_of(&person.facts)
            .and_then(|unit| tree.opd_of(unit))
            .is_some_and(|opd| opds_in_file.contains(&opd)),
    });
    let mut refused: Vec<u32> =
        plan.problems.iter().filter(|p| p.severity() == Severity::Row).map(|p| p.row).collect();
    refused.sort_unstable();
    refused.dedup();
    plan.refused_rows = refused;
    plan.problems.sort_by_key(|problem| problem.row);
    plan
}

/// Puts a candidate where it belongs.
fn settle(candidate: Candidate<'_>, plan: &mut Plan) {
    let Candidate { line, known, id, refused } = candidate;
    if refused {
        return;
    }
    let Some(known) = known else {
        let Line { row, number, name, facts, .. } = line;
        plan.added.push(Added { row, id, number, name, facts });
        return;
    };
    let changes: Vec<Change> = line
        .facts
        .iter()
        .filter(|(field, to)| known.facts[*field].as_deref() != Some(*to))
        .map(|(field, to)| Change { field, from: known.facts[field].clone(), to: to.to_owned() })
        .collect();
    let new_name = (line.name != known.name).then_some(line.name);
    if changes.is_empty() && new_name.is_none() {
        plan.same += 1;
    } else {
        let (row, number, name) = (line.row, line.number, known.name.clone());
        plan.changed.push(Changed { row, id, number, name, new_name, changes });
    }
}

/// The proposed units that somebody accepted stands in, with the units above them.
fn needed_units(proposed: Vec<NewUnit>, used: &HashSet<UnitId>) -> Vec<NewUnit> {
    let mut needed: HashSet<UnitId> = HashSet::new();
    for unit in proposed.iter().rev() {
        if used.contains(&unit.id) || needed.contains(&unit.id) {
            needed.insert(unit.id);
            needed.extend(unit.parent);
        }
    }
    proposed.into_iter().filter(|unit| needed.contains(&unit.id)).collect()
}

fn missing(
    current: &Current,
    seen: &HashSet<String>,
    names: &Names,
    expected: impl Fn(&Person) -> bool,
) -> Vec<Missing> {
    let absent = current
        .people
        .iter()
        .filter(|person| person.in_service && !seen.contains(&person.number) && expected(person));
    absent
        .map(|person| Missing {
            id: person.id,
            number: person.number.clone(),
            name: person.name.full(),
            unit: person.facts[Field::Unit].as_deref().map(|unit| names.show(Field::Unit, unit)),
        })
        .collect()
}
