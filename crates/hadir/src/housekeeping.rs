//! What a running server does by itself, once an hour; once a day it compares the whole database with the log.

use std::time::Duration;

use service::{Office, account, audit};
use tokio::sync::watch;

const EVERY: Duration = Duration::from_secs(3600);
/// The hour of the day, at the seat of the government, in which the comparison disturbs nobody.
const QUIET: i8 = 2;

/// Sweeps until `stopping` turns true. A sweep that fails is logged and tried again an hour later.
pub async fn run(office: Office, mut stopping: watch::Receiver<bool>) {
    let mut tick = tokio::time::interval(EVERY);
    loop {
        tokio::select! {
            _ = tick.tick() => {
                sweep(&office).await;
                if let Err(error) = compare_at_night(&office).await {
                    tracing::warn!(%error, "the database could not be compared with the log");
                }
            }
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

/// Somebody who changes rows behind the program is not to wait for the day on which an auditor looks.
async fn compare_at_night(office: &Office) -> store::Result<()> {
    let mut tx = office.db.begin_read(office.tenant).await?;
    let zone = store::tenant::own(&mut tx).await?.zone;
    if zone.local(office.now()).hour() != QUIET {
        return Ok(());
    }
    let checked = store::log::check(&mut tx).await?;
    if checked.findings.is_empty() {
        tracing::info!(entries = checked.entries, rows = checked.rows, "the database is as it was logged");
    } else {
        // The rows themselves are personal data and do not belong into the log of a server.
        let findings = checked.findings.len();
        tracing::error!(
            findings,
            "the database is NOT as it was logged; `hadir verify facts` shows what differs"
        );
    }
    Ok(())
}
