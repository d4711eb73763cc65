//! `hadir verify recap`: whether the figures of an exported sheet are those that were locked and logged. Offline.

mod compare;
mod expected;

use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::Serialize;
use service::transparency::MonthProof;

use super::trust::{Trust, Witnessed, read};
use crate::{
    cli::{Format, VerifyRecapArgs},
    failure::Said,
    output,
};

/// The outcome.
#[derive(Debug, Serialize)]
struct Compared {
    origin: String,
    entry: u64,
    locked_at: String,
    month: String,
    version: i64,
    people: usize,
    figures: usize,
    witnessed: Option<Witnessed>,
    clean: bool,
    findings: Vec<String>,
}

/// Compares; a figure that differs ends with exit code 1, and so does a proof that proves nothing.
pub fn run(args: &VerifyRecapArgs, format: Format) -> anyhow::Result<()> {
    let trust = Trust::of(&args.trust)?;
    let beside = || {
        let mut name = args.file.clone().into_os_string();
        name.push(".proof");
        PathBuf::from(name)
    };
    let path = args.proof.clone().unwrap_or_else(beside);
    let sheet = expected::Sheet::of(&args.file, &read_sheet(&args.file)?)?;
    let proof: MonthProof = serde_json::from_str(&read(&path)?)
        .with_context(|| format!("{} is no proof of a month", path.display()))?;
    let locked = proof.open().map_err(anyhow::Error::msg).context("the proof does NOT hold")?;
    let entry = locked.receipt.verify(&trust.keys, None).context("the receipt in the proof is NOT valid")?;
    let witnessed = trust.witnesses(locked.receipt.checkpoint());
    let difference = sheet.compare(&locked)?;
    let mut findings = difference.findings;
    findings.extend(witnessed.as_ref().and_then(|witnessed| witnessed.problem.clone()));
    let compared = Compared {
        origin: locked.receipt.checkpoint().checkpoint().origin().to_owned(),
        entry: locked.receipt.index(),
        locked_at: entry.at().to_string(),
        month: locked.month.to_string(),
        version: locked.version,
        people: locked.people.len(),
        figures: difference.compared,
        witnessed,
        clean: findings.is_empty(),
        findings,
    };
    match format {
        Format::Text => output::deliver(None, text(&compared).as_bytes())?,
        Format::Json => output::json(None, &compared)?,
        Format::Csv | Format::Xlsx => return Err(output::no_format("verify recap", format, "text or json")),
    }
    if compared.clean { Ok(()) } else { Err(Said.into()) }
}

/// The text of a sheet. An Excel workbook cannot be compared: its figures are those that Excel shows, not those that were written.
fn read_sheet(file: &Path) -> anyhow::Result<String> {
    let shown = file.display();
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {shown}"))?;
    // A workbook is a ZIP archive.
    anyhow::ensure!(
        !bytes.starts_with(b"PK\x03\x04"),
        "{shown} is an Excel file; only JSON and CSV can be checked. Ask for the sheet as \
         `hadir recap --month … --opd … --out sheet.csv --proof sheet.csv.proof` writes it"
    );
    String::from_utf8(bytes)
        .map_err(|_| anyhow::anyhow!("{shown} is not UTF-8 text; take it as hadir wrote it"))
}

fn text(compared: &Compared) -> String {
    let mut out: String = compared.findings.iter().map(|finding| format!("WRONG: {finding}\n")).collect();
    let Compared { origin, entry, locked_at, month, version, people, figures, .. } = compared;
    if compared.clean {
        out.push_str(&format!(
            "{month}, version {version}: {figures} figures of {people} people are as they were locked at {locked_at} (entry {entry} of {origin})\n"
        ));
        out.extend(compared.witnessed.iter().map(|witnessed| format!("{witnessed}\n")));
    }
    out
}
