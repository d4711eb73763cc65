//! What a running server does by itself, once an hour; once a day it compares the whole database with the log.

use std::time::Duration;

use service::{
    Office, account, audit,
    transparency::{LogFiles, compare_in_time},
};
use tokio::sync::watch;

const EVERY: Duration = Duration::from_secs(3600);

/// Sweeps until `stopping` turns true. A sweep that fails is logged and tried again an hour later. Whoever stops the server
/// waits for no sweep and no comparison; the next start begins them anew.
pub async fn run(office: Office, files: LogFiles, mut stopping: watch::Receiver<bool>) {
    let work = async {
        let mut tick = tokio::time::interval(EVERY);
        tick.tick().await;
        // A server that has just started has other things to do than to compare.
        sweep(&office).await;
        loop {
            tick.tick().await;
            sweep(&office).await;
            compare(&office, &files).await;
        }
    };
    tokio::select! {
        () = work => {}
        _ = stopping.wait_for(|stopping| *stopping) => {}
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

async fn compare(office: &Office, files: &LogFiles) {
    match compare_in_time(office, files).await {
        Ok(None) => {}
        Ok(Some(found)) if found.fits() => {
            tracing::info!(entries = found.entries, rows = found.rows, "the database is as it was logged");
        }
        // The rows themselves are personal data and do not belong into the log of a server.
        Ok(Some(found)) => tracing::error!(
            findings = found.findings,
            "the database is NOT as it was logged; `hadir verify facts` shows what differs"
        ),
        Err(error) => {
            tracing::warn!(%error, source = ?error.source, "the database could not be compared with the log");
        }
    }
}
