//! `hadir verify facts`: whether the rows of the database still are what was logged.

mod people;
mod published;
mod sentence;

use std::collections::BTreeMap;

use serde::Serialize;
use store::log::{Finding, check};

use sentence::{Said as Sentence, Words};

use crate::{cli::Format, config::Config, failure::Said, ledger_folder::LedgerFolder, output, system};

/// Findings of one kind about one person that are written out.
const SHOWN: usize = 3;

const WHAT_TO_DO: &str = "\
What to do: change nothing. Copy the database and the ledger folder as evidence and give this list to the Inspektorat.
Check the published log (hadir verify log) and the copies of mirrors and witnesses. Then bring the rows back from a
backup of before or, where that is not possible, have them recorded again on the pages, with the reason.
";

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
    let people = people::of(&office, &mut tx, &checked.findings).await?;
    drop(tx);
    let published = published::removed(&LedgerFolder::of(config).files(office.tenant), &checked.findings);
    office.db.close().await;
    let words = Words { people, published, are_removed: checked.findings.iter().any(is_removed) };
    let sentences: Vec<Sentence> = checked.findings.iter().map(|finding| words.sentence(finding)).collect();
    let compared = Compared {
        entries: checked.entries,
        rows: checked.rows,
        erased: checked.erased,
        waiting: checked.waiting,
        clean: checked.findings.is_empty(),
        more_findings: checked.more,
        findings: sentences.iter().map(|said| said.text.clone()).collect(),
    };
    match format {
        Format::Text => {
            let mut out = grouped(&sentences);
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
            if !compared.clean {
                out.push_str(WHAT_TO_DO);
            }
            output::deliver(None, out.as_bytes())?;
        }
        Format::Json => output::json(None, &compared)?,
        Format::Csv | Format::Xlsx => return Err(output::no_format("verify facts", format, "text or json")),
    }
    if compared.clean { Ok(()) } else { Err(Said.into()) }
}

fn is_removed(finding: &Finding) -> bool {
    matches!(finding, Finding::Removed { .. })
}

/// The first findings of each kind and person, and how many more there are.
fn grouped(sentences: &[Sentence]) -> String {
    let mut groups: BTreeMap<(usize, &str), Vec<&str>> = BTreeMap::new();
    let mut order = Vec::new();
    for said in sentences {
        let kind = order.iter().position(|kind| *kind == said.kind).unwrap_or_else(|| {
            order.push(said.kind);
            order.len() - 1
        });
        groups.entry((kind, &said.whose)).or_default().push(&said.text);
    }
    let mut out = String::new();
    for ((_, whose), texts) in groups {
        for text in texts.iter().take(SHOWN) {
            out.push_str(&format!("WRONG: {text}\n"));
        }
        let more = texts.len().saturating_sub(SHOWN);
        if more > 0 {
            let of = if whose.is_empty() { String::new() } else { format!(" of {whose}") };
            out.push_str(&format!("       and {more} more like these{of}; --format json names them\n"));
        }
    }
    out
}
