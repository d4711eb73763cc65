//! `hadir erase`: personal data goes, the log stays verifiable.

use serde_json::json;
use service::erasure::{self, Order, Report};
use store::erasure::Places;

use super::people;
use crate::{
    cli::{EraseArgs, Format},
    config::Config,
    failure::Usage,
    output, system,
};

/// Shows what would be erased, or erases it when the number is confirmed.
pub async fn run(config: &Config, args: &EraseArgs, format: Format) -> anyhow::Result<()> {
    let office = system::open_to_write(config).await?;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let order = Order {
        person: people::by_number(&mut tx, &args.number).await?,
        until: args.until,
        retention_years: config.retention_years,
        reason: args.reason.clone(),
        legal_basis: args.basis.clone(),
        actor: people::account(&mut tx, &args.by).await?,
    };
    drop(tx);
    let is_confirmed = args.confirm.as_deref() == Some(args.number.as_str());
    let report = match is_confirmed {
        true => erasure::erase(&office, &order).await?,
        false => erasure::preview(&office, &order).await?,
    };
    office.db.close().await;
    match format {
        Format::Text => output::line(&text(&report, is_confirmed))?,
        Format::Json => output::json(
            None,
            &json!({
                "erased": is_confirmed,
                "name": report.name,
                "rows": report.rows.iter().copied().collect::<std::collections::BTreeMap<_, _>>(),
                "entries": report.entry_count(),
                "places": report.entries.iter().map(|(log, places)| json!({ "log": log, "entries": places.to_string() }))
                    .collect::<Vec<_>>(),
                "sheets": report.sheets,
            }),
        )?,
        Format::Csv | Format::Xlsx => return Err(output::no_format("erase", format, "text or json")),
    }
    if is_confirmed {
        return Ok(());
    }
    let wrong = args.confirm.as_ref();
    let wrong = wrong.map_or_else(String::new, |wrong| format!("--confirm '{wrong}' is another number; "));
    Err(Usage(format!("{wrong}nothing was changed; say --confirm '{}' to do it", args.number)).into())
}

fn text(report: &Report, is_done: bool) -> String {
    let rows: Vec<String> = report.rows.iter().map(|(table, rows)| format!("{rows} of {table}")).collect();
    let (goes, can) = if is_done { ("was erased", "can") } else { ("would be erased", "could") };
    let mut out = format!(
        "Of {} {goes}: {}.\n",
        report.name,
        if rows.is_empty() { "nothing".to_owned() } else { rows.join(", ") },
    );
    out.push_str(&match report.entry_count() {
        0 => format!("Every entry of the log {can} be opened as before."),
        count => {
            let places = places(&report.entries);
            format!("{count} entries of the log {can} be opened by nobody any more: {places}.")
        }
    });
    for sheet in &report.sheets {
        out.push_str(&format!(
            "\nWhat was locked for {} (version {}) goes as a whole, for all people of its OPD.",
            sheet.month, sheet.version
        ));
    }
    if is_done {
        if !report.is_overwritten {
            out.push_str(
                "\nOld pages still lie in the write-ahead log of SQLite, because somebody reads: they go when the server stops, or with the next erasure.",
            );
        }
        out.push_str("\nThe log says so. Backups, and the memory of terminals, still have it: see docs/src/erasure.md.");
    }
    out
}

/// The entries by their numbers, as `hadir log receipt --entry` knows them; those of another log than the first say of which.
fn places(entries: &[(i64, Places)]) -> String {
    let of_log = |(log, places): &(i64, Places)| match log {
        1 => places.to_string(),
        log => format!("{places} of log {log}"),
    };
    match entries {
        [] => "none".to_owned(),
        some => some.iter().map(of_log).collect::<Vec<_>>().join("; "),
    }
}
