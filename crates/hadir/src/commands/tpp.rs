//! `hadir tpp`: the pay list (X7) of an OPD or of all.

use domain::{money::grouped, policy::TppResult};
use print::FileKind;
use serde::Serialize;
use service::{month::PersonSheet, sheets as forms};

use super::{
    proof,
    sheets::{self, FORM, TABLE, UnitMonth},
};
use crate::{
    cli::{Format, SheetArgs},
    config::Config,
    output, system,
};

/// The JSON document. Money is written as decimal strings.
#[derive(Debug, Serialize)]
struct Document<'a> {
    month: String,
    opds: Vec<OpdOut<'a>>,
}

#[derive(Debug, Serialize)]
struct OpdOut<'a> {
    code: &'a str,
    name: &'a str,
    locked: bool,
    people: Vec<PersonOut<'a>>,
}

#[derive(Debug, Serialize)]
struct PersonOut<'a> {
    number: &'a str,
    name: &'a str,
    kind: Option<&'static str>,
    stage: &'static str,
    /// `null` where no active policy covers the person.
    tpp: Option<&'a TppResult>,
}

/// Writes the list.
pub async fn run(config: &Config, args: &SheetArgs, format: Format) -> anyhow::Result<()> {
    let format = sheets::format(format, args);
    let office = system::open_to_read(config).await?;
    let months = sheets::judge(&office, args).await?;
    proof::write(config, &office, args, &months).await?;
    match format {
        Format::Text => output::deliver(sheets::target(args), text(&months).as_bytes()),
        Format::Json => {
            let opds = months.iter().map(opd).collect();
            output::json(sheets::target(args), &Document { month: args.month.to_string(), opds })
        }
        Format::Csv => {
            let Some((all, opds)) = sheets::merged(months) else { return Ok(()) };
            let people = all.people.iter().zip(opds);
            let opds: Vec<String> = people.filter(|(p, _)| p.tpp.is_some()).map(|(_, opd)| opd).collect();
            output::deliver(sheets::target(args), &sheets::csv(&forms::pay_list(&all, &TABLE), &opds)?)
        }
        Format::Xlsx => sheets::workbooks(&months, args, FileKind::TppList, |sheet| {
            print::tpp_list(&forms::pay_list(sheet, &FORM))
        }),
    }
}

/// The figures of a person that a lock fixes.
///
/// # Errors
/// When they cannot be written as JSON.
pub fn figures(person: &PersonSheet) -> serde_json::Result<serde_json::Value> {
    serde_json::to_value(person_out(person))
}

fn person_out(person: &PersonSheet) -> PersonOut<'_> {
    PersonOut {
        number: &person.number,
        name: &person.name,
        kind: person.kind.map(|k| k.code()),
        stage: person.stage.code(),
        tpp: person.tpp.as_ref(),
    }
}

fn opd(month: &UnitMonth) -> OpdOut<'_> {
    let people = month.sheet.people.iter().map(person_out);
    OpdOut { code: &month.code, name: &month.name, locked: month.sheet.is_locked(), people: people.collect() }
}

fn text(months: &[UnitMonth]) -> String {
    let mut out = String::new();
    for month in months {
        out.push_str(&format!("{} {}, {} (rupiah)\n", month.code, month.name, month.sheet.month));
        let heads = ["NUMBER", "NAME", "STAGE", "GROSS", "CUT", "EARNED", "NET", "POLICY"];
        let mut rows = vec![heads.map(str::to_owned).to_vec()];
        for person in &month.sheet.people {
            let mut row = vec![person.number.clone(), person.name.clone(), person.stage.code().to_owned()];
            match &person.tpp {
                Some(tpp) => {
                    row.extend([tpp.gross, tpp.total_cut, tpp.earned, tpp.net].map(|r| grouped(r.0)));
                    row.push(format!("{} {}", tpp.policy.id, tpp.policy.version));
                }
                None => {
                    row.extend(std::iter::repeat_n(String::new(), 4));
                    row.push("no active policy covers this person".to_owned());
                }
            }
            rows.push(row);
        }
        out.push_str(&output::columns(&rows));
        out.push('\n');
    }
    out
}
