//! `hadir import undo` and `hadir import list`.

use anyhow::Context;
use domain::ids::ImportId;
use serde_json::json;
use service::{attlog_import, employee_import, roster};
use store::import::FileImport;

use super::ACTOR;
use crate::{cli::Format, config::Config, output, system};

/// Takes an import back, whatever it brought.
pub async fn run(config: &Config, import: &str, format: Format) -> anyhow::Result<()> {
    let id = ImportId::parse(import).with_context(|| {
        format!("'{import}' is not the number of an import; `hadir import list` shows them")
    })?;
    let office = system::open_to_write(config).await?;
    let mut tx = office.db.begin_write(office.tenant).await?;
    let files = attlog_import::recent(&mut tx).await?;
    let shifts = store::import::recent(&mut tx, Some(roster::import::KIND), i64::MAX).await?;
    if shifts.iter().any(|file| file.import_id == id) {
        let shifts = roster::import::undo(&office, &mut tx, id, ACTOR).await?;
        tx.commit().await?;
        return match format {
            Format::Json => output::json(None, &json!({ "import": id, "shifts": shifts })),
            Format::Text => output::line(&format!("Import {id} is undone: {shifts} shifts no longer count.")),
            _ => Err(output::no_format("import undo", format, "text or json")),
        };
    }
    let (people, punches) = if files.iter().any(|file| file.import_id == id) {
        let punches = attlog_import::undo(&office, &mut tx, id, ACTOR).await?;
        tx.commit().await?;
        (0, punches)
    } else {
        drop(tx);
        let undone = employee_import::undo(&office, id, ACTOR).await?;
        (undone.people, undone.punches)
    };
    match format {
        Format::Json => output::json(None, &json!({ "import": id, "people": people, "punches": punches })),
        Format::Text => output::line(&format!(
            "Import {id} is undone: {people} people withdrawn, {punches} punches no longer counted."
        )),
        _ => Err(output::no_format("import undo", format, "text or json")),
    }
}

/// How many imports are listed.
const LISTED: i64 = 100;

/// Lists the latest imports.
pub async fn list(config: &Config, format: Format) -> anyhow::Result<()> {
    let office = system::open_to_read(config).await?;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let imports = store::import::recent(&mut tx, None, LISTED).await?;
    match format {
        Format::Json => {
            let lines = imports.iter().map(|file| {
                json!({
                    "import": file.import_id, "kind": file.kind, "file": file.file_name,
                    "imported_at": file.imported_at, "actor": file.actor, "undone_at": file.undone_at,
                    "summary": file.summary,
                })
            });
            output::json(None, &lines.collect::<Vec<_>>())
        }
        Format::Csv => output::csv(None, &HEADINGS, imports.iter().map(cells)),
        Format::Text => {
            let mut rows = vec![HEADINGS.map(str::to_uppercase).to_vec()];
            rows.extend(imports.iter().map(|file| cells(file).to_vec()));
            output::deliver(None, output::columns(&rows).as_bytes())
        }
        Format::Xlsx => Err(output::no_format("import list", format, "text, json or csv")),
    }
}

/// The headings of the list.
const HEADINGS: [&str; 5] = ["import", "kind", "imported_at", "undone_at", "file"];

fn cells(file: &FileImport) -> [String; 5] {
    let undone = file.undone_at.map(|at| at.to_string()).unwrap_or_default();
    let id = file.import_id.to_string();
    [id, file.kind.clone(), file.imported_at.to_string(), undone, file.file_name.clone()]
}
