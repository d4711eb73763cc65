//! The task that publishes the transparency log, at most a second after the facts.

use std::{io::ErrorKind, time::Duration};

use service::{
    Office,
    transparency::{LogFiles, Publishing, publish},
};
use tokio::sync::watch;

/// Two turns lie at least so far apart.
const EVERY: Duration = Duration::from_millis(500);

/// Opens the folder for publishing.
///
/// # Errors
/// When another server publishes there or it cannot be written; the sentence says which folder.
pub fn open(files: LogFiles) -> anyhow::Result<Publishing> {
    let folder = files.root().to_owned();
    Publishing::open(files).map_err(|error| {
        let is_busy = error.kind() == ErrorKind::ResourceBusy;
        let hint = if is_busy { "; give each server its own ledger_dir" } else { "" };
        anyhow::Error::new(error).context(format!("cannot publish the log into {}{hint}", folder.display()))
    })
}

/// Publishes until `stopping` turns true, and once more then. When the files may have been damaged, nothing is signed any
/// more until a restart.
pub async fn run(office: Office, mut publishing: Publishing, mut stopping: watch::Receiver<bool>) {
    let mut tick = tokio::time::interval(EVERY);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        let is_last = tokio::select! {
            _ = tick.tick() => false,
            changed = stopping.changed() => changed.is_err() || *stopping.borrow(),
        };
        let (back, goes_on) = turn(&office, publishing).await;
        publishing = back;
        if is_last || !goes_on {
            return;
        }
    }
}

/// Publishes once; whether there may be another turn. At the start this proves that the database goes on from the published
/// files, before anything new is signed.
pub async fn turn(office: &Office, publishing: Publishing) -> (Publishing, bool) {
    let (publishing, result) = publish(office, publishing).await;
    let goes_on = match result {
        Ok(_) => true,
        Err(error) if error.must_stop() => {
            if let Some(sealer) = office.db.sealer() {
                sealer.refuse(format!("the log could not be published: {error}"));
            }
            false
        }
        Err(error) => {
            tracing::warn!(%error, "the log was not published; trying again");
            true
        }
    };
    (publishing, goes_on)
}
