//! Something larger than a tap that goes through the door: an upload of a terminal, a file, a punch written down by hand.

use async_trait::async_trait;
use store::{StoreError, Tx};

/// A piece of work inside the writer's transaction. It may be undone alone, and is called once.
#[async_trait]
pub trait Work: Send + 'static {
    /// What the sender gets when everything is durable.
    type Answer: Send + 'static;
    /// Why the work refuses; its part of the transaction is undone then.
    type Refusal: From<StoreError> + Send + 'static;

    /// Does it.
    ///
    /// # Errors
    /// The refusal that the sender gets.
    async fn run(self, tx: &mut Tx) -> Result<Self::Answer, Self::Refusal>;
}

/// [`Work`] of any kind together with the way back to its sender.
#[async_trait]
pub(crate) trait Job: Send {
    /// Runs it; whether its part of the transaction is to be kept.
    async fn run(&mut self, tx: &mut Tx) -> bool;
    /// Answers, after the commit or with the reason why there was none.
    fn answer(&mut self, committed: Result<(), StoreError>);
}

pub(crate) struct Pending<W: Work> {
    work: Option<W>,
    result: Option<Result<W::Answer, W::Refusal>>,
    reply: Option<tokio::sync::oneshot::Sender<Result<W::Answer, W::Refusal>>>,
}

impl<W: Work> Pending<W> {
    pub(crate) fn new(work: W, reply: tokio::sync::oneshot::Sender<Result<W::Answer, W::Refusal>>) -> Self {
        Self { work: Some(work), result: None, reply: Some(reply) }
    }
}

#[async_trait]
impl<W: Work> Job for Pending<W> {
    async fn run(&mut self, tx: &mut Tx) -> bool {
        let Some(work) = self.work.take() else { return false };
        let result = work.run(tx).await;
        let is_done = result.is_ok();
        self.result = Some(result);
        is_done
    }

    fn answer(&mut self, committed: Result<(), StoreError>) {
        let (Some(reply), Some(result)) = (self.reply.take(), self.result.take()) else { return };
        // Who refused hears the refusal; who succeeded hears of the commit. A sender that went away does not matter.
        let _ = reply.send(result.and_then(|answer| committed.map(|()| answer).map_err(W::Refusal::from)));
    }
}
