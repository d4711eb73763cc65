//! The task that shows each new checkpoint to the witnesses, once a second at most.

use std::{sync::Arc, time::Duration};

use ledger::SignedCheckpoint;
use service::{
    Office,
    transparency::{LogFiles, refuse},
};
use tokio::sync::{mpsc, watch};

use super::{
    Rounds, Witnesses,
    challenge::{doubt, prove, stands},
};

/// Two rounds lie at least so far apart.
const EVERY: Duration = Duration::from_secs(1);

/// Asks until `stopping` turns true. `published` holds the newest published checkpoint; what the witnesses give goes to
/// `cosigned`. When one of them remembers another history, nothing is signed any more.
pub async fn run(
    office: Office,
    files: LogFiles,
    witnesses: Witnesses,
    published: watch::Receiver<Option<SignedCheckpoint>>,
    cosigned: mpsc::Sender<SignedCheckpoint>,
    mut stopping: watch::Receiver<bool>,
) {
    let mut rounds = Rounds::new(Arc::clone(&witnesses.policy));
    let mut tick = tokio::time::interval(EVERY);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = tick.tick() => {}
            changed = stopping.changed() => if changed.is_err() || *stopping.borrow() { return },
        }
        let Some(note) = published.borrow().clone() else { continue };
        let (ask, files) = (Arc::clone(&witnesses.ask), files.clone());
        let turn = tokio::task::spawn_blocking(move || {
            let brought = rounds.turn(ask.as_ref(), &note, &|old| prove(&files, &note, old));
            (rounds, brought)
        });
        let Ok((back, brought)) = turn.await else { return };
        rounds = back;
        for (witness, error) in brought.failed {
            tracing::warn!(witness, %error, "no cosignature; the log goes on, and the witness is asked again");
        }
        if let Some((name, error)) = brought.fork {
            let doubt = doubt(name, &error);
            // What cannot be asked of the database now is asked again with the next checkpoint.
            if stands(&office, &doubt).await.unwrap_or(false) {
                refuse(&office, &doubt);
                return;
            }
        }
        if let Some(note) = brought.note
            && cosigned.send(note).await.is_err()
        {
            return;
        }
    }
}
