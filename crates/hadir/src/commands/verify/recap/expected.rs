//! The sheets that can be checked: what `hadir recap` and `hadir tpp` write as JSON and as CSV.

use std::{collections::BTreeMap, path::Path};

use anyhow::{Context, bail};
use serde_json::Value;
use service::{month::PersonSheet, sheets as forms, transparency::LockedMonth};

use super::compare::Difference;
use crate::commands::{recap, sheets, tpp};

/// Heading of the column with the NIP or NI PPPK, in any of our tables.
const NUMBER: &str = "NIP";

/// A sheet that somebody has.
pub enum Sheet {
    /// Written with `--format json`.
    Json(Value),
    /// Written with `--format csv`: the lines, with the heading first.
    Csv(Vec<Vec<String>>),
}

impl Sheet {
    /// Reads a file, by its content.
    ///
    /// # Errors
    /// A file that is neither.
    pub fn of(path: &Path, text: &str) -> anyhow::Result<Sheet> {
        if text.trim_start().starts_with('{') {
            let value = serde_json::from_str(text);
            return Ok(Sheet::Json(value.with_context(|| format!("{} is no JSON", path.display()))?));
        }
        Ok(Sheet::Csv(records(text).with_context(|| format!("{} is neither JSON nor CSV", path.display()))?))
    }

    /// Compares with what was locked.
    ///
    /// # Errors
    /// A sheet of another kind or month.
    pub fn compare(&self, locked: &LockedMonth) -> anyhow::Result<Difference> {
        let mut difference = Difference::default();
        match self {
            Sheet::Json(document) => json(document, locked, &mut difference)?,
            Sheet::Csv(lines) => csv_lines(lines, locked, &mut difference)?,
        }
        Ok(difference.finish())
    }
}

fn json(document: &Value, locked: &LockedMonth, difference: &mut Difference) -> anyhow::Result<()> {
    let month = document["month"].as_str().unwrap_or_default();
    if month != locked.month.to_string() {
        bail!("the sheet is of the month '{month}', the proof of {}", locked.month);
    }
    let [opd] = document["opds"].as_array().map_or(&[][..], Vec::as_slice) else {
        bail!("a proof is about one OPD; export the sheet with --opd");
    };
    let shown = opd["people"].as_array().context("the sheet has no people")?;
    let is_pay = shown.iter().all(|person| person.get("tpp").is_some());
    let make = |person: &PersonSheet| if is_pay { tpp::figures(person) } else { recap::figures(person) };
    let mut expected = BTreeMap::new();
    for person in &locked.people {
        expected.insert(person.number.clone(), make(person)?);
    }
    for person in shown {
        let number = person["number"].as_str().unwrap_or_default();
        match expected.remove(number) {
            Some(locked) => difference.values(number, person, &locked),
            None => {
                difference.find(format!("{number} is not among those who were locked, or is there twice"))
            }
        }
    }
    for number in expected.into_keys() {
        difference.find(format!("{number} was locked and is missing"));
    }
    Ok(())
}

/// The table is made again of what was locked, and compared line by line. The first column, the code of the OPD, is not part of
/// what was locked.
fn csv_lines(lines: &[Vec<String>], locked: &LockedMonth, difference: &mut Difference) -> anyhow::Result<()> {
    let heading = lines.first().context("the sheet is empty")?;
    let (matrix, pay) = (
        table(&forms::month_matrix_of(&locked.people, locked.month, &sheets::TABLE), locked.people.len())?,
        table(
            &forms::pay_list_of(&locked.people, locked.month, &sheets::TABLE),
            locked.people.iter().filter(|person| person.tpp.is_some()).count(),
        )?,
    );
    let expected = [matrix, pay].into_iter().find(|table| table.first() == Some(heading));
    let expected = expected.with_context(|| {
        format!("the columns are neither those of `hadir recap` nor of `hadir tpp` for {}; Excel changes dates when it saves, so take the file as hadir wrote it", locked.month)
    })?;
    let number = heading
        .iter()
        .position(|name| name.starts_with(NUMBER))
        .context("there is no column with the NIP")?;
    if lines.len() != expected.len() {
        difference.find(format!("{} lines, locked were {}", lines.len(), expected.len()));
    }
    for (line, (shown, locked)) in lines.iter().zip(&expected).enumerate().skip(1) {
        let who = locked.get(number).map_or("", String::as_str);
        for (column, heading) in heading.iter().enumerate().skip(1) {
            let cell = |of: &[String]| of.get(column).cloned().unwrap_or_default();
            difference.compared += 1;
            if cell(shown) != cell(locked) {
                difference.find(format!(
                    "line {} ({who}), {heading}: '{}', locked was '{}'",
                    line + 1,
                    cell(shown),
                    cell(locked)
                ));
            }
        }
    }
    Ok(())
}

fn table(layout: &impl print::Layout, people: usize) -> anyhow::Result<Vec<Vec<String>>> {
    let bytes = sheets::csv(layout, &vec![String::new(); people])?;
    records(&String::from_utf8(bytes)?)
}

/// The lines of a CSV. Excel puts a mark in front when it saves, and semicolons where the decimal sign is a comma.
fn records(text: &str) -> anyhow::Result<Vec<Vec<String>>> {
    let text = text.trim_start_matches('\u{feff}');
    let heading = text.lines().next().unwrap_or_default();
    let count = |sign: char| heading.matches(sign).count();
    let delimiter = if count(';') > count(',') { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new();
    let mut reader =
        reader.has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    reader.records().map(|record| Ok(record?.iter().map(str::to_owned).collect())).collect()
}
