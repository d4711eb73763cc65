//! `hadir import roster`: the shifts of a unit in a month.

use anyhow::Context;
use domain::lang::Lang;
use serde_json::json;
use service::{
    reference,
    roster::{
        self,
        import::{self, RosterFile},
    },
};

use super::ACTOR;
use crate::{
    cli::{Format, ImportRosterArgs},
    config::Config,
    output, system,
};

/// Lines of problems that the text shows before it only counts.
const SHOWN: usize = 20;

/// Imports the file, or says what that would do.
pub async fn run(config: &Config, args: &ImportRosterArgs, format: Format) -> anyhow::Result<()> {
    let bytes = std::fs::read(&args.file).with_context(|| format!("cannot read {}", args.file.display()))?;
    let name = args.file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let office = system::open_to_write(config).await?;
    let mut tx = office.db.begin_write(office.tenant).await?;
    let reference = reference::current(&office, &mut tx).await?;
    let unit = reference.units.by_code(&args.unit);
    let unit = unit.with_context(|| format!("there is no unit with the code '{}'", args.unit))?.unit_id;
    let known = roster::load(&office, &mut tx, unit, args.month).await?;
    let file = RosterFile { name: &name, bytes: &bytes };
    let plan = import::plan(&known, None, file)?;
    let id = if args.dry_run || plan.changes.is_empty() {
        None
    } else {
        let id = import::apply(&office, &mut tx, &known, (&plan, file), ACTOR).await?;
        tx.commit().await?;
        Some(id)
    };
    let problem =
        |p: &import::Problem| (p.row, p.column.clone(), p.value.clone(), p.sentence(Lang::En).to_owned());
    let problems: Vec<(u32, String, String, String)> = plan.problems.iter().map(problem).collect();
    match format {
        Format::Json => {
            let changes = plan.changes.iter().map(
                |c| json!({ "number": c.number, "name": c.name, "day": c.day, "from": c.from, "to": c.to }),
            );
            let problems = problems.iter().map(|(row, column, value, sentence)| {
                json!({ "row": row, "column": column, "value": value, "sentence": sentence })
            });
            output::json(
                None,
                &json!({
                    "import": id, "dry_run": args.dry_run, "people": plan.people(), "same": plan.same,
                    "changes": changes.collect::<Vec<_>>(), "problems": problems.collect::<Vec<_>>(),
                }),
            )
        }
        Format::Csv => {
            let rows =
                problems.into_iter().map(|(row, column, value, said)| [row.to_string(), column, value, said]);
            output::csv(None, &["row", "column", "value", "message"], rows)
        }
        Format::Text => {
            let (people, changes, left) = (plan.people(), plan.changes.len(), problems.len());
            let mut lines = vec![format!(
                "{changes} shifts of {people} people change, {} are the same, {left} are left out.",
                plan.same
            )];
            lines.extend(
                problems
                    .iter()
                    .take(SHOWN)
                    .map(|(row, column, value, said)| format!("  Row {row}, {column} '{value}': {said}")),
            );
            if left > SHOWN {
                lines.push(format!("  … and {} more", left - SHOWN));
            }
            lines.push(match id {
                Some(id) => format!("Imported as {id}. Take it back with: hadir import undo {id}"),
                None => "Nothing was written.".to_owned(),
            });
            output::line(&lines.join("\n"))
        }
        Format::Xlsx => Err(output::no_format("import roster", format, "text, json or csv")),
    }
}
