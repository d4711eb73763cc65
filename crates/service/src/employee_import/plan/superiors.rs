//! Connecting people with their superiors, and finding those who go round in a ring.

use std::collections::{HashMap, HashSet};

use domain::ids::EmployeeId;

use super::candidate::{Candidate, complaint};
use crate::employee_import::{
    current::Current,
    facts::{Facts, Field},
    heading::Column,
    problem::{Problem, ProblemKind},
    sheet::Sheet,
};

/// Sets the superior of each candidate; one that is unknown, the person, or part of a ring is reported and left out.
pub(super) fn connect(
    candidates: &mut [Candidate<'_>],
    current: &Current,
    sheet: &Sheet,
    problems: &mut Vec<Problem>,
) {
    let mut by_number: HashMap<String, EmployeeId> =
        current.people.iter().map(|person| (person.number.clone(), person.id)).collect();
    by_number
        .extend(candidates.iter().filter(|c| !c.refused).map(|c| (c.line.number.as_str().to_owned(), c.id)));
    for candidate in candidates.iter_mut().filter(|c| !c.refused) {
        let Some(superior) = candidate.line.superior else { continue };
        let kind = match by_number.get(superior.as_str()) {
            Some(id) if *id == candidate.id => ProblemKind::OwnSuperior,
            Some(id) => {
                candidate.line.facts[Field::Superior] = Some(id.to_string());
                continue;
            }
            None => ProblemKind::UnknownSuperior,
        };
        problems.push(complaint(sheet, &candidate.line, Column::Superior, superior.as_str(), kind));
    }
    cut_rings(candidates, current, sheet, problems);
}

fn cut_rings(
    candidates: &mut [Candidate<'_>],
    current: &Current,
    sheet: &Sheet,
    problems: &mut Vec<Problem>,
) {
    let superior = |facts: &Facts| facts[Field::Superior].as_deref().and_then(EmployeeId::parse);
    let mut above: HashMap<EmployeeId, EmployeeId> =
        current.people.iter().filter_map(|person| Some((person.id, superior(&person.facts)?))).collect();
    for candidate in candidates.iter().filter(|c| !c.refused) {
        if let Some(id) = superior(&candidate.line.facts) {
            above.insert(candidate.id, id);
        }
    }
    let in_ring = ring_members(&above);
    if in_ring.is_empty() {
        return;
    }
    let mut names: HashMap<EmployeeId, &str> =
        current.people.iter().map(|person| (person.id, person.name.name.as_str())).collect();
    names.extend(candidates.iter().map(|c| (c.id, c.line.name.name.as_str())));
    let ring_names = |start: EmployeeId| {
        let mut ring = Vec::new();
        let mut at = start;
        loop {
            ring.push(names.get(&at).copied().unwrap_or("?").to_owned());
            match above.get(&at) {
                // Long rings are cut short: nobody reads more than a dozen names.
                Some(next) if *next != start && ring.len() < 12 => at = *next,
                _ => break,
            }
        }
        ring.push(names.get(&start).copied().unwrap_or("?").to_owned());
        ring
    };
    let found: Vec<Option<Vec<String>>> = candidates
        .iter()
        .map(|c| {
            let sets_it = !c.refused && c.line.facts[Field::Superior].is_some();
            (sets_it && in_ring.contains(&c.id)).then(|| ring_names(c.id))
        })
        .collect();
    for (candidate, ring) in candidates.iter_mut().zip(found) {
        let Some(names) = ring else { continue };
        candidate.line.facts[Field::Superior] = None;
        let value = candidate.line.superior.map_or_else(String::new, |n| n.as_str().to_owned());
        let kind = ProblemKind::SuperiorRing { names };
        problems.push(complaint(sheet, &candidate.line, Column::Superior, value, kind));
    }
}

/// The people from whom the way up leads back to themselves. Each person is walked over once.
fn ring_members(above: &HashMap<EmployeeId, EmployeeId>) -> HashSet<EmployeeId> {
    let mut done: HashSet<EmployeeId> = HashSet::with_capacity(above.len());
    let mut rings = HashSet::new();
    for start in above.keys() {
        let mut path: Vec<EmployeeId> = Vec::new();
        let mut on_path: HashMap<EmployeeId, usize> = HashMap::new();
        let mut at = Some(*start);
        while let Some(id) = at {
            if let Some(from) = on_path.get(&id) {
                rings.extend(&path[*from..]);
                break;
            }
            if !done.insert(id) {
                break;
            }
            on_path.insert(id, path.len());
            path.push(id);
            at = above.get(&id).copied();
        }
    }
    rings
}
