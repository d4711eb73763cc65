//! `hadir import employees`: a list of employees, first as a dry run if wanted.

use std::path::Path;

use anyhow::Context;
use domain::{ids::DeviceGroupId, lang::Lang};
use serde_json::json;
use service::{
    Office,
    employee_import::{
        self, Preview, Request, bad_rows,
        plan::{Changed, Expected, Plan},
        problem::{Problem, Severity},
        report,
        units::NewUnits,
    },
};

use super::ACTOR;
use crate::{
    cli::{Format, ImportEmployeesArgs},
    config::Config,
    output,
    progress::Bar,
    system,
};

/// Lines of each kind that the text shows before it only counts.
const SHOWN: usize = 20;

/// Imports the file, or says what that would do.
pub async fn run(config: &Config, args: &ImportEmployeesArgs, format: Format) -> anyhow::Result<()> {
    let bytes = std::fs::read(&args.file).with_context(|| format!("cannot read {}", args.file.display()))?;
    let office = system::open_to_write(config).await?;
    let name = args.file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let effective = match args.effective {
        Some(day) => day,
        None => today(&office).await?,
    };
    let request = Request {
        new_units: if args.known_units_only { NewUnits::Refuse } else { NewUnits::Propose },
        expected: if args.complete { Expected::Everyone } else { Expected::OpdsInFile },
        device_group: group(&office, args.group.as_deref()).await?,
        all_or_nothing: args.all_or_nothing,
        ..Request::new(&name, &bytes, effective, ACTOR)
    };
    let bar = Bar::new();
    let report = |progress| bar.show(progress);
    let (preview, import) = if args.dry_run {
        (employee_import::dry_run(&office, &request, &report).await?, None)
    } else {
        let applied = employee_import::apply(&office, &request, &report).await?;
        (applied.preview, Some(applied.import_id))
    };
    drop(bar);
    if let Some(path) = &args.bad_rows {
        write_bad_rows(&preview, path)?;
    }
    match format {
        Format::Text => {
            let mut lines = report::lines(&preview, effective, SHOWN, Lang::En);
            lines.push(match import {
                Some(id) => format!("Imported as {id}. Take it back with: hadir import undo {id}"),
                None => "Nothing was written (dry run).".to_owned(),
            });
            output::line(&lines.join("\n"))
        }
        Format::Json => {
            let mut document = json!({ "import": import, "dry_run": args.dry_run, "effective": effective });
            if let (Some(all), serde_json::Value::Object(rest)) =
                (document.as_object_mut(), report::json(&preview, Lang::En))
            {
                all.extend(rest);
            }
            output::json(None, &document)
        }
        Format::Csv => output::csv(None, &HEADINGS, rows(&preview.plan)),
        Format::Xlsx => {
            Err(output::no_format("import employees", format, "text, json or csv (refused rows: --bad-rows)"))
        }
    }
}

async fn today(office: &Office) -> anyhow::Result<jiff::civil::Date> {
    let mut tx = office.db.begin_read(office.tenant).await?;
    Ok(store::tenant::own(&mut tx).await?.zone.local(office.now()).date())
}

async fn group(office: &Office, code: Option<&str>) -> anyhow::Result<Option<DeviceGroupId>> {
    let Some(code) = code else { return Ok(None) };
    let mut tx = office.db.begin_read(office.tenant).await?;
    let groups = store::terminal::groups(&mut tx).await?;
    let found = groups.iter().find(|g| g.code.eq_ignore_ascii_case(code));
    let known: Vec<&str> = groups.iter().map(|g| g.code.as_str()).collect();
    let found = found.with_context(|| {
        format!("there is no group of terminals '{code}'; those that exist: {}", known.join(", "))
    })?;
    Ok(Some(found.group_id))
}

fn write_bad_rows(preview: &Preview, path: &Path) -> anyhow::Result<()> {
    let Some(bytes) = bad_rows::workbook(&preview.sheet, &preview.plan, Lang::En)? else { return Ok(()) };
    output::deliver(Some(path), &bytes)
}

/// The headings of the CSV: one line for each new person, changed value, missing person and problem.
const HEADINGS: [&str; 9] = ["what", "row", "number", "name", "field", "from", "to", "message", "remedy"];

type Cells = [String; 9];

fn rows(plan: &Plan) -> Vec<Cells> {
    let added = plan.added.iter().map(|new| about("added", new.row, new.number.as_str(), new.name.full()));
    let missing = plan.missing.iter().map(|person| {
        let mut cells = about("missing", 0, &person.number, person.name.clone());
        cells[1].clear();
        cells
    });
    let changed = plan.changed.iter().flat_map(|known| changes(known, plan));
    added.chain(changed).chain(missing).chain(plan.problems.iter().map(problem)).collect()
}

fn about(what: &str, row: u32, number: &str, name: String) -> Cells {
    let mut cells = Cells::default();
    (cells[0], cells[1]) = (what.to_owned(), row.to_string());
    (cells[2], cells[3]) = (number.to_owned(), name);
    cells
}

fn changes(known: &Changed, plan: &Plan) -> Vec<Cells> {
    let line = |field: &str, from: String, to: String| {
        let mut cells = about("changed", known.row, known.number.as_str(), known.name.full());
        (cells[4], cells[5], cells[6]) = (field.to_owned(), from, to);
        cells
    };
    let name = known.new_name.iter().map(|name| line("Name", known.name.full(), name.full()));
    let values = known.changes.iter().map(|change| {
        let show = |value: &str| plan.names.show(change.field, value);
        let from = change.from.as_deref().map(show).unwrap_or_default();
        line(change.field.label(Lang::En), from, show(&change.to))
    });
    name.chain(values).collect()
}

fn problem(problem: &Problem) -> Cells {
    let what = match problem.severity() {
        Severity::Row => "refused",
        Severity::Value => "value_left_out",
        Severity::Note => "note",
    };
    let mut cells = about(what, problem.row, "", String::new());
    (cells[4], cells[5]) = (problem.column.clone(), problem.value.clone());
    (cells[7], cells[8]) = (problem.sentence(Lang::En), problem.remedy(Lang::En));
    cells
}
