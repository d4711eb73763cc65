//! The task that keeps SQLite's write-ahead log short, so that no commit has to.

use std::time::Duration;

use store::Db;
use tokio::sync::watch;

/// How often: at most what is written meanwhile is left to a commit.
const EVERY: Duration = Duration::from_millis(250);

/// Folds until `stopping` turns true.
pub async fn run(db: Db, mut stopping: watch::Receiver<bool>) {
    let mut tick = tokio::time::interval(EVERY);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut statements = 0;
    loop {
        tokio::select! {
            _ = tick.tick() => {}
            changed = stopping.changed() => if changed.is_err() || *stopping.borrow() { return },
        }
        // A quiet server is left alone.
        if db.statements() == statements {
            continue;
        }
        statements = db.statements();
        if let Err(error) = db.fold().await {
            tracing::warn!(%error, "the write-ahead log was not folded; trying again");
        }
    }
}
