//! `hadir verify receipt`: without server, database or network.

use std::path::Path;

use anyhow::Context;
use domain::zone::Zone;
use jiff::Timestamp;
use ledger::{Entry, Opening, Receipt};
use serde::{Deserialize, Serialize};

use super::trust::{Trust, Witnessed, read_signed};
use crate::{
    cli::{Format, VerifyReceiptArgs},
    failure::Said,
    output,
};

/// What a receipt proves.
#[derive(Debug, Serialize)]
struct Proven {
    origin: String,
    index: u64,
    size: u64,
    kind: &'static str,
    /// When it was entered in the log.
    at: Timestamp,
    commitment: String,
    signatures: usize,
    /// What the entry commits to.
    fact: Option<String>,
    witnessed: Option<Witnessed>,
}

/// Checks a receipt; a false one, or one that too few witnesses cosigned, ends with exit code 1.
pub fn run(args: &VerifyReceiptArgs, format: Format) -> anyhow::Result<()> {
    let trust = Trust::of(&args.trust)?;
    let receipt = Receipt::parse(&read_signed(&args.file)?).context("this is no receipt")?;
    let entry = receipt.verify(&trust.keys, None).context("the receipt is NOT valid")?;
    let fact = args.opening.as_deref().map(|file| opened(file, receipt.index(), &entry)).transpose()?;
    let checkpoint = receipt.checkpoint().checkpoint();
    let proven = Proven {
        origin: checkpoint.origin().to_owned(),
        index: receipt.index(),
        size: checkpoint.size(),
        kind: entry.kind().code(),
        at: entry.at(),
        commitment: entry.commitment().to_string(),
        signatures: receipt.checkpoint().signatures().len(),
        fact,
        witnessed: trust.witnesses(receipt.checkpoint()),
    };
    match format {
        Format::Text => output::line(&text(&proven))?,
        Format::Json => output::json(None, &proven)?,
        Format::Csv | Format::Xlsx => {
            return Err(output::no_format("verify receipt", format, "text or json"));
        }
    }
    let is_enough = proven.witnessed.as_ref().is_none_or(|witnessed| witnessed.problem.is_none());
    if is_enough { Ok(()) } else { Err(Said.into()) }
}

/// What the entry commits to, by the opening in `file`.
fn opened(file: &Path, index: u64, entry: &Entry) -> anyhow::Result<String> {
    let opening = Opening::parse(&read_signed(file)?).context("this is no opening")?;
    anyhow::ensure!(
        opening.index == index,
        "the opening is of entry {}, the receipt of {index}",
        opening.index
    );
    opening.check(entry).context("the opening is NOT valid")?;
    Ok(opening.payload)
}

fn text(proven: &Proven) -> String {
    let Proven { index, origin, size, kind, .. } = proven;
    let (at, fact) = (entered(proven), recorded(proven));
    let proof = format!(
        "entry {index} of {origin} ({size} entries when it was made) is a {kind}, entered in the log at {at}{fact}"
    );
    match &proven.witnessed {
        Some(witnessed) if witnessed.problem.is_some() => {
            format!("signed by the log: {proof}\nWRONG: witnesses: {witnessed}")
        }
        Some(witnessed) => format!("valid: {proof}\n{witnessed}"),
        None => {
            let others = proven.signatures.saturating_sub(1);
            format!("valid: {proof}\nsignatures beside the log's own: {others}; --policy FILE checks them")
        }
    }
}

/// What a sentence needs of a fact that is a punch.
#[derive(Debug, Deserialize)]
struct Punch {
    local_time: String,
    zone: String,
    pin: String,
}

fn punch(proven: &Proven) -> Option<Punch> {
    serde_json::from_str(proven.fact.as_ref()?).ok()
}

/// The time of the entry by the clocks of the place, where the fact names it, or else of the capital.
fn entered(proven: &Proven) -> String {
    let zone = punch(proven).and_then(|punch| Zone::parse(&punch.zone)).unwrap_or_default();
    let local = zone.local(proven.at).strftime("%Y-%m-%d %H:%M:%S").to_string();
    format!("{local} {} ({})", zone.abbreviation(), proven.at)
}

/// What was recorded, if there is an opening.
fn recorded(proven: &Proven) -> String {
    let Some(fact) = &proven.fact else {
        return "\nwhat was recorded is not shown: --opening FILE does".to_owned();
    };
    match punch(proven) {
        Some(Punch { local_time, zone, pin }) => {
            format!("\nrecorded was a punch of PIN {pin} at {local_time} {zone}: {fact}")
        }
        None => format!("\nrecorded was: {fact}"),
    }
}
