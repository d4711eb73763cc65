//! `hadir import figures`: the monthly figures that TPP policies ask for.

use anyhow::Context;
use domain::lang::Lang;
use serde_json::json;
use service::figures;

use super::ACTOR;
use crate::{
    cli::{Format, ImportFiguresArgs},
    config::Config,
    output, system,
};

/// Imports the file, or nothing of it.
pub async fn run(config: &Config, args: &ImportFiguresArgs, format: Format) -> anyhow::Result<()> {
    let bytes = std::fs::read(&args.file).with_context(|| format!("cannot read {}", args.file.display()))?;
    let office = system::open_to_write(config).await?;
    let mut tx = office.db.begin_write(office.tenant).await?;
    let report = figures::import(&office, &mut tx, args.month, &bytes, ACTOR).await?;
    let wrong: Vec<String> = report.problems.iter().map(|p| p.sentence(Lang::En)).collect();
    if wrong.is_empty() {
        tx.commit().await?;
    }
    match format {
        Format::Json => output::json(
            None,
            &json!({ "people": report.people, "stored": report.stored, "problems": wrong }),
        )?,
        Format::Text if wrong.is_empty() => output::line(&format!(
            "{} figures of {} people stored for {}.",
            report.stored, report.people, args.month
        ))?,
        Format::Text => output::line(&wrong.join("\n"))?,
        _ => return Err(output::no_format("import figures", format, "text or json")),
    }
    anyhow::ensure!(wrong.is_empty(), "{} lines are wrong, so nothing was imported", wrong.len());
    Ok(())
}
