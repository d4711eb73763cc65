//! The task that sends the letter once a day.

use std::{io, path::PathBuf, time::Duration};

use jiff::civil::{Date, DateTime, Time};
use service::{Office, reference};
use tokio::sync::watch;

use super::{MailSettings, letter, send};
use crate::ledger_folder::LedgerFolder;

/// How often it is looked whether the letter is due, and a failed one is tried again.
const EVERY: Duration = Duration::from_secs(300);

/// Sends until `stopping` turns true; a mail server that is away is tried again.
pub async fn run(
    office: Office,
    folder: LedgerFolder,
    settings: MailSettings,
    mut stopping: watch::Receiver<bool>,
) {
    let mut sent = Sent::of(&office, &folder);
    let mut tick = tokio::time::interval(EVERY);
    loop {
        tokio::select! {
            _ = tick.tick() => {}
            changed = stopping.changed() => if changed.is_err() || *stopping.borrow() { return },
        }
        match turn(&office, &folder, &settings, &mut sent).await {
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
    sent: &mut Sent,
) -> anyhow::Result<Option<Date>> {
    let mut tx = office.db.begin_read(office.tenant).await?;
    let zone = reference::current(office, &mut tx).await?.units.home_zone();
    drop(tx);
    let now = zone.local(office.now());
    if !is_due(now, settings.at, sent.last().await?) {
        return Ok(None);
    }
    let letter = letter(office, folder, now.date()).await?;
    let settings = settings.clone();
    tokio::task::spawn_blocking(move || send(&settings, &letter)).await??;
    if let Err(error) = sent.note(now.date()).await {
        tracing::warn!(%error, file = %sent.file.display(), "the day of the letter was not written down; a restart today sends it again");
    }
    Ok(Some(now.date()))
}

/// Whether today's letter is still to be sent. The last one may be of a later day: the clock was set back since.
fn is_due(now: DateTime, at: Time, last: Option<Date>) -> bool {
    now.time() >= at && last.is_none_or(|last| last != now.date())
}

/// The day of the last letter: in a file, so that a restart sends none twice, and in memory, so that a full disk does not either.
struct Sent {
    file: PathBuf,
    day: Option<Date>,
}

impl Sent {
    /// In the ledger folder.
    fn of(office: &Office, folder: &LedgerFolder) -> Sent {
        Sent { file: folder.path().join(format!("{}.mailed", office.tenant.0)), day: None }
    }

    async fn last(&self) -> io::Result<Option<Date>> {
        if self.day.is_some() {
            return Ok(self.day);
        }
        match tokio::fs::read_to_string(&self.file).await {
            Ok(text) => Ok(text.trim().parse().ok()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Writes the file whole or not at all.
    async fn note(&mut self, day: Date) -> io::Result<()> {
        self.day = Some(day);
        let fresh = self.file.with_extension("mailed-new");
        tokio::fs::write(&fresh, format!("{day}\n")).await?;
        tokio::fs::rename(fresh, &self.file).await
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

    #[tokio::test]
    async fn a_letter_whose_day_cannot_be_written_down_is_not_sent_again() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ledger/1.mailed");
        let fresh = || Sent { file: file.clone(), day: None };
        let (day, next) = (date(2026, 11, 22), date(2026, 11, 23));
        let mut sent = fresh();
        assert_eq!(sent.last().await.unwrap(), None);
        sent.note(day).await.unwrap_err();
        assert_eq!(sent.last().await.unwrap(), Some(day), "remembered all the same");
        assert_eq!(fresh().last().await.unwrap(), None, "a restart does not know it");
        std::fs::create_dir(folder.path().join("ledger")).unwrap();
        sent.note(next).await.unwrap();
        assert_eq!(fresh().last().await.unwrap(), Some(next));
        assert_eq!(
            std::fs::read_dir(folder.path().join("ledger")).unwrap().count(),
            1,
            "no file is left over"
        );
    }
}
