//! The handle that senders hold.

use domain::ids::TenantId;
use store::{
    Db, StoreError,
    intake::{Taken, Tap},
};
use thiserror::Error;
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
};

use crate::{
    work::{Pending, Work},
    writer::{Item, Writer},
};

/// How much may wait and how much is stored together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Senders that may wait; the next one is told that the door is full.
    pub queue: usize,
    /// Most items of one transaction.
    pub batch: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { queue: 4_096, batch: 1_024 }
    }
}

/// Why a punch was not taken in. Nothing was stored then, or (after a broken connection to the database) nobody knows: the
/// sender tries again with the same name and can neither lose nor double it.
#[derive(Debug, Error)]
pub enum IntakeError {
    /// Too much waits already.
    #[error("too many punches wait; try again in a second")]
    Full,
    /// The program is stopping.
    #[error("the server is stopping; try again in a moment")]
    Stopping,
    /// The database refused or failed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for IntakeError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// The one door of a tenant on this node; cheap to clone.
#[derive(Debug, Clone)]
pub struct Door {
    queue: mpsc::Sender<Item>,
}

impl Door {
    /// Opens the door; the writer ends when the last handle is gone and everything was answered.
    pub fn open(db: Db, tenant: TenantId, settings: Settings) -> (Door, JoinHandle<()>) {
        let (queue, waiting) = mpsc::channel(settings.queue.max(1));
        let writer = Writer { db, tenant, waiting, batch: settings.batch.max(1) };
        (Door { queue }, tokio::spawn(writer.run()))
    }

    /// Takes a tap in. When this returns, it is durable and in the log.
    ///
    /// # Errors
    /// See [`IntakeError`].
    pub async fn tap(&self, tap: Tap) -> Result<Taken, IntakeError> {
        let (reply, answer) = oneshot::channel();
        self.queue.try_send(Item::Tap(Box::new(tap), reply)).map_err(refused)?;
        answer.await.unwrap_or(Err(IntakeError::Stopping))
    }

    /// Runs larger work in the writer's transaction; waits for its turn rather than being refused, because a terminal has no
    /// other way than to send everything again.
    ///
    /// # Errors
    /// What the work refuses, or what the database answers.
    pub async fn work<W: Work>(&self, work: W) -> Result<W::Answer, W::Refusal> {
        let (reply, answer) = oneshot::channel();
        let stopping = || StoreError::new(store::ErrorKind::Unavailable, IntakeError::Stopping.to_string());
        if self.queue.send(Item::Work(Box::new(Pending::new(work, reply)))).await.is_err() {
            return Err(stopping().into());
        }
        answer.await.unwrap_or_else(|_| Err(stopping().into()))
    }
}

fn refused(error: mpsc::error::TrySendError<Item>) -> IntakeError {
    match error {
        mpsc::error::TrySendError::Full(_) => IntakeError::Full,
        mpsc::error::TrySendError::Closed(_) => IntakeError::Stopping,
    }
}
