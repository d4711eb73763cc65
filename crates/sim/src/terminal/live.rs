//! A terminal that runs on its own.

use std::time::Duration;

use terminal::table::attlog::AttLine;
use tokio::{sync::mpsc, time::sleep};

use super::device::VirtualTerminal;

impl VirtualTerminal {
    /// Runs until the sender of punches is gone: uploads a punch as soon as it comes, polls in between as often as the server
    /// said, and after a failure keeps everything and waits as long as the server said.
    pub async fn run(mut self, mut punches: mpsc::Receiver<Vec<AttLine>>) {
        loop {
            let wait = match self.turn().await {
                Ok(()) => self.options().map(|o| o.delay),
                Err(_) => self.options().map(|o| o.error_delay),
            };
            let next = tokio::select! {
                next = punches.recv() => next,
                () = sleep(wait.unwrap_or(Duration::from_secs(5))) => continue,
            };
            match next {
                Some(new) => self.record(&new),
                None => break,
            }
        }
    }

    /// One upload and one poll.
    async fn turn(&mut self) -> Result<(), super::wire::LinkError> {
        self.upload().await?;
        self.poll().await?;
        Ok(())
    }
}
