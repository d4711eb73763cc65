//! The tasks of a server, and what happens when one of them ends although nobody has stopped it.

use std::{future::Future, sync::Arc, time::Duration};

use store::log::Sealer;
use tokio::{
    sync::watch,
    task::{JoinError, JoinHandle},
};

/// How long a side task rests after it has broken.
const REST: Duration = Duration::from_secs(60);

/// Starts tasks and watches over them.
#[derive(Debug)]
pub struct Tasks {
    stopping: watch::Receiver<bool>,
    fallen: watch::Sender<Option<&'static str>>,
    running: Vec<JoinHandle<()>>,
    rest: Duration,
}

impl Tasks {
    /// None yet; all of them are expected to end once `stopping` is true.
    pub fn new(stopping: watch::Receiver<bool>) -> Tasks {
        Tasks { stopping, fallen: watch::Sender::new(None), running: Vec::new(), rest: REST }
    }

    /// A task without which there is nothing to serve. When it ends, the server ends.
    pub fn need(&mut self, name: &'static str, task: JoinHandle<()>) {
        let (stopping, fallen) = (self.stopping.clone(), self.fallen.clone());
        self.running.push(tokio::spawn(async move {
            let ended = task.await;
            let is_expected = *stopping.borrow() || ended.as_ref().is_err_and(JoinError::is_cancelled);
            if !is_expected {
                tracing::error!(task = name, why = said(&ended), "it has ended by itself; the server stops");
                fallen.send_replace(Some(name));
            }
        }));
    }

    /// A task beside the serving of people. When it breaks, it begins again a minute later.
    pub fn side<F: Future<Output = ()> + Send + 'static>(
        &mut self,
        name: &'static str,
        task: impl Fn() -> F + Send + 'static,
    ) {
        let (mut stopping, rest) = (self.stopping.clone(), self.rest);
        self.running.push(tokio::spawn(async move {
            loop {
                let ended = tokio::spawn(task()).await;
                // One that returns has its reasons; one that is cancelled ends with the program.
                if ended.as_ref().map_or_else(JoinError::is_cancelled, |()| true) {
                    return;
                }
                tracing::error!(task = name, why = said(&ended), "it has broken; it begins again soon");
                tokio::select! {
                    () = tokio::time::sleep(rest) => {}
                    _ = stopping.wait_for(|stopping| *stopping) => return,
                }
            }
        }));
    }

    /// Waits until a needed task has ended by itself; its name.
    pub async fn fallen(&self) -> &'static str {
        let mut fallen = self.fallen.subscribe();
        let name = fallen.wait_for(Option::is_some).await.ok().and_then(|name| *name);
        match name {
            Some(name) => name,
            None => std::future::pending().await,
        }
    }

    /// Waits until all have ended.
    pub async fn finished(self) {
        for task in self.running {
            task.await.ok();
        }
    }
}

/// Starts the one who publishes the log. When it breaks, nothing is signed any more until a restart: a log that grows unseen
/// binds nobody.
pub fn publisher(
    sealer: Option<Arc<Sealer>>,
    task: impl Future<Output = ()> + Send + 'static,
) -> JoinHandle<()> {
    let task = tokio::spawn(task);
    tokio::spawn(async move {
        let ended = task.await;
        let has_broken = ended.as_ref().is_err_and(JoinError::is_panic);
        if let (true, Some(sealer)) = (has_broken, sealer) {
            sealer
                .refuse(format!("publishing the log has broken ({}); start the server again", said(&ended)));
        }
    })
}

/// The last words of a task, as far as they are known; the panic itself was reported when it happened.
fn said(ended: &Result<(), JoinError>) -> String {
    match ended {
        Ok(()) => "it returned".to_owned(),
        Err(error) => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use store::testing::sealer;

    use super::*;

    fn tasks() -> (watch::Sender<bool>, Tasks) {
        let (stop, stopping) = watch::channel(false);
        (stop, Tasks { rest: Duration::ZERO, ..Tasks::new(stopping) })
    }

    #[tokio::test]
    async fn a_needed_task_that_ends_by_itself_ends_the_server() {
        for ends_in_panic in [true, false] {
            let (_stop, mut tasks) = tasks();
            tasks.need("pages", tokio::spawn(std::future::pending()));
            tasks.need("terminals", tokio::spawn(async move { assert!(!ends_in_panic, "broken") }));
            assert_eq!(tasks.fallen().await, "terminals");
        }
    }

    #[tokio::test]
    async fn a_needed_task_may_end_when_the_server_stops() {
        let (stop, mut tasks) = tasks();
        let mut stopping = tasks.stopping.clone();
        tasks.need("pages", tokio::spawn(async move { drop(stopping.wait_for(|s| *s).await) }));
        stop.send_replace(true);
        let fallen = tasks.fallen.subscribe();
        tasks.finished().await;
        assert_eq!(*fallen.borrow(), None);
    }

    #[tokio::test]
    async fn a_side_task_that_breaks_begins_again() {
        let (_stop, mut tasks) = tasks();
        let turns = Arc::new(AtomicU32::new(0));
        let counted = Arc::clone(&turns);
        tasks.side("letters", move || {
            let turn = counted.fetch_add(1, Ordering::SeqCst);
            async move { assert!(turn == 2, "broken") }
        });
        tasks.finished().await;
        assert_eq!(turns.load(Ordering::SeqCst), 3);
    }

    #[tokio::test]
    async fn nothing_is_signed_any_more_when_publishing_has_broken() {
        let (good, broken) = (sealer(), sealer());
        publisher(Some(Arc::clone(&good)), async {}).await.unwrap();
        assert_eq!(good.refusal(), None);
        publisher(Some(Arc::clone(&broken)), async { panic!("a tile of no size") }).await.unwrap();
        let reason = &broken.refusal().unwrap().reason;
        assert!(reason.contains("publishing the log has broken"), "{reason}");
    }
}
