//! The search for the highest rate that is kept up.

use std::time::Duration;

use sim::load::{Curve, Tally};

use super::{
    TARGET_P99,
    client::Client,
    load::{CONNECTIONS, is_accepted, milliseconds},
};

/// Seconds of a step.
const STEP: Duration = Duration::from_secs(4);
/// By how much the rate goes up and down.
const UP: f64 = 1.25;
/// Steps in one direction, at most.
const TRIES: usize = 12;

/// Something that keeps a rate up or does not.
pub trait Try {
    /// Whether it does, once.
    async fn once(&mut self, rate: f64) -> anyhow::Result<bool>;

    /// A machine that stands still for a moment is no limit of ours: a rate is not kept up when it fails twice in a row.
    async fn holds(&mut self, rate: f64) -> anyhow::Result<bool> {
        Ok(self.once(rate).await? || self.once(rate).await?)
    }
}

impl Try for Client {
    async fn once(&mut self, rate: f64) -> anyhow::Result<bool> {
        Ok(keeps_up(&self.send((Curve::Steady, rate), STEP, CONNECTIONS, None).await?))
    }
}

/// The highest step that is kept up, from `first` on.
///
/// # Errors
/// When none is, or a try fails.
pub async fn search(server: &mut impl Try, first: f64) -> anyhow::Result<f64> {
    let mut rate = first;
    if server.holds(rate).await? {
        for _ in 0..TRIES {
            if !server.holds(rate * UP).await? {
                break;
            }
            rate *= UP;
        }
        return Ok(rate);
    }
    // Down in large steps until one is kept up, then in small ones from just below the last that was not.
    let mut down = 0;
    while !server.holds(rate / 2.0).await? {
        rate /= 2.0;
        down += 1;
        anyhow::ensure!(down < TRIES, "this machine sustains no rate within {TARGET_P99} ms");
    }
    let lowest = rate / 2.0;
    rate /= UP;
    while rate > lowest {
        if server.holds(rate).await? {
            return Ok(rate);
        }
        rate /= UP;
    }
    Ok(lowest)
}

/// Whether everything was accepted and in time.
pub fn keeps_up(tally: &Tally) -> bool {
    let all = tally.samples.len();
    tally.answered(200) == all && milliseconds(&tally.latencies(is_accepted), 0.99) < TARGET_P99
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keeps up rates up to `most`, but stands still at every `pause`th try.
    struct Machine {
        most: f64,
        pause: usize,
        tries: usize,
    }

    impl Try for Machine {
        async fn once(&mut self, rate: f64) -> anyhow::Result<bool> {
            self.tries += 1;
            Ok(rate <= self.most && !self.tries.is_multiple_of(self.pause))
        }
    }

    async fn found(most: f64, pause: usize) -> (anyhow::Result<f64>, usize) {
        let mut machine = Machine { most, pause, tries: 0 };
        (search(&mut machine, 1_000.0).await, machine.tries)
    }

    #[tokio::test]
    async fn the_highest_step_is_found_from_both_sides_whatever_pauses_there_are() {
        for most in [40.0, 333.0, 640.0, 990.0, 1_000.0, 1_300.0, 7_000.0] {
            for pause in [2, 3, 5, usize::MAX] {
                let rate = found(most, pause).await.0.unwrap();
                assert!(rate <= most && rate > most / UP / UP, "{rate} of {most} with pauses at {pause}");
            }
        }
    }

    #[tokio::test]
    async fn a_server_that_keeps_nothing_up_ends_the_search() {
        let (rate, tries) = found(0.0, usize::MAX).await;
        assert!(rate.unwrap_err().to_string().contains("sustains no rate"));
        assert!(tries <= 2 * (TRIES + 1), "{tries}");
        let (rate, tries) = found(f64::INFINITY, usize::MAX).await;
        assert!(rate.is_ok() && tries <= TRIES + 1, "{tries}");
    }
}
