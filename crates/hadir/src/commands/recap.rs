//! `hadir recap`: the month sheet (X2) of an OPD or of all.

use domain::{
    day::{DayCode, DayResult},
    lang::Lang,
    recap::Totals,
};
use jiff::civil::{Date, DateTime};
use print::{DayMark, FileKind};
use serde::Serialize;
use serde_json::{Value, json};
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

/// The JSON document.
#[derive(Debug, Serialize)]
struct Document<'a> {
    month: String,
    opds: Vec<OpdOut<'a>>,
}

#[derive(Debug, Serialize)]
struct OpdOut<'a> {
    code: &'a str,
    name: &'a str,
    /// `open`, or whether the month is locked.
    locked: bool,
    /// What must be settled before the month can be locked, and what should be looked at.
    open_matters: Vec<Matter>,
    people: Vec<PersonOut<'a>>,
}

#[derive(Debug, Serialize)]
struct Matter {
    name: Option<String>,
    blocks: bool,
    text: String,
}

#[derive(Debug, Serialize)]
struct PersonOut<'a> {
    number: &'a str,
    name: &'a str,
    kind: Option<&'static str>,
    unit: &'a str,
    stage: &'static str,
    totals: Totals,
    days: Vec<DayOut<'a>>,
}

#[derive(Debug, Serialize)]
struct DayOut<'a> {
    date: Date,
    /// The code of the month sheet: `H`, `TL1`, `TK`, `CT`, ….
    mark: String,
    code: &'a DayCode,
    required: bool,
    check_in: Option<DateTime>,
    check_out: Option<DateTime>,
    late_minutes: i64,
    early_minutes: i64,
    missing_in: bool,
    missing_out: bool,
    worked_minutes: i64,
}

/// Writes the sheet.
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
            output::deliver(sheets::target(args), &sheets::csv(&forms::month_matrix(&all, &TABLE), &opds)?)
        }
        Format::Xlsx => sheets::workbooks(&months, args, FileKind::MonthMatrix, |sheet| {
            print::month_matrix(&forms::month_matrix(sheet, &FORM))
        }),
    }
}

fn opd(month: &UnitMonth) -> OpdOut<'_> {
    let matters = month.sheet.problems().into_iter().map(|p| Matter {
        blocks: p.blocks(),
        text: p.text(Lang::En),
        name: p.person.map(|(_, name)| name),
    });
    OpdOut {
        code: &month.code,
        name: &month.name,
        locked: month.sheet.is_locked(),
        open_matters: matters.collect(),
        people: month.sheet.people.iter().map(|p| person(month, p)).collect(),
    }
}

fn person<'a>(month: &'a UnitMonth, person: &'a PersonSheet) -> PersonOut<'a> {
    PersonOut {
        number: &person.number,
        name: &person.name,
        kind: person.kind.map(|k| k.code()),
        unit: person.unit.map_or("", |u| month.sheet.reference.units.name(u)),
        stage: person.stage.code(),
        totals: person.totals(),
        days: person.days.iter().map(day).collect(),
    }
}

/// The figures of a person that a lock fixes; the name of the unit may change later.
///
/// # Errors
/// When they cannot be written as JSON.
pub fn figures(person: &PersonSheet) -> serde_json::Result<Value> {
    let days: Vec<DayOut<'_>> = person.days.iter().map(day).collect();
    Ok(json!({
        "number": person.number, "name": person.name, "kind": person.kind.map(|k| k.code()),
        "stage": person.stage.code(), "totals": serde_json::to_value(person.totals())?,
        "days": serde_json::to_value(days)?,
    }))
}

fn day(day: &DayResult) -> DayOut<'_> {
    DayOut {
        date: day.date,
        mark: DayMark::of(day).code.into_owned(),
        code: &day.code,
        required: day.required,
        check_in: day.check_in,
        check_out: day.check_out,
        late_minutes: day.late_minutes,
        early_minutes: day.early_minutes,
        missing_in: day.missing_in,
        missing_out: day.missing_out,
        worked_minutes: day.worked_minutes,
    }
}

fn text(months: &[UnitMonth]) -> String {
    let mut out = String::new();
    for month in months {
        let state = month.sheet.state_text(Lang::En);
        out.push_str(&format!("{} {}, {}: {state}\n", month.code, month.name, month.sheet.month));
        let heads = ["NUMBER", "NAME", "HK", "H", "S", "I", "C", "TB", "TK", "DL", "LATE", "EARLY", "?"];
        let mut rows = vec![heads.map(str::to_owned).to_vec()];
        rows.extend(month.sheet.people.iter().map(row));
        out.push_str(&output::columns(&rows));
        let open = month.sheet.problems();
        let blocking = open.iter().filter(|p| p.blocks()).count();
        out.push_str(&format!("{} open matter(s), {blocking} of them prevent the lock\n\n", open.len()));
    }
    out
}

fn row(person: &PersonSheet) -> Vec<String> {
    let t = person.totals();
    let counts = [t.working_days, t.present, t.sick, t.permission, t.leave, t.study, t.absent, t.duty];
    let mut row = vec![person.number.clone(), person.name.clone()];
    row.extend(counts.map(|n| n.to_string()));
    row.extend([
        format!("{} min", t.late_minutes),
        format!("{} min", t.early_minutes),
        t.unknown.to_string(),
    ]);
    row
}
