//! The task that stores whatever waits.

use std::panic::AssertUnwindSafe;

use domain::ids::TenantId;
use futures_util::FutureExt;
use store::{
    Db, ErrorKind, StoreError, Tx,
    intake::{self, Taken, Tap},
};
use tokio::sync::{mpsc, oneshot};

use crate::{
    door::{IntakeError, Settings},
    work::Job,
};

type Reply = oneshot::Sender<Result<Taken, IntakeError>>;

/// A tap at the door, with the way back to its sender.
pub(crate) struct Waiting {
    pub(crate) tap: Tap,
    pub(crate) reply: Reply,
}

pub(crate) struct Writer {
    pub(crate) db: Db,
    pub(crate) tenant: TenantId,
    pub(crate) taps: mpsc::Receiver<Waiting>,
    pub(crate) work: mpsc::Receiver<Box<dyn Job>>,
    pub(crate) settings: Settings,
}

/// What one transaction stores: taps apart from work, each with the way back.
#[derive(Default)]
struct Batch {
    taps: Vec<Tap>,
    replies: Vec<Reply>,
    work: Vec<Box<dyn Job>>,
}

impl Batch {
    fn add(&mut self, Waiting { tap, reply }: Waiting) {
        self.taps.push(tap);
        self.replies.push(reply);
    }
}

/// What became of a batch: of its work, and of its taps.
type Stored = (Result<(), StoreError>, Result<Vec<Taken>, StoreError>);

impl Writer {
    pub(crate) async fn run(mut self) {
        while let Some(mut batch) = self.next().await {
            // A fault in one piece of work must not close the door to everybody.
            let stored = AssertUnwindSafe(self.store(&mut batch)).catch_unwind().await;
            answer(batch, stored.unwrap_or_else(|_| (Err(broken()), Err(broken()))));
        }
    }

    /// Waits until something waits, and takes what does: all taps that fit, and work until it is enough. Taps have a queue of
    /// their own, so that they never stand behind the parts of a long upload.
    async fn next(&mut self) -> Option<Batch> {
        let mut batch = Batch::default();
        let mut rows = 0;
        tokio::select! {
            biased;
            Some(tap) = self.taps.recv() => batch.add(tap),
            Some(job) = self.work.recv() => {
                rows += job.rows();
                batch.work.push(job);
            }
            else => return None,
        }
        while batch.taps.len() < self.settings.batch
            && let Ok(tap) = self.taps.try_recv()
        {
            batch.add(tap);
        }
        while rows < self.settings.rows
            && let Ok(job) = self.work.try_recv()
        {
            rows += job.rows();
            batch.work.push(job);
        }
        Some(batch)
    }

    /// One transaction for the batch. A collision with another node that took in the same punch is settled by reading again;
    /// work cannot be run twice, so only the taps are.
    async fn store(&self, batch: &mut Batch) -> Stored {
        match self.attempt(&mut batch.work, &batch.taps).await {
            Ok(taken) => (Ok(()), Ok(taken)),
            Err(error) if error.kind() == ErrorKind::Conflict && !batch.taps.is_empty() => {
                (Err(error), self.attempt(&mut [], &batch.taps).await)
            }
            Err(error) => (Err(same(&error)), Err(error)),
        }
    }

    async fn attempt(&self, work: &mut [Box<dyn Job>], taps: &[Tap]) -> Result<Vec<Taken>, StoreError> {
        let mut tx = self.db.begin_write(self.tenant).await?;
        for job in work {
            run(&mut tx, job.as_mut()).await?;
        }
        let taken = if taps.is_empty() { Vec::new() } else { intake::take(&mut tx, taps).await? };
        tx.commit().await?;
        Ok(taken)
    }
}

/// Runs a piece of work so that its failure undoes nothing but itself.
async fn run(tx: &mut Tx, job: &mut dyn Job) -> Result<(), StoreError> {
    let mark = tx.mark().await?;
    if job.run(tx).await { tx.keep(mark).await } else { tx.roll_back_to(mark).await }
}

/// Tells everybody. A sender that went away sends again and gets the same answer then.
fn answer(batch: Batch, (work, taps): Stored) {
    if let Some(error) = taps.as_ref().err().or(work.as_ref().err()) {
        let cause = std::error::Error::source(error);
        tracing::error!(%error, cause, taps = batch.taps.len(), work = batch.work.len(), "a batch was not stored");
    }
    match taps {
        Ok(taken) => {
            for (reply, taken) in batch.replies.into_iter().zip(taken) {
                let _ = reply.send(Ok(taken));
            }
        }
        Err(error) => {
            for reply in batch.replies {
                let _ = reply.send(Err(same(&error).into()));
            }
        }
    }
    for job in batch.work {
        job.answer(work.as_ref().copied().map_err(same));
    }
}

/// The error for each of those who wait.
fn same(error: &StoreError) -> StoreError {
    StoreError::new(error.kind(), error.to_string())
}

fn broken() -> StoreError {
    StoreError::new(ErrorKind::Other, "storing broke off; the log of the server tells where")
}
