//! What became of the requests.

use std::time::Duration;

/// What became of one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It was answered with this status.
    Answered(u16),
    /// The connection broke or the answer did not come in time: nobody knows.
    Broken,
    /// No connection was free when it was due, nor until the sender lost its patience: it was never sent.
    Unsent,
}

/// One request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sample {
    /// When it was due, since the start.
    pub due: Duration,
    /// When it was sent, since the start; when it was given up, if it never was.
    pub sent: Duration,
    /// From when it was due until its answer was there.
    pub latency: Duration,
    /// What became of it.
    pub fate: Fate,
}

impl Sample {
    /// From when it was sent until its answer was there: what the server alone took.
    pub fn service(&self) -> Duration {
        (self.due + self.latency).saturating_sub(self.sent)
    }
}

/// All requests of a run.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// One for each.
    pub samples: Vec<Sample>,
    /// CPU time of the senders.
    pub cpu: Duration,
    /// From the start until the last answer.
    pub elapsed: Duration,
}

impl Tally {
    /// How many were answered with `status`.
    pub fn answered(&self, status: u16) -> usize {
        self.count(|sample| sample.fate == Fate::Answered(status))
    }

    /// How many meet a condition.
    pub fn count(&self, holds: impl Fn(&Sample) -> bool) -> usize {
        self.samples.iter().filter(|sample| holds(sample)).count()
    }

    /// The latencies of those that meet a condition, shortest first.
    pub fn latencies(&self, holds: impl Fn(&Sample) -> bool) -> Vec<Duration> {
        let mut all: Vec<Duration> =
            self.samples.iter().filter(|sample| holds(sample)).map(|sample| sample.latency).collect();
        all.sort_unstable();
        all
    }

    /// The times from sending to the answer of those that meet a condition, shortest first.
    pub fn services(&self, holds: impl Fn(&Sample) -> bool) -> Vec<Duration> {
        let mut all: Vec<Duration> =
            self.samples.iter().filter(|sample| holds(sample)).map(Sample::service).collect();
        all.sort_unstable();
        all
    }

    /// Puts another part of the same run in.
    pub(super) fn add(&mut self, part: Tally) {
        self.samples.extend(part.samples);
        self.cpu += part.cpu;
        self.elapsed = self.elapsed.max(part.elapsed);
    }
}

/// The value that `share` (0 to 1) of sorted values do not exceed; zero for none.
pub fn quantile(sorted: &[Duration], share: f64) -> Duration {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "an index within the slice"
    )]
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.saturating_sub(1).min(sorted.len().saturating_sub(1))).copied().unwrap_or_default()
}
