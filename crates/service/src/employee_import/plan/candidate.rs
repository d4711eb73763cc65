//! The lines of a file one by one: read, matched with known people, placed in their units.

use std::collections::{HashMap, HashSet};

use domain::{
    employment::EmploymentKind,
    ids::{EmployeeId, UnitId},
    nip::EmployeeNumber,
    person_name::PersonName,
};
use jiff::civil::Date;
use uuid::Uuid;

use super::Plan;
use crate::{
    employee_import::{
        current::{Current, Person},
        facts::{Facts, Field},
        heading::Column,
        line::{self, Line, Outcome},
        problem::{Problem, ProblemKind},
        sheet::Sheet,
        units::Finder,
    },
    progress::{Progress, Report},
};

/// A line with what was found about it.
pub(in crate::employee_import) struct Candidate<'a> {
    pub(super) line: Line,
    pub(super) known: Option<&'a Person>,
    pub(super) id: EmployeeId,
    pub(super) refused: bool,
}

/// The unit among the facts.
pub(super) fn unit_of(facts: &Facts) -> Option<UnitId> {
    facts[Field::Unit].as_deref().and_then(UnitId::parse)
}

/// Reads every row; of two rows with one number the first is taken.
pub(super) fn read_lines<'a>(
    sheet: &Sheet,
    by_number: &HashMap<&str, &'a Person>,
    plan: &mut Plan,
    seen: &mut HashSet<String>,
    new_id: &mut dyn FnMut() -> Uuid,
    report: Report<'_>,
) -> Vec<Candidate<'a>> {
    let mut first_row: HashMap<EmployeeNumber, u32> = HashMap::new();
    let mut candidates = Vec::with_capacity(sheet.rows.len());
    let total = sheet.rows.len() as u64;
    for (done, row) in (0u64..).zip(&sheet.rows) {
        if done % 1000 == 0 {
            report(Progress { id: "Memeriksa baris", en: "Checking rows", done, total });
        }
        match line::read(row, &sheet.headings, &mut plan.problems) {
            Outcome::NoPerson => continue,
            Outcome::Refused(number) => {
                seen.extend(number.map(|n| n.as_str().to_owned()));
            }
            Outcome::LeftService(number) => {
                plan.left_service += 1;
                seen.insert(number.as_str().to_owned());
            }
            Outcome::Taken(line) => {
                let number = line.number;
                seen.insert(number.as_str().to_owned());
                let known = by_number.get(number.as_str()).copied();
                let id = known.map_or_else(|| EmployeeId(new_id()), |known| known.id);
                let mut refused = false;
                if let Some(first) = first_row.get(&number) {
                    let kind = ProblemKind::DuplicateNumber { first: *first };
                    plan.problems.push(complaint(sheet, &line, Column::Number, number.as_str(), kind));
                    refused = true;
                } else {
                    first_row.insert(number, line.row);
                }
                candidates.push(Candidate { line: *line, known, id, refused });
            }
        }
        plan.people += 1;
    }
    report(Progress { id: "Memeriksa baris", en: "Checking rows", done: total, total });
    candidates
}

/// A problem of a line under one of its columns.
pub(super) fn complaint(
    sheet: &Sheet,
    line: &Line,
    column: Column,
    value: impl Into<String>,
    kind: ProblemKind,
) -> Problem {
    Problem { row: line.row, column: sheet.headings.label(column).to_owned(), value: value.into(), kind }
}

/// Finds unit and schedule of a line and completes what a new person must have.
pub(super) fn place(
    candidate: &mut Candidate<'_>,
    current: &Current,
    sheet: &Sheet,
    finder: &mut Finder<'_>,
    new_id: &mut dyn FnMut() -> Uuid,
    problems: &mut Vec<Problem>,
) {
    if candidate.refused {
        return;
    }
    let line = &mut candidate.line;
    let shown = {
        let u = &line.unit;
        u.unit_name.clone().or(u.opd_name.clone()).or(u.unit_code.clone()).or(u.opd_code.clone())
    };
    let column = [Column::UnitName, Column::OpdName, Column::UnitCode, Column::OpdCode]
        .into_iter()
        .find(|column| sheet.headings.has(*column))
        .unwrap_or(Column::UnitName);
    let failure = match finder.find(&line.unit, line.row, new_id) {
        Ok(Some(unit)) => {
            line.facts[Field::Unit] = Some(unit.to_string());
            None
        }
        Ok(None) if candidate.known.is_none() => Some(ProblemKind::NoUnit),
        Ok(None) => None,
        Err(kind) => Some(kind),
    };
    if let Some(kind) = failure {
        problems.push(complaint(sheet, line, column, shown.unwrap_or_default(), kind));
        candidate.refused = true;
    }
    if let Some(schedule) = line.facts[Field::Schedule].clone() {
        match current.schedules.iter().find(|known| known.eq_ignore_ascii_case(&schedule)) {
            Some(known) => line.facts[Field::Schedule] = Some(known.clone()),
            None => {
                problems.push(complaint(
                    sheet,
                    line,
                    Column::Schedule,
                    schedule,
                    ProblemKind::UnknownSchedule,
                ));
                candidate.refused = true;
            }
        }
    }
    if candidate.known.is_none() && line.facts[Field::Kind].is_none() {
        line.facts[Field::Kind] = Some(line.number.usual_kind().code().to_owned());
    }
    keep_part_time(candidate, sheet, problems);
}

/// A list that writes `PPPK` for everybody must not turn part-time PPPK into full ones unnoticed.
fn keep_part_time(candidate: &mut Candidate<'_>, sheet: &Sheet, problems: &mut Vec<Problem>) {
    let Some(known) = candidate.known else { return };
    let kind = |facts: &Facts| facts[Field::Kind].as_deref().and_then(EmploymentKind::parse);
    let part_time = kind(&known.facts) == Some(EmploymentKind::PppkParuhWaktu);
    let line = &mut candidate.line;
    if part_time && kind(&line.facts) == Some(EmploymentKind::Pppk) && !line.says_full_time {
        line.facts[Field::Kind] = None;
        problems.push(complaint(sheet, line, Column::Kind, "PPPK", ProblemKind::PartTimeKept));
    }
}

/// Points at people who are probably known already under an older number.
pub(super) fn note_same_people(
    candidates: &[Candidate<'_>],
    current: &Current,
    sheet: &Sheet,
    problems: &mut Vec<Problem>,
) {
    if candidates.iter().all(|c| c.known.is_some()) || current.people.is_empty() {
        return;
    }
    let key = |name: &PersonName, birth: Date| (name.sort_key(), birth);
    let in_file: HashSet<&str> = candidates.iter().map(|c| c.line.number.as_str()).collect();
    let known: HashMap<_, &Person> = current
        .people
        .iter()
        .filter(|person| !in_file.contains(person.number.as_str()))
        .filter_map(|person| {
            let birth = EmployeeNumber::parse(&person.number).ok()?.birth_date();
            Some((key(&person.name, birth), person))
        })
        .collect();
    for candidate in candidates.iter().filter(|c| c.known.is_none() && !c.refused) {
        let line = &candidate.line;
        if let Some(same) = known.get(&key(&line.name, line.number.birth_date())) {
            let kind = ProblemKind::SamePersonOtherNumber { known: same.number.clone() };
            problems.push(complaint(sheet, line, Column::Number, line.number.as_str(), kind));
        }
    }
}
