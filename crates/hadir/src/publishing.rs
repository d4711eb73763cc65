//! The task that publishes the transparency log, at most a second after the facts, and takes in what its witnesses give.

use std::{io::ErrorKind, sync::Arc, time::Duration};

use ledger::{SignedCheckpoint, witness::Policy};
use service::{
    Office,
    transparency::{LogFiles, Publishing, PublishingError, publish, refuse},
};
use tokio::{
    sync::{mpsc, watch},
    task::JoinHandle,
};

use crate::{
    serve::PublishedLog,
    supervision::{self, Tasks},
    witnessing::{self, challenge},
};

/// Two turns lie at least so far apart.
const EVERY: Duration = Duration::from_millis(500);
/// How often files that fuller ones have replaced are removed.
const SWEEP_EVERY: Duration = Duration::from_secs(3600);

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

/// Starts publishing, which ends when `all_written` turns true, and, if there are witnesses, asking them. Before it returns
/// the witnesses were shown what is published, so that nothing is signed that they would contradict.
///
/// # Errors
/// When the database cannot be read.
pub async fn start(
    office: &Office,
    publishing: Publishing,
    log: PublishedLog,
    tasks: &mut Tasks,
    (stopping, all_written): (&watch::Receiver<bool>, watch::Receiver<bool>),
) -> anyhow::Result<JoinHandle<()>> {
    // A checkpoint that cannot be read was reported by the first turn; it is no reason not to serve.
    let (show, published) = watch::channel(publishing.newest().ok().flatten());
    let (give, cosigned) = mpsc::channel(1);
    let mut policy = None;
    if let Some(witnesses) = log.witnesses {
        if let Some(doubt) = challenge(office, &log.files, &witnesses).await? {
            refuse(office, &doubt);
        }
        policy = Some(Arc::clone(&witnesses.policy));
        let (office, files, stopping) = (office.clone(), log.files, stopping.clone());
        tasks.side("witnesses", move || {
            let ends = (published.clone(), give.clone());
            witnessing::run(office.clone(), files.clone(), witnesses.clone(), ends, stopping.clone())
        });
    }
    let ends = Ends { show, cosigned, policy };
    let publishing = run(office.clone(), publishing, ends, all_written);
    Ok(supervision::publisher(office.db.sealer().cloned(), publishing))
}

/// What connects publishing with the witnesses.
struct Ends {
    show: watch::Sender<Option<SignedCheckpoint>>,
    cosigned: mpsc::Receiver<SignedCheckpoint>,
    policy: Option<Arc<Policy>>,
}

/// Publishes until nobody writes any more, and once more then. When the files may have been damaged, nothing is signed any
/// more until a restart.
async fn run(
    office: Office,
    mut publishing: Publishing,
    mut ends: Ends,
    mut all_written: watch::Receiver<bool>,
) {
    let mut tick = tokio::time::interval(EVERY);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut sweep = tokio::time::interval(SWEEP_EVERY);
    loop {
        let work = tokio::select! {
            _ = tick.tick() => Work::Publish,
            _ = sweep.tick() => Work::Sweep,
            Some(note) = ends.cosigned.recv() => Work::Add(note),
            _ = all_written.wait_for(|done| *done) => Work::End,
        };
        let is_last = matches!(work, Work::End);
        let goes_on;
        (publishing, goes_on) = match (work, &ends.policy) {
            (Work::Add(note), Some(policy)) => add(&office, publishing, note, Arc::clone(policy)).await,
            (Work::Sweep, _) => clean(&office, publishing).await,
            _ => turn_and_show(&office, publishing, &ends.show).await,
        };
        if is_last {
            return;
        }
        if !goes_on {
            break;
        }
    }
    // Nobody else may publish, and no command may mend, while a server lives that refuses to sign: the folder stays held.
    drop(ends);
    all_written.wait_for(|done| *done).await.ok();
    drop(publishing);
}

/// What is to be done in the folder now.
enum Work {
    /// Publish what is new.
    Publish,
    /// Add cosignatures.
    Add(SignedCheckpoint),
    /// Remove files that fuller ones have replaced.
    Sweep,
    /// Publish what is new, for the last time.
    End,
}

/// Publishes once; whether there may be another turn. At the start this proves that the database goes on from the published
/// files, before anything new is signed.
pub async fn turn(office: &Office, publishing: Publishing) -> (Publishing, bool) {
    let (publishing, result) = publish(office, publishing).await;
    let goes_on = result.map_or_else(|error| goes_on(office, &error), |_| true);
    (publishing, goes_on)
}

async fn turn_and_show(
    office: &Office,
    publishing: Publishing,
    show: &watch::Sender<Option<SignedCheckpoint>>,
) -> (Publishing, bool) {
    let (publishing, result) = publish(office, publishing).await;
    match result {
        Ok(None) => (publishing, true),
        Ok(Some(published)) => {
            show.send_replace(Some(published.checkpoint));
            (publishing, true)
        }
        Err(error) => (publishing, goes_on(office, &error)),
    }
}

/// Publishes the cosignatures of a checkpoint.
async fn add(
    office: &Office,
    publishing: Publishing,
    note: SignedCheckpoint,
    policy: Arc<Policy>,
) -> (Publishing, bool) {
    let (publishing, added) =
        blocking(publishing, move |publishing| publishing.add_cosignatures(&note, &policy)).await;
    match added {
        Ok(cosigning) => {
            let (size, witnesses) = (cosigning.size, cosigning.witnesses);
            tracing::debug!(size, witnesses, is_enough = cosigning.is_enough, "the log was cosigned");
            (publishing, true)
        }
        Err(error) => (publishing, goes_on(office, &error)),
    }
}

async fn clean(office: &Office, publishing: Publishing) -> (Publishing, bool) {
    let (publishing, swept) = blocking(publishing, Publishing::sweep).await;
    let goes_on = swept.map_or_else(|error| goes_on(office, &error), |_| true);
    (publishing, goes_on)
}

/// Does what waits for the disk on a thread that may wait.
async fn blocking<T: Send + 'static>(
    mut publishing: Publishing,
    work: impl FnOnce(&mut Publishing) -> T + Send + 'static,
) -> (Publishing, T) {
    let done = tokio::task::spawn_blocking(move || {
        let done = work(&mut publishing);
        (publishing, done)
    });
    match done.await {
        Ok(done) => done,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            // Cancelled: the runtime ends, and this task with it.
            Err(_) => std::future::pending().await,
        },
    }
}

/// Whether the error lets another turn be tried; if not, signing ends here.
fn goes_on(office: &Office, error: &PublishingError) -> bool {
    if !error.must_stop() {
        tracing::warn!(%error, "the log was not published; trying again");
        return true;
    }
    if let Some(sealer) = office.db.sealer() {
        sealer.refuse(format!("the log could not be published: {error}; `hadir log` names the ways on"));
    }
    false
}
