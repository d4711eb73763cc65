//! What a running server does by itself, once an hour.

use std::time::Duration;

use service::{Office, account, audit};
use tokio::sync::watch;

const EVERY: Duration = Duration::from_secs(3600);

/// Sweeps until `stopping` turns true. A sweep that fails is logged and tried again an hour later.
pub async fn run(office: Office, mut stopping: watch::Receiver<bool>) {
    let mut tick = tokio::time::interval(EVERY);
    loop {
        tokio::select! {
            _ = tick.tick() => sweep(&office).await,
            changed = stopping.changed() => if changed.is_err() || *stopping.borrow() { return },
        }
    }
}

async fn sweep(office: &Office) {
    match account::sweep(office).await {
        Ok(0) => {}
        Ok(removed) => tracing::info!(removed, "sessions and links that were over are removed"),
        Err(error) => tracing::warn!(%error, "old sessions could not be removed"),
    }
    if let Err(error) = audit::log_readings(office).await {
        tracing::warn!(%error, "readings of people's data could not be entered in the log");
    }
}
