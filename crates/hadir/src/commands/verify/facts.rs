//! `hadir verify facts`: whether the rows of the database still are what was logged.

use domain::ids::EmployeeId;
use jiff::Timestamp;
use serde::Serialize;
use store::log::{Finding, Place, check};

use crate::{cli::Format, config::Config, failure::Said, output, system};

/// The outcome.
#[derive(Debug, Serialize)]
struct Compared {
    entries: u64,
    rows: u64,
    erased: u64,
    /// Punches that wait for their entries, because the log may not be signed at present.
    waiting: u64,
    clean: bool,
    findings: Vec<String>,
    /// How much more does not fit: of each kind a thousand are named.
    more_findings: u64,
}

/// Compares; anything that does not fit ends with exit code 1.
pub async fn run(config: &Config, format: Format) -> anyhow::Result<()> {
    let office = system::open_to_read(config).await?;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let checked = check(&mut tx).await?;
    drop(tx);
    office.db.close().await;
    let compared = Compared {
        entries: checked.entries,
        rows: checked.rows,
        erased: checked.erased,
        waiting: checked.waiting,
        clean: checked.findings.is_empty(),
        more_findings: checked.more,
        findings: checked.findings.iter().map(sentence).collect(),
    };
    match format {
        Format::Text => {
            let mut out: String = compared.findings.iter().map(|f| format!("WRONG: {f}\n")).collect();
            if compared.more_findings > 0 {
                out.push_str(&format!("WRONG: {} more that are not named\n", compared.more_findings));
            }
            out.push_str(&format!(
                "{} entries; {} rows are as they were logged, {} were erased, {} wait for the log, {} do not fit\n",
                compared.entries,
                compared.rows,
                compared.erased,
                compared.waiting,
                u64::try_from(compared.findings.len()).unwrap_or(u64::MAX).saturating_add(compared.more_findings)
            ));
            output::deliver(None, out.as_bytes())?;
        }
        Format::Json => output::json(None, &compared)?,
        Format::Csv | Format::Xlsx => return Err(output::no_format("verify facts", format, "text or json")),
    }
    if compared.clean { Ok(()) } else { Err(Said.into()) }
}

fn sentence(finding: &Finding) -> String {
    let at = |at: &Timestamp| at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string();
    match finding {
        Finding::Tree { entries, signed } => {
            format!(
                "the {entries} entries in the database do not give the log of {signed} entries that was signed"
            )
        }
        Finding::NotLogged { table, row, now } => format!("{table} {row} was never logged; it is {now}"),
        Finding::Changed { table, row, fit } => format!(
            "{table} {row} is not what entry {} of {} commits to: logged was the commitment {}, the row now gives {}; it is now {}",
            fit.entry,
            at(&fit.at),
            fit.committed,
            fit.found,
            fit.now
        ),
        Finding::Gone { table, row, entry } => {
            format!("{table} {row} of entry {entry} is gone, and no erasure names it")
        }
        Finding::Misfiled { table, row, entry, names, before } => format!(
            "entry {entry} is filed under {table} {row}, but was made for another row: it names {} before it, here it is {}",
            earlier(*names, entry.generation),
            earlier(*before, entry.generation)
        ),
        Finding::Silenced { table, row, entry } => format!(
            "the salt of entry {entry} ({table} {row}) was taken away, and neither an erasure nor a restore names it"
        ),
        Finding::Sheet { unit, month, version, logged, found } => format!(
            "month_close: what was locked for {month} of unit {unit} (version {version}) was altered: logged was the digest {logged}, now it is {found}"
        ),
        Finding::Owner { punch, counted, holder } => format!(
            "punch {punch} counts for {}, but its PIN belonged to {} on that day",
            person(*counted),
            person(*holder)
        ),
        Finding::Readings { from, until, logged, found } => format!(
            "readings of people's data from {} to {}: {logged} were logged, {found} are there or they differ",
            at(from),
            at(until)
        ),
    }
}

/// An entry of the same log.
fn earlier(index: Option<u64>, generation: i64) -> String {
    index.map_or_else(|| "none".to_owned(), |index| format!("entry {}", Place { generation, index }))
}

fn person(id: Option<EmployeeId>) -> String {
    id.map_or_else(|| "nobody".to_owned(), |id| format!("person {id}"))
}
