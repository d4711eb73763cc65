//! The task that keeps the end of the log for each day, soon after midnight.

use std::time::Duration;

use service::{
    Office,
    transparency::{LogFiles, daily},
};
use tokio::sync::watch;

/// A day begins within this time after midnight.
const EVERY: Duration = Duration::from_secs(60);

/// Looks once a minute until `stopping` turns true.
pub async fn run(office: Office, files: LogFiles, mut stopping: watch::Receiver<bool>) {
    let mut tick = tokio::time::interval(EVERY);
    loop {
        tokio::select! {
            _ = tick.tick() => if let Err(error) = daily(&office, &files).await {
                tracing::warn!(%error, source = ?error.source, "the end of the log for today could not be kept");
            },
            changed = stopping.changed() => if changed.is_err() || *stopping.borrow() { return },
        }
    }
}
