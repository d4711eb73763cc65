//! The task that sends the letter once a day.

use std::{fs, io, path::PathBuf, time::Duration};

use jiff::civil::{Date, DateTime, Time};
use service::{Office, reference};
use tokio::sync::watch;

use super::{MailSettings, letter, send};
use crate::ledger_folder::LedgerFolder;

/// How often it is looked whether the letter is due, and a failed one is tried again.
const EVERY: Duration = Duration::from_secs(300);

/// Sends until `stopping` turns true. The day of the last letter is written down in the ledger folder, so that a restart sends
/// none twice; a mail server that is away is tried again.
pub async fn run(
    office: Office,
    folder: LedgerFolder,
    settings: MailSettings,
    mut stopping: watch::Receiver<bool>,
) {
    let mut tick = tokio::time::interval(EVERY);
    loop {
        tokio::select! {
            _ = tick.tick() => {}
            changed = stopping.changed() => if changed.is_err() || *stopping.borrow() { return },
        }
        match turn(&office, &folder, &settings).await {
            Ok(None) => {}
            Ok(Some(day)) => tracing::info!(%day, to = settings.to.len(), "the end of the log was mailed"),
            Err(error) => {
                tracing::warn!(
                    error = format!("{error:#}"),
                    "the end of the log was not mailed; trying again"
                );
            }
        }
    }
}

/// Sends the letter if it is due; the day of it.
async fn turn(
    office: &Office,
    folder: &LedgerFolder,
    settings: &MailSettings,
) -> anyhow::Result<Option<Date>> {
    let mut tx = office.db.begin_read(office.tenant).await?;
    let zone = reference::current(office, &mut tx).await?.units.home_zone();
    drop(tx);
    let now = zone.local(office.now());
    let sent = sent_file(office, folder);
    if !is_due(now, settings.at, last(&sent)?) {
        return Ok(None);
    }
    let letter = letter(office, folder, now.date()).await?;
    let settings = settings.clone();
    tokio::task::spawn_blocking(move || send(&settings, &letter)).await??;
    fs::write(&sent, format!("{}\n", now.date()))?;
    Ok(Some(now.date()))
}

/// Whether today's letter is still to be sent. The last one may be of a later day: the clock was set back since.
fn is_due(now: DateTime, at: Time, last: Option<Date>) -> bool {
    now.time() >= at && last.is_none_or(|last| last != now.date())
}

fn sent_file(office: &Office, folder: &LedgerFolder) -> PathBuf {
    folder.path().join(format!("{}.mailed", office.tenant.0))
}

/// The day of the last letter.
fn last(file: &PathBuf) -> io::Result<Option<Date>> {
    match fs::read_to_string(file) {
        Ok(text) => Ok(text.trim().parse().ok()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    #[test]
    fn a_letter_is_due_once_a_day_from_its_hour_on() {
        let (day, at) = (date(2026, 11, 22), time(7, 0, 0, 0));
        let yesterday = Some(date(2026, 11, 21));
        assert!(!is_due(day.at(6, 59, 59, 0), at, yesterday));
        assert!(is_due(day.at(7, 0, 0, 0), at, yesterday));
        assert!(is_due(day.at(23, 0, 0, 0), at, None), "a server that was down sends later");
        assert!(!is_due(day.at(7, 5, 0, 0), at, Some(day)));
        assert!(is_due(day.at(7, 5, 0, 0), at, Some(date(2027, 11, 22))), "not silent for a year");
    }
}
