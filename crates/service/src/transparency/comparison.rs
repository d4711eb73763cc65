//! The comparison of the whole database with its log, and of the published files with what was signed; what the last one found.
//!
//! Somebody who changes rows behind the program is not to wait for the day on which an auditor looks. What was found is kept in
//! a file beside the log: outside of the database, whose administrator may be the one who changed it.

use std::{
    fs,
    io::{self, ErrorKind},
    path::Path,
};

use jiff::{SignedDuration, Timestamp};
use ledger::verify::{self, AuditOptions};
use serde::{Deserialize, Serialize};
use store::log;

use super::{
    LogFiles, current,
    signed_by_us::{PublishedEnd, published_end},
};
use crate::{Office, ServiceError};

/// The hour of the day, at the seat of the government, in which the comparison disturbs nobody.
const QUIET: i8 = 2;
/// A server that is switched off at night compares in the daytime when the last comparison is so old.
const LATEST: SignedDuration = SignedDuration::from_hours(48);
/// Between two comparisons of the same night there is at least so much.
const SOONEST: SignedDuration = SignedDuration::from_hours(12);

/// Findings in published files that are kept.
const MOST_FILES: usize = 20;

/// What a comparison found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// When it began.
    pub at: Timestamp,
    /// Entries of the log.
    pub entries: u64,
    /// Rows that fit their entries.
    pub rows: u64,
    /// How much does not fit. The rows themselves are personal data and stay in the database.
    pub findings: u64,
    /// What is wrong with the published files, which hold no personal data: the first of it.
    #[serde(default)]
    pub files: Vec<String>,
}

impl Comparison {
    /// Whether the database is as it was logged.
    pub fn fits(&self) -> bool {
        self.findings == 0
    }
}

/// Compares at once and keeps what was found.
///
/// # Errors
/// As every read; [`crate::Fault::Internal`] when the file cannot be written.
pub async fn compare(office: &Office, files: &LogFiles) -> Result<Comparison, ServiceError> {
    let at = office.now();
    let mut tx = office.db.begin_read(office.tenant).await?;
    let checked = log::check(&mut tx).await?;
    drop(tx);
    let named = u64::try_from(checked.findings.len()).unwrap_or(u64::MAX);
    let findings = named.saturating_add(checked.more);
    let broken = audit_files(office, &current(office, files).await?).await?;
    let comparison = Comparison { at, entries: checked.entries, rows: checked.rows, findings, files: broken };
    let (path, kept) = (files.compared().to_owned(), comparison.clone());
    let written = tokio::task::spawn_blocking(move || keep(&path, &kept)).await;
    written.map_err(ServiceError::internal)?.map_err(ServiceError::internal)?;
    Ok(comparison)
}

/// What is wrong with the published files; nothing before the first publication.
async fn audit_files(office: &Office, files: &LogFiles) -> Result<Vec<String>, ServiceError> {
    let (office, files) = (office.clone(), files.clone());
    let audit = move || {
        let signed = match published_end(&office, &files) {
            Ok(PublishedEnd::None) => return Vec::new(),
            Ok(PublishedEnd::Damaged { reason }) => return vec![format!("checkpoint: {reason}")],
            Err(error) => return vec![error.to_string()],
            Ok(PublishedEnd::Good(signed)) => signed,
        };
        let key = office.db.sealer().and_then(|sealer| sealer.verifier(signed.checkpoint().origin()).ok());
        let options = AuditOptions { threads: 1, most_findings: MOST_FILES, ..AuditOptions::default() };
        let found = key.map(|key| verify::audit(&files.fetch(), &[key], &options).findings);
        found.into_iter().flatten().map(|finding| finding.to_string()).collect()
    };
    tokio::task::spawn_blocking(audit).await.map_err(ServiceError::internal)
}

/// Compares if it is time: once in the quiet hour, or when that was missed twice. `None` when it is not.
///
/// # Errors
/// As [`compare`].
pub async fn compare_in_time(office: &Office, files: &LogFiles) -> Result<Option<Comparison>, ServiceError> {
    let mut tx = office.db.begin_read(office.tenant).await?;
    let zone = store::tenant::own(&mut tx).await?.zone;
    drop(tx);
    let now = office.now();
    let last = compared(files).await?.map(|comparison| comparison.at);
    if !is_time(now, zone.local(now).hour(), last) {
        return Ok(None);
    }
    compare(office, files).await.map(Some)
}

/// What the last comparison found; `None` before the first.
///
/// # Errors
/// [`crate::Fault::Internal`] when the file cannot be read.
pub async fn compared(files: &LogFiles) -> Result<Option<Comparison>, ServiceError> {
    let path = files.compared().to_owned();
    let read = tokio::task::spawn_blocking(move || fs::read(path)).await.map_err(ServiceError::internal)?;
    match read {
        Ok(text) => serde_json::from_slice(&text).map(Some).map_err(ServiceError::internal),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(ServiceError::internal(error)),
    }
}

fn is_time(now: Timestamp, hour: i8, last: Option<Timestamp>) -> bool {
    // A last time that lies ahead says that the clock was set back.
    let since = last.map(|last| now.duration_since(last).abs());
    since.is_none_or(|since| since >= LATEST || (hour == QUIET && since >= SOONEST))
}

/// Writes the file whole or not at all. It is not made durable: one that is lost is written again the next night.
fn keep(path: &Path, comparison: &Comparison) -> io::Result<()> {
    let fresh = path.with_extension("compared-new");
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(&fresh, serde_json::to_vec(comparison)?)?;
    fs::rename(fresh, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn once_a_night_or_when_nights_were_missed() {
        let now: Timestamp = "2026-11-02T19:30:00Z".parse().unwrap();
        let ago = |hours| Some(now - SignedDuration::from_hours(hours));
        assert!(is_time(now, 9, None), "never yet");
        assert!(is_time(now, 2, ago(24)) && is_time(now, 2, ago(13)));
        assert!(!is_time(now, 2, ago(0)), "an hourly look comes twice in one hour");
        assert!(!is_time(now, 9, ago(24)) && !is_time(now, 3, ago(25)));
        assert!(is_time(now, 9, ago(48)), "switched off at night");
        assert!(is_time(now, 9, ago(-24 * 365)), "the clock was a year ahead");
    }
}
