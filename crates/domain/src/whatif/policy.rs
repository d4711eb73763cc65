//! Finding and reading the policies that a file names.

use super::file::{JudgeFile, PolicyPart};
use crate::{
    document::Problem,
    lang::Lang,
    policy::{self, Policy, Severity, shipped},
};

/// The policy used where a file names none.
const DEFAULT: &str = "default-60-40";

/// The policy of the file, and those that single persons name.
#[derive(Debug)]
pub(super) struct Policies {
    common: Policy,
    own: Vec<(String, Policy)>,
}

impl Policies {
    pub(super) fn load(
        file: &JudgeFile,
        load: &dyn Fn(&str) -> Option<String>,
        problems: &mut Vec<Problem>,
        warnings: &mut Vec<Problem>,
    ) -> Option<Policies> {
        let common = match (&file.policy, &file.policy_text) {
            (Some(_), Some(_)) => {
                problems.push(Problem::at("policy_text", "give either policy or policy_text, not both"));
                return None;
            }
            (None, None) => named(DEFAULT, "policy", load, problems, warnings),
            (None, Some(text)) => read(text, "policy_text", problems, warnings),
            (Some(PolicyPart::Named(name)), None) => named(name, "policy", load, problems, warnings),
            (Some(PolicyPart::Document(table)), None) => match toml::to_string(table) {
                Ok(text) => {
                    // The lines of this text are not those of the file, so only the path is told.
                    let mut found = Vec::new();
                    let policy = read(&text, "policy", &mut found, warnings);
                    problems.extend(found.into_iter().map(|p| Problem { line: None, ..p }));
                    policy
                }
                Err(error) => {
                    problems.push(Problem::at("policy", format!("not a policy document: {error}")));
                    None
                }
            },
        };
        let mut own: Vec<(String, Policy)> = Vec::new();
        for (i, person) in file.persons.iter().enumerate() {
            let Some(name) = &person.policy else { continue };
            if own.iter().any(|(known, _)| known == name) {
                continue;
            }
            let path = format!("person[{i}].policy");
            own.extend(named(name, &path, load, problems, warnings).map(|policy| (name.clone(), policy)));
        }
        common.map(|common| Policies { common, own })
    }

    /// The policy of a person who names `name`.
    pub(super) fn of(&self, name: Option<&str>) -> &Policy {
        let own = name.and_then(|name| self.own.iter().find(|(known, _)| known == name));
        own.map_or(&self.common, |(_, policy)| policy)
    }
}

fn named(
    name: &str,
    path: &str,
    load: &dyn Fn(&str) -> Option<String>,
    problems: &mut Vec<Problem>,
    warnings: &mut Vec<Problem>,
) -> Option<Policy> {
    let text = load(name).or_else(|| shipped(name).map(|s| s.text.to_owned()));
    let Some(text) = text else {
        let known: Vec<&str> = policy::SHIPPED.iter().map(|s| s.id).collect();
        let remedy = format!("give the path of a policy file, or one of {}", known.join(", "));
        problems.push(Problem::at(path, format!("no policy is called '{name}'")).remedy(remedy));
        return None;
    };
    read(&text, path, problems, warnings)
}

fn read(text: &str, path: &str, problems: &mut Vec<Problem>, warnings: &mut Vec<Problem>) -> Option<Policy> {
    match Policy::parse(text) {
        Ok(checked) => {
            warnings.extend(checked.warnings.into_iter().map(|p| told(p, path)));
            Some(checked.policy)
        }
        Err(found) => {
            problems
                .extend(found.into_iter().filter(|p| p.severity == Severity::Error).map(|p| told(p, path)));
            None
        }
    }
}

/// A problem of a policy text; the line is that of the policy text.
fn told(problem: policy::Problem, path: &str) -> Problem {
    let told = Problem {
        line: Some(problem.line),
        ..Problem::at(problem.path.clone(), problem.message(Lang::En)).remedy(problem.remedy(Lang::En))
    };
    told.under(path)
}
