//! `hadir verify log` and `hadir verify receipt`: without server, database or network.

use std::path::Path;

use anyhow::Context;
use ledger::{
    Receipt, SignedCheckpoint, VerifierKey,
    read::DirectoryFetch,
    verify::{self, AuditOptions, Growth, KeptReceipt},
};
use serde::Serialize;

use crate::{
    cli::{Format, VerifyLogArgs, VerifyReceiptArgs},
    failure::Said,
    output,
};

/// The outcome of an audit.
#[derive(Debug, Serialize)]
struct Audited {
    origin: Option<String>,
    size: Option<u64>,
    root: Option<String>,
    entries_read: u64,
    clean: bool,
    findings: Vec<String>,
    more_findings: u64,
}

/// Audits a published log; anything wrong ends with exit code 1.
pub fn log(args: &VerifyLogArgs, format: Format) -> anyhow::Result<()> {
    let keys = keys(&args.key)?;
    let place = DirectoryFetch::new(&args.place);
    let audit = verify::audit(&place, &keys, &AuditOptions::default());
    let mut findings: Vec<String> = audit.findings.iter().map(ToString::to_string).collect();
    if let Some(now) = &audit.checkpoint {
        if let Some(kept) = &args.kept {
            findings.extend(growth(&place, &keys, kept, now)?);
        }
        if let Some(kept) = &args.kept_receipt {
            findings.extend(kept_receipt(&place, &keys, kept, now)?);
        }
    }
    let checkpoint = audit.checkpoint.as_ref().map(SignedCheckpoint::checkpoint);
    let audited = Audited {
        origin: checkpoint.map(|c| c.origin().to_owned()),
        size: checkpoint.map(ledger::Checkpoint::size),
        root: checkpoint.map(|c| c.root().to_string()),
        entries_read: audit.entries,
        clean: findings.is_empty() && audit.more == 0,
        findings,
        more_findings: audit.more,
    };
    match format {
        Format::Text => output::deliver(None, text(&audited).as_bytes())?,
        Format::Json => output::json(None, &audited)?,
        Format::Csv | Format::Xlsx => return Err(output::no_format("verify log", format, "text or json")),
    }
    if audited.clean { Ok(()) } else { Err(Said.into()) }
}

fn text(audited: &Audited) -> String {
    let mut out: String = audited.findings.iter().map(|finding| format!("WRONG: {finding}\n")).collect();
    if audited.more_findings > 0 {
        out.push_str(&format!("and {} more\n", audited.more_findings));
    }
    if let (true, Some(origin), Some(size)) = (audited.clean, &audited.origin, audited.size) {
        out.push_str(&format!("{origin}: {size} entries, every one as it was signed\n"));
    }
    out
}

/// What is wrong between a checkpoint that was kept and the log of now.
fn growth(
    place: &DirectoryFetch,
    keys: &[VerifierKey],
    kept: &Path,
    now: &SignedCheckpoint,
) -> anyhow::Result<Option<String>> {
    let kept = SignedCheckpoint::parse(&read(kept)?).context("the kept checkpoint")?;
    let judged = verify::verify_growth(place, keys, &kept, now).context("the kept checkpoint")?;
    Ok(sentence(&judged))
}

fn kept_receipt(
    place: &DirectoryFetch,
    keys: &[VerifierKey],
    kept: &Path,
    now: &SignedCheckpoint,
) -> anyhow::Result<Option<String>> {
    let receipt = Receipt::parse(&read(kept)?).context("the kept receipt")?;
    receipt.verify(keys, None).context("the kept receipt")?;
    Ok(match verify::verify_kept_receipt(place, keys, &receipt, now)? {
        KeptReceipt::Holds => None,
        KeptReceipt::Contradicted { growth, .. } => {
            let why = sentence(&growth).unwrap_or_default();
            Some(format!("entry {} of the kept receipt is not in this log: {why}", receipt.index()))
        }
    })
}

fn sentence(growth: &Growth) -> Option<String> {
    match growth {
        Growth::Same | Growth::Grew { .. } => None,
        Growth::Shrank { kept, now } => {
            Some(format!("the log shrank from {} to {} entries", kept.size(), now.size()))
        }
        Growth::Rewritten(rewrite) => Some(format!(
            "history was rewritten: the first {} entries had the root {} and now have {}, and both are signed",
            rewrite.kept.size(),
            rewrite.kept.root(),
            rewrite.root_now
        )),
    }
}

/// What a receipt proves.
#[derive(Debug, Serialize)]
struct Proven {
    origin: String,
    index: u64,
    size: u64,
    kind: &'static str,
    at: String,
    commitment: String,
}

/// Checks a receipt; a false one ends with exit code 1.
pub fn receipt(args: &VerifyReceiptArgs, format: Format) -> anyhow::Result<()> {
    let receipt = Receipt::parse(&read(&args.file)?).context("this is no receipt")?;
    let entry = receipt.verify(&keys(&args.key)?, None).context("the receipt is NOT valid")?;
    let checkpoint = receipt.checkpoint().checkpoint();
    let proven = Proven {
        origin: checkpoint.origin().to_owned(),
        index: receipt.index(),
        size: checkpoint.size(),
        kind: entry.kind().code(),
        at: entry.at().to_string(),
        commitment: entry.commitment().to_string(),
    };
    match format {
        Format::Text => output::line(&format!(
            "valid: entry {} of {} ({} entries when it was made) records a {} at {}",
            proven.index, proven.origin, proven.size, proven.kind, proven.at
        )),
        Format::Json => output::json(None, &proven),
        Format::Csv | Format::Xlsx => Err(output::no_format("verify receipt", format, "text or json")),
    }
}

fn keys(texts: &[String]) -> anyhow::Result<Vec<VerifierKey>> {
    texts.iter().map(|text| text.parse().with_context(|| format!("'{text}' is no key of a log"))).collect()
}

fn read(file: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}
