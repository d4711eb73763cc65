//! The task that shows each new checkpoint to the witnesses, once a second at most.

use std::{sync::Arc, time::Duration};

use ledger::{SignedCheckpoint, witness::Policy};
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
    (published, cosigned): (watch::Receiver<Option<SignedCheckpoint>>, mpsc::Sender<SignedCheckpoint>),
    mut stopping: watch::Receiver<bool>,
) {
    warn_of_open_ways(&witnesses.policy);
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
        let brought;
        (rounds, brought) = match turn.await {
            Ok(done) => done,
            Err(error) => match error.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                Err(_) => return,
            },
        };
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

/// A witness can stop the log by its word. Without TLS anybody on the way can speak for it.
fn warn_of_open_ways(policy: &Policy) {
    for witness in policy.witnesses() {
        let open = witness.url.as_deref().and_then(|url| url.strip_prefix("http://"));
        let is_near =
            |rest: &str| ["127.0.0.1", "localhost", "[::1]"].iter().any(|host| rest.starts_with(host));
        if open.is_some_and(|rest| !is_near(rest)) {
            tracing::warn!(
                witness = witness.name,
                "it answers without TLS: anybody on the way can stop the log by a false answer; use https"
            );
        }
    }
}
