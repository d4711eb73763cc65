//! What all persons of a file share, checked before anyone is judged.

use std::{collections::BTreeMap, sync::Arc};

use jiff::{ToSpan, civil::DateTime};

use super::{file::JudgeFile, policy::Policies, range::Range};
use crate::{
    calendar::Calendar,
    document::Problem,
    schedule::{Schedule, builtin},
};

/// The common ground.
#[derive(Debug)]
pub(super) struct Setup<'a> {
    pub file: &'a JudgeFile,
    pub range: Range,
    pub as_of: DateTime,
    pub calendar: Calendar,
    pub policies: Policies,
    pub warnings: Vec<Problem>,
    schedules: BTreeMap<String, Arc<Schedule>>,
}

impl<'a> Setup<'a> {
    /// The common ground, where there is enough of it to look at the persons, and what is wrong with it.
    pub(super) fn new(
        file: &'a JudgeFile,
        load_policy: &dyn Fn(&str) -> Option<String>,
    ) -> (Option<Setup<'a>>, Vec<Problem>) {
        let mut problems = Vec::new();
        let mut warnings = Vec::new();
        if file.version != super::VERSION {
            let message = format!("version {} of the format is unknown", file.version);
            problems.push(
                Problem::at("version", message)
                    .remedy(format!("this program reads version {}", super::VERSION)),
            );
        }
        if file.persons.is_empty() {
            problems
                .push(Problem::at("person", "nobody is to be judged").remedy("add a [[person]] with an id"));
        }
        for (i, person) in file.persons.iter().enumerate() {
            if file.persons[..i].iter().any(|p| p.id == person.id) {
                problems
                    .push(Problem::at(format!("person[{i}].id"), format!("'{}' is used twice", person.id)));
            }
        }
        let calendar = file.calendar.build(&mut problems);
        let schedules = schedules(file, &mut problems);
        let policies = Policies::load(file, load_policy, &mut problems, &mut warnings);
        let range = Range::of(file).map_err(|p| problems.push(p)).ok();
        let setup = match (range, policies) {
            (Some(range), Some(policies)) => {
                // Long enough after the last day for every window to have closed.
                let over = range.until.saturating_add(4.days()).at(0, 0, 0, 0);
                let as_of = file.as_of.map_or(over, |m| m.local(file.zone));
                Some(Setup { file, range, as_of, calendar, policies, warnings, schedules })
            }
            _ => None,
        };
        (setup, problems)
    }

    /// The schedule called `code`: of this file, else one that ships with the program.
    pub(super) fn schedule(&self, code: &str, path: &str) -> Result<Arc<Schedule>, Problem> {
        if let Some(schedule) = self.schedules.get(code) {
            return Ok(Arc::clone(schedule));
        }
        let known: Vec<&str> = self.schedules.keys().map(String::as_str).collect();
        let problem = Problem::at(path, format!("no schedule is called '{code}'"));
        Err(problem.remedy(format!("write it under [[schedules]], or use one of {}", known.join(", "))))
    }
}

fn schedules(file: &JudgeFile, problems: &mut Vec<Problem>) -> BTreeMap<String, Arc<Schedule>> {
    let shipped = builtin::codes().filter_map(|code| Some((code.to_owned(), Arc::new(builtin::get(code)?))));
    let mut all: BTreeMap<String, Arc<Schedule>> = shipped.collect();
    for (i, schedule) in file.schedules.iter().enumerate() {
        let path = format!("schedules[{i}]");
        problems.extend(schedule.check().into_iter().map(|p| p.under(&path)));
        if file.schedules[..i].iter().any(|s| s.code == schedule.code) {
            problems.push(Problem::at(format!("{path}.code"), format!("'{}' is used twice", schedule.code)));
        }
        all.insert(schedule.code.clone(), Arc::new(schedule.clone()));
    }
    all
}
