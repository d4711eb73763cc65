//! `hadir verify log`: the audit of a published log, in a folder or at an address.

use std::path::Path;

use ledger::{
    SignedCheckpoint,
    read::{DirectoryFetch, Fetch, ReadError, cosigned, published},
    verify::{AuditOptions, Finding, audit},
};
use serde::Serialize;

use super::{
    events::{Event, events},
    kept::Now,
    trust::{Trust, Witnessed},
};
use crate::{
    cli::{Format, VerifyLogArgs},
    failure::{Said, Unread},
    outgoing::WebFetch,
    output,
};

/// Files of a log at an address that are read at once: most of the time is spent waiting.
const THREADS: usize = 32;

/// The outcome of an audit.
#[derive(Debug, Serialize)]
pub struct Audited {
    origin: Option<String>,
    size: Option<u64>,
    root: Option<String>,
    /// Entries that were hashed.
    pub entries_read: u64,
    witnessed: Option<Witnessed>,
    /// What befell the log, as it says itself; known for a folder only.
    events: Vec<Event>,
    /// Whether everything is as it was signed.
    pub clean: bool,
    /// What is wrong, a sentence each.
    pub findings: Vec<String>,
    /// What could not be read, and so is neither proved nor wrong.
    unread: Vec<String>,
    more_findings: u64,
}

/// The audit that the arguments ask for.
///
/// # Errors
/// When there is no key, or what was kept cannot be read; what is wrong with the log itself is a finding.
pub fn audited(args: &VerifyLogArgs) -> anyhow::Result<Audited> {
    let trust = Trust::of(&args.trust)?;
    if is_address(&args.place) {
        let options = AuditOptions { threads: THREADS, ..AuditOptions::default() };
        examine(&WebFetch::new(&args.place, THREADS), &trust, args, &options)
    } else {
        in_folder(Path::new(&args.place), &trust, args)
    }
}

/// Audits; anything wrong ends with exit code 1, and with 3 what could only not be read.
pub fn run(args: &VerifyLogArgs, format: Format) -> anyhow::Result<()> {
    let audited = audited(args)?;
    match format {
        Format::Text => output::deliver(None, text(&audited).as_bytes())?,
        Format::Json => output::json(None, &audited)?,
        Format::Csv | Format::Xlsx => return Err(output::no_format("verify log", format, "text or json")),
    }
    if audited.clean {
        return Ok(());
    }
    if audited.findings.is_empty() && audited.more_findings == 0 {
        let what =
            format!("{} of the log could not be read, so it is not proved", files(audited.unread.len()));
        return Err(Unread(what).into());
    }
    Err(Said.into())
}

fn files(count: usize) -> String {
    if count == 1 { "a file".to_owned() } else { format!("{count} files") }
}

fn is_address(place: &str) -> bool {
    place.starts_with("http://") || place.starts_with("https://")
}

/// Without a checkpoint there is nothing to audit, be it a wrong address or a network that is down.
fn reachable(place: &dyn Fetch, name: &str) -> anyhow::Result<()> {
    let why = match published(place) {
        Err(ReadError::Fetch(error)) => error.to_string(),
        Err(ReadError::Missing { path }) => format!("there is no file '{path}'"),
        _ => return Ok(()),
    };
    let hint = hint(name);
    Err(Unread(format!("{name} could not be read, so nothing is proved: {why}\n  {hint}")).into())
}

/// What may be meant instead of a place where there is no log.
fn hint(name: &str) -> String {
    let base = name.trim_end_matches('/');
    if let Some(folder) = base.strip_suffix("/checkpoint") {
        return format!("Name what the checkpoint lies in: {folder}");
    }
    if !is_address(name) {
        return "It must be the folder of a copy; an address begins with http:// or https://.".to_owned();
    }
    match base.contains("/log/") {
        true => "Check the address, and whether it is https:// or http://.".to_owned(),
        false => {
            format!("The log of a server lies below its /log/1: {}/log/1", base.trim_end_matches("/log"))
        }
    }
}

/// The audit of a folder, with what lies there beside the log.
fn in_folder(folder: &Path, trust: &Trust, args: &VerifyLogArgs) -> anyhow::Result<Audited> {
    let place = DirectoryFetch::new(folder);
    let mut audited = examine(&place, trust, args, &AuditOptions::default())?;
    if audited.size.is_some() && audited.clean {
        let note = published(&place)?;
        note.verify(&trust.keys)?;
        audited.events = events(folder, &note, &mut audited.findings)?;
        audited.clean = audited.findings.is_empty();
    }
    Ok(audited)
}

fn examine(
    place: &dyn Fetch,
    trust: &Trust,
    args: &VerifyLogArgs,
    options: &AuditOptions,
) -> anyhow::Result<Audited> {
    reachable(place, &args.place)?;
    let audit = audit(place, &trust.keys, options);
    let (unread, findings): (Vec<_>, Vec<_>) =
        audit.findings.iter().partition(|finding| matches!(finding, Finding::Unreadable { .. }));
    let sentences = |of: Vec<&Finding>| of.into_iter().map(ToString::to_string).collect::<Vec<_>>();
    let (unread, mut findings) = (sentences(unread), sentences(findings));
    let mut witnessed = None;
    if let Some(note) = &audit.checkpoint {
        let now = Now { place, keys: &trust.keys, note };
        if let Some(file) = &args.kept {
            findings.extend(now.against_checkpoint(file)?);
        }
        if let Some(file) = &args.kept_receipt {
            findings.extend(now.against_receipt(file)?);
        }
        witnessed = witnesses(&now, trust, &mut findings);
    }
    let checkpoint = audit.checkpoint.as_ref().map(SignedCheckpoint::checkpoint);
    Ok(Audited {
        origin: checkpoint.map(|c| c.origin().to_owned()),
        size: checkpoint.map(ledger::Checkpoint::size),
        root: checkpoint.map(|c| c.root().to_string()),
        entries_read: audit.entries,
        witnessed,
        events: Vec::new(),
        clean: findings.is_empty() && unread.is_empty() && audit.more == 0,
        findings,
        unread,
        more_findings: audit.more,
    })
}

/// How far the witnesses confirm the log. The newest checkpoint is seldom cosigned yet; the newest cosigned one must be the
/// beginning of it.
fn witnesses(now: &Now<'_>, trust: &Trust, findings: &mut Vec<String>) -> Option<Witnessed> {
    let newest = trust.witnesses(now.note)?;
    if newest.problem.is_none() {
        return Some(newest);
    }
    let earlier = match cosigned(now.place) {
        Ok(Some(earlier)) => earlier,
        Ok(None) => {
            findings.extend(newest.problem.clone());
            return Some(newest);
        }
        Err(error) => {
            findings.push(format!("checkpoint.cosigned: {error}"));
            return Some(newest);
        }
    };
    match now.against(&earlier) {
        Ok(wrong) => findings.extend(wrong.map(|wrong| format!("checkpoint.cosigned: {wrong}"))),
        Err(error) => findings.push(format!("checkpoint.cosigned: {error}")),
    }
    let witnessed = trust.witnesses(&earlier);
    findings.extend(witnessed.iter().filter_map(|witnessed| witnessed.problem.clone()));
    witnessed
}

fn text(audited: &Audited) -> String {
    let mut out: String = audited.findings.iter().map(|finding| format!("WRONG: {finding}\n")).collect();
    out.extend(audited.unread.iter().map(|unread| format!("NOT READ: {unread}\n")));
    if audited.more_findings > 0 {
        out.push_str(&format!("and {} more\n", audited.more_findings));
    }
    if let (true, Some(origin), Some(size)) = (audited.clean, &audited.origin, audited.size) {
        out.push_str(&format!("{origin}: {size} entries, every one as it was signed\n"));
        if let Some(witnessed) = &audited.witnessed {
            out.push_str(&format!("the first {} entries are {witnessed}\n", witnessed.size));
        }
        for event in &audited.events {
            out.push_str(&format!("{event}\n"));
        }
    }
    out
}
