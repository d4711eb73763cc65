//! "What would follow if": one file with schedule, calendar, policy and facts in, judged days and TPP lines out.
//!
//! No database, no clock: the same file gives the same answer years later. The format is documented in
//! `docs/src/judge-file.md`; examples are in `examples/judge`.

mod calendar;
mod file;
mod fill;
mod output;
mod person;
mod policy;
mod punches;
mod range;
mod setup;

use crate::document::{self, Format, Problem};

pub use file::{JudgeFile, VERSION};
pub use output::{DayOutput, Output, PersonOutput};

/// Judges a file.
///
/// `load_policy` is asked for the text of a policy by the name that stands in the file (an id or a path); where it
/// knows none, the policies that ship with the program are searched.
///
/// # Errors
/// Everything that is wrong with the file, with path, line and remedy.
pub fn run(
    text: &str,
    format: Format,
    load_policy: impl Fn(&str) -> Option<String>,
) -> Result<Output, Vec<Problem>> {
    let file: JudgeFile = document::read(text, format)?;
    judge(&file, load_policy)
}

/// Judges a file that was read or built already.
///
/// # Errors
/// As [`run`].
pub fn judge(file: &JudgeFile, load_policy: impl Fn(&str) -> Option<String>) -> Result<Output, Vec<Problem>> {
    let (setup, mut problems) = setup::Setup::new(file, &load_policy);
    let Some(setup) = setup else { return Err(problems) };
    let mut warnings = setup.warnings.clone();
    let mut persons = Vec::new();
    for (i, entry) in file.persons.iter().enumerate() {
        match person::judge(entry, &setup, &mut warnings, &format!("person[{i}]")) {
            Ok(person) => persons.push(person),
            Err(mut found) => problems.append(&mut found),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let (from, until) = (setup.range.from, setup.range.until);
    Ok(Output { version: VERSION, zone: file.zone, from, until, as_of: setup.as_of, persons, warnings })
}
