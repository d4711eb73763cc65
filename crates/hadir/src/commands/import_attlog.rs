//! `hadir import attlog`: punches from the file that a terminal wrote to a USB stick.

use anyhow::Context;
use domain::lang::Lang;
use intake::{Door, Settings};
use serde_json::json;
use service::attlog_import::{self, AttlogFile, AttlogReport};

use super::ACTOR;
use crate::{
    cli::{Format, ImportAttlogArgs},
    config::Config,
    output, system,
};

/// Unreadable lines that the text shows before it only counts.
const SHOWN: usize = 20;

/// Imports the file.
pub async fn run(config: &Config, args: &ImportAttlogArgs, format: Format) -> anyhow::Result<()> {
    let bytes = std::fs::read(&args.file).with_context(|| format!("cannot read {}", args.file.display()))?;
    let name = args.file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let office = system::open_to_write(config).await?;
    let (door, _) = Door::open(office.db.clone(), office.tenant, Settings::default());
    let file = AttlogFile { serial: &args.serial, name: &name, bytes: &bytes };
    let report = attlog_import::import(&office, &door, file, ACTOR).await?;
    match format {
        Format::Json => output::json(None, &document(&report)),
        Format::Text => output::line(&text(&report)),
        Format::Csv => {
            let rows = report.problems.iter().map(|p| [p.line.to_string(), p.sentence(Lang::En)]);
            output::csv(None, &["line", "problem"], rows)
        }
        Format::Xlsx => Err(output::no_format("import attlog", format, "text, json or csv")),
    }
}

fn document(report: &AttlogReport) -> serde_json::Value {
    let problems =
        report.problems.iter().map(|p| json!({ "line": p.line, "sentence": p.sentence(Lang::En) }));
    json!({
        "import": report.import,
        "lines": report.lines,
        "added": report.added,
        "duplicates": report.duplicates,
        "unmapped": report.unmapped,
        "events": report.events,
        "first": report.span.map(|(first, _)| first),
        "last": report.span.map(|(_, last)| last),
        "problems": problems.collect::<Vec<_>>(),
        "more_problems": report.more_problems,
    })
}

fn text(report: &AttlogReport) -> String {
    let AttlogReport { import, lines, added, duplicates, unmapped, events, .. } = report;
    let mut out =
        vec![format!("{lines} lines: {added} punches new, {duplicates} known before, {events} events.")];
    if let Some((first, last)) = report.span {
        out.push(format!("From {first} to {last}."));
    }
    if *unmapped > 0 {
        out.push(format!("{unmapped} punches wait for the owner of their PIN: hadir terminal map"));
    }
    out.extend(report.problems.iter().take(SHOWN).map(|p| p.sentence(Lang::En)));
    let more = report.problems.len().saturating_sub(SHOWN) + report.more_problems;
    if more > 0 {
        out.push(format!("… and {more} more lines that cannot be read"));
    }
    out.push(format!("Imported as {import}. Take it back with: hadir import undo {import}"));
    out.join("\n")
}
