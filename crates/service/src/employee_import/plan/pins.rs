//! One PIN belongs to one person, in the file and on the terminals.

use std::collections::{HashMap, HashSet};

use domain::ids::EmployeeId;

use super::candidate::{Candidate, complaint};
use crate::employee_import::{
    current::Current,
    facts::Field,
    heading::Column,
    problem::{Problem, ProblemKind},
    sheet::Sheet,
};

/// Refuses a PIN that stands in an earlier row or belongs to somebody who keeps it.
pub(super) fn refuse_taken(
    candidates: &mut [Candidate<'_>],
    current: &Current,
    sheet: &Sheet,
    problems: &mut Vec<Problem>,
) {
    let mut first_row: HashMap<String, u32> = HashMap::new();
    for candidate in candidates.iter_mut().filter(|c| !c.refused) {
        let Some(pin) = candidate.line.facts[Field::Pin].clone() else { continue };
        if let Some(first) = first_row.get(&pin) {
            let kind = ProblemKind::DuplicatePin { first: *first };
            problems.push(complaint(sheet, &candidate.line, Column::Pin, pin, kind));
            candidate.refused = true;
        } else {
            first_row.insert(pin, candidate.line.row);
        }
    }
    let owners: HashMap<&str, (EmployeeId, String)> = current
        .people
        .iter()
        .filter_map(|person| Some((person.facts[Field::Pin].as_deref()?, (person.id, person.name.full()))))
        .collect();
    // Refusing a row means that its person keeps the old PIN, which may take it from another row: repeat until
    // nothing changes. Each round refuses at least one row, so it ends.
    loop {
        let giving_up: HashSet<EmployeeId> = candidates
            .iter()
            .filter(|c| !c.refused)
            .filter(|c| {
                let old = c.known.and_then(|known| known.facts[Field::Pin].as_deref());
                let new = c.line.facts[Field::Pin].as_deref();
                old.is_some() && new.is_some() && old != new
            })
            .map(|c| c.id)
            .collect();
        let mut refused_any = false;
        for candidate in candidates.iter_mut().filter(|c| !c.refused) {
            let Some(pin) = candidate.line.facts[Field::Pin].clone() else { continue };
            let Some((owner, name)) = owners.get(pin.as_str()) else { continue };
            if *owner != candidate.id && !giving_up.contains(owner) {
                let kind = ProblemKind::PinTaken { by: name.clone() };
                problems.push(complaint(sheet, &candidate.line, Column::Pin, pin, kind));
                candidate.refused = true;
                refused_any = true;
            }
        }
        if !refused_any {
            return;
        }
    }
}
