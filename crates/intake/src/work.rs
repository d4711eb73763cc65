//! Something larger than a tap that goes through the door: an upload of a terminal, a file, a punch written down by hand.

use async_trait::async_trait;
use store::{StoreError, Tx};
use tokio::sync::oneshot;

/// A piece of work inside the writer's transaction. It may be undone alone, and is called once.
#[async_trait]
pub trait Work: Send + 'static {
    /// What the sender gets when everything is durable.
    type Answer: Send + 'static;
    /// Why the work refuses; its part of the transaction is undone then.
    type Refusal: From<StoreError> + Send + 'static;

    /// About how many rows it writes. Whoever has more than 2,000 makes several pieces of them: others wait for each.
    fn rows(&self) -> usize {
        1
    }

    /// Does it.
    ///
    /// # Errors
    /// The refusal that the sender gets.
    async fn run(self, tx: &mut Tx) -> Result<Self::Answer, Self::Refusal>;
}

/// [`Work`] of any kind together with the way back to its sender.
#[async_trait]
pub(crate) trait Job: Send {
    /// See [`Work::rows`].
    fn rows(&self) -> usize;
    /// Runs it; whether its part of the transaction is to be kept.
    async fn run(&mut self, tx: &mut Tx) -> bool;
    /// Answers, after the commit or with the reason why there was none.
    fn answer(self: Box<Self>, committed: Result<(), StoreError>);
}

pub(crate) struct Pending<W: Work> {
    work: Option<W>,
    rows: usize,
    result: Option<Result<W::Answer, W::Refusal>>,
    reply: oneshot::Sender<Result<W::Answer, W::Refusal>>,
}

impl<W: Work> Pending<W> {
    pub(crate) fn new(work: W, reply: oneshot::Sender<Result<W::Answer, W::Refusal>>) -> Self {
        Self { rows: work.rows(), work: Some(work), result: None, reply }
    }
}

#[async_trait]
impl<W: Work> Job for Pending<W> {
    fn rows(&self) -> usize {
        self.rows
    }

    async fn run(&mut self, tx: &mut Tx) -> bool {
        let Some(work) = self.work.take() else { return false };
        let result = work.run(tx).await;
        let is_done = result.is_ok();
        self.result = Some(result);
        is_done
    }

    fn answer(self: Box<Self>, committed: Result<(), StoreError>) {
        let said = match (self.result, committed) {
            (Some(Err(refusal)), _) => Err(refusal),
            (_, Err(error)) => Err(error.into()),
            (Some(Ok(answer)), Ok(())) => Ok(answer),
            (None, Ok(())) => return,
        };
        // A sender that went away does not matter.
        let _ = self.reply.send(said);
    }
}
