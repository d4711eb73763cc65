//! How long it takes from a press to its receipt, while the devices send.

use std::time::Duration;

use anyhow::Context;
use serde::Deserialize;
use service::{
    Office,
    transparency::{LogFiles, Proof, receipt},
};
use tokio::{
    task::JoinSet,
    time::{Instant, sleep, sleep_until},
};
use uuid::Uuid;

use super::{
    super::report::Report,
    client::{Body, Said},
    load::milliseconds,
    server::Running,
};

/// From one press to the next.
const EVERY: Duration = Duration::from_millis(200);
/// From one question for the receipt to the next.
const AGAIN: Duration = Duration::from_millis(50);
/// How long a receipt may take before the bench fails.
const PATIENCE: Duration = Duration::from_secs(60);
/// Milliseconds within which the receipt must be there.
const TARGET: f64 = 2_000.0;

/// Somebody who presses and waits for the receipt.
#[derive(Clone)]
struct Owner {
    office: Office,
    files: LogFiles,
    address: String,
    agent: ureq::Agent,
}

/// What a device is answered.
#[derive(Deserialize)]
struct Taken {
    id: Uuid,
}

/// Presses for `length`, beside the devices; from when each press was due until its receipt was there, and held.
///
/// # Errors
/// When a press is refused, or its receipt does not come or does not hold.
pub async fn watch(
    running: &Running,
    (day, seed): (i64, u64),
    length: Duration,
) -> anyhow::Result<Vec<Duration>> {
    let owner = Owner {
        office: running.office.clone(),
        files: running.files.clone(),
        address: format!("http://{}/api/presensi", running.server.pages),
        agent: ureq::Agent::new_with_defaults(),
    };
    let body = Body::days_ago(running, day, seed);
    let (start, mut waiting) = (Instant::now(), JoinSet::new());
    let dues = (1..).map(|number| EVERY * number).take_while(|due| *due <= length);
    for (number, due) in dues.enumerate() {
        let said = body.of(number);
        let token = running.devices[said.device].1.clone();
        waiting.spawn(owner.clone().wait(start + due, said, token));
    }
    let mut took = waiting.join_all().await.into_iter().collect::<anyhow::Result<Vec<_>>>()?;
    took.sort_unstable();
    Ok(took)
}

/// The percentiles.
pub fn report(took: &[Duration], report: &mut Report) {
    report.compare("receipt_p50", milliseconds(took, 0.5), "ms", ("target", TARGET));
    report.compare("receipt_p99", milliseconds(took, 0.99), "ms", ("target", TARGET));
}

impl Owner {
    /// Presses at `due` and asks until the receipt is there.
    async fn wait(self, due: Instant, said: Said, token: String) -> anyhow::Result<Duration> {
        sleep_until(due).await;
        let asked = self.clone();
        let punch = tokio::task::spawn_blocking(move || asked.press(&said, &token)).await??;
        loop {
            // As the page does behind the login of the owner.
            if let Proof::Receipt(receipt) = receipt(&self.office, &self.files, punch.into_bytes()).await? {
                let took = due.elapsed();
                let origin = receipt.checkpoint().checkpoint().origin();
                let sealer = self.office.db.sealer().context("the bench signs its log")?;
                receipt.verify(&[sealer.verifier(origin)?], None).context("a receipt does not hold")?;
                return Ok(took);
            }
            anyhow::ensure!(due.elapsed() < PATIENCE, "no receipt within {PATIENCE:?}");
            sleep(AGAIN).await;
        }
    }

    /// The punch that the press became.
    fn press(&self, said: &Said, token: &str) -> anyhow::Result<Uuid> {
        let call = self.agent.post(&self.address).header("Authorization", format!("Bearer {token}"));
        let mut answer = call.content_type("application/json").send(said.json())?;
        let taken: Taken = serde_json::from_str(&answer.body_mut().read_to_string()?)?;
        Ok(taken.id)
    }
}
