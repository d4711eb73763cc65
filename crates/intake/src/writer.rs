//! The task that stores whatever waits.

use domain::ids::TenantId;
use store::{
    Db, ErrorKind, StoreError, Tx,
    intake::{self, Taken, Tap},
};
use tokio::sync::{mpsc, oneshot};

use crate::{door::IntakeError, work::Job};

/// What waits at the door.
pub(crate) enum Item {
    Tap(Box<Tap>, oneshot::Sender<Result<Taken, IntakeError>>),
    Work(Box<dyn Job>),
}

pub(crate) struct Writer {
    pub(crate) db: Db,
    pub(crate) tenant: TenantId,
    pub(crate) waiting: mpsc::Receiver<Item>,
    pub(crate) batch: usize,
}

/// A batch on its way: taps apart from work, each with the way back.
#[derive(Default)]
struct Batch {
    taps: Vec<Tap>,
    replies: Vec<oneshot::Sender<Result<Taken, IntakeError>>>,
    work: Vec<Box<dyn Job>>,
}

impl Writer {
    pub(crate) async fn run(mut self) {
        let mut items = Vec::with_capacity(self.batch);
        while self.waiting.recv_many(&mut items, self.batch).await > 0 {
            let mut batch = Batch::default();
            for item in items.drain(..) {
                match item {
                    Item::Tap(tap, reply) => {
                        batch.taps.push(*tap);
                        batch.replies.push(reply);
                    }
                    Item::Work(job) => batch.work.push(job),
                }
            }
            let stored = self.store(&mut batch).await;
            answer(batch, stored);
        }
    }

    /// One transaction for the batch. A collision with another node that took in the same punch is settled by reading again,
    /// unless there is work in the batch, which cannot be run twice.
    async fn store(&self, batch: &mut Batch) -> Result<Vec<Taken>, StoreError> {
        match self.attempt(batch).await {
            Err(error) if error.kind() == ErrorKind::Conflict && batch.work.is_empty() => {
                self.attempt(batch).await
            }
            result => result,
        }
    }

    async fn attempt(&self, batch: &mut Batch) -> Result<Vec<Taken>, StoreError> {
        let mut tx = self.db.begin_write(self.tenant).await?;
        for job in &mut batch.work {
            run(&mut tx, job.as_mut()).await?;
        }
        let taken =
            if batch.taps.is_empty() { Vec::new() } else { intake::take(&mut tx, &batch.taps).await? };
        tx.commit().await?;
        Ok(taken)
    }
}

/// Runs a piece of work so that its failure undoes nothing but itself.
async fn run(tx: &mut Tx, job: &mut dyn Job) -> Result<(), StoreError> {
    let mark = tx.mark().await?;
    if job.run(tx).await { tx.keep(mark).await } else { tx.roll_back_to(mark).await }
}

fn answer(batch: Batch, stored: Result<Vec<Taken>, StoreError>) {
    // A sender that went away sends again and gets the same answer then.
    match stored {
        Ok(taken) => {
            for (reply, taken) in batch.replies.into_iter().zip(taken) {
                let _ = reply.send(Ok(taken));
            }
            for mut job in batch.work {
                job.answer(Ok(()));
            }
        }
        Err(error) => {
            tracing::error!(%error, taps = batch.taps.len(), work = batch.work.len(), "a batch was not stored");
            for reply in batch.replies {
                let _ = reply.send(Err(same(&error).into()));
            }
            for mut job in batch.work {
                job.answer(Err(same(&error)));
            }
        }
    }
}

/// The error for each of those who wait.
fn same(error: &StoreError) -> StoreError {
    StoreError::new(error.kind(), error.to_string())
}
