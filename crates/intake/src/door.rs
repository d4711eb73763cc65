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
    work::{Job, Pending, Work},
    writer::{Waiting, Writer},
};

/// How much may wait and how much is stored together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Taps that may wait, the next one is told that the door is full; as many pieces of work, the next one waits outside.
    /// Together with a batch fewer than the connections that the server accepts, or nobody would ever be told.
    pub queue: usize,
    /// Most taps of one transaction.
    pub batch: usize,
    /// A transaction that has work of so many rows takes no more of it, so that nobody waits for the uploads of all.
    pub rows: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { queue: 2_048, batch: 1_024, rows: 2_000 }
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
#[derive(Clone)]
pub struct Door {
    taps: mpsc::Sender<Waiting>,
    work: mpsc::Sender<Box<dyn Job>>,
}

impl std::fmt::Debug for Door {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Door").field("free", &self.taps.capacity()).finish_non_exhaustive()
    }
}

impl Door {
    /// Opens the door; the writer ends when the last handle is gone and everything was answered.
    pub fn open(db: Db, tenant: TenantId, settings: Settings) -> (Door, JoinHandle<()>) {
        let (door, writer) = Self::with_writer(db, tenant, settings);
        (door, tokio::spawn(writer.run()))
    }

    /// [`Door::open`] with the writer on a thread and a runtime of its own. Beside the requests of a rush it would have to
    /// wait behind them at each of its statements; the system gives a thread that mostly waits its turn at once.
    ///
    /// # Errors
    /// When the system gives no runtime.
    pub fn open_on_thread(
        db: &Db,
        tenant: TenantId,
        settings: Settings,
    ) -> std::io::Result<(Door, JoinHandle<()>)> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let entered = runtime.enter();
        let (door, writer) = Self::with_writer(db.on_this_runtime(), tenant, settings);
        drop(entered);
        Ok((door, tokio::task::spawn_blocking(move || runtime.block_on(writer.run()))))
    }

    fn with_writer(db: Db, tenant: TenantId, settings: Settings) -> (Door, Writer) {
        let (taps, waiting) = mpsc::channel(settings.queue.max(1));
        let (work, waiting_work) = mpsc::channel(settings.queue.max(1));
        (Door { taps, work }, Writer { db, tenant, taps: waiting, work: waiting_work, settings })
    }

    /// Takes a tap in. When this returns, it is durable and in the log.
    ///
    /// # Errors
    /// See [`IntakeError`].
    pub async fn tap(&self, tap: Tap) -> Result<Taken, IntakeError> {
        let (reply, answer) = oneshot::channel();
        self.taps.try_send(Waiting { tap, reply }).map_err(|error| refused(&error))?;
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
        if self.work.send(Box::new(Pending::new(work, reply))).await.is_err() {
            return Err(stopping().into());
        }
        answer.await.unwrap_or_else(|_| Err(stopping().into()))
    }
}

fn refused(error: &mpsc::error::TrySendError<Waiting>) -> IntakeError {
    match error {
        mpsc::error::TrySendError::Full(_) => IntakeError::Full,
        mpsc::error::TrySendError::Closed(_) => IntakeError::Stopping,
    }
}
