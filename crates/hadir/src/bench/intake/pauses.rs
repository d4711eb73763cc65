//! What the machine itself does to latencies: how long it lets a thread that never waits stand still.

use std::{
    thread,
    time::{Duration, Instant},
};

use super::super::report::{Report, float};

/// How long each thread looks at the clock.
const LENGTH: Duration = Duration::from_secs(3);
/// A gap between two looks that is longer is a pause: a thread that shares its core with nobody needs microseconds.
const NOTABLE: Duration = Duration::from_millis(2);

/// Pauses of one thread, or of several.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Pauses {
    longest: Duration,
    total: Duration,
}

impl Pauses {
    /// Takes note of the time between two looks at the clock.
    fn note(&mut self, gap: Duration) {
        if gap > NOTABLE {
            self.longest = self.longest.max(gap);
            self.total += gap;
        }
    }

    /// Both together.
    fn and(self, other: Pauses) -> Pauses {
        Pauses { longest: self.longest.max(other.longest), total: self.total + other.total }
    }
}

/// Measures on every core while nothing else of this process runs.
pub fn measure(report: &mut Report) {
    let cores = report.cores;
    let threads: Vec<_> = (0..cores).map(|_| thread::spawn(watch)).collect();
    let pauses =
        threads.into_iter().filter_map(|thread| thread.join().ok()).fold(Pauses::default(), Pauses::and);
    report.add("machine_pause_longest", pauses.longest.as_secs_f64() * 1e3, "ms");
    report.add("machine_paused", pauses.total.as_secs_f64() / (LENGTH.as_secs_f64() * float(cores)), "ratio");
}

/// Looks at the clock again and again.
fn watch() -> Pauses {
    let (start, mut pauses) = (Instant::now(), Pauses::default());
    let mut last = start;
    while last - start < LENGTH {
        let now = Instant::now();
        pauses.note(now - last);
        last = now;
    }
    pauses
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_long_gaps_are_pauses() {
        let of = |gaps: &[u64]| {
            let mut pauses = Pauses::default();
            gaps.iter().for_each(|gap| pauses.note(Duration::from_millis(*gap)));
            pauses
        };
        assert_eq!(of(&[1, 2, 1]), Pauses::default());
        let (longest, total) = (Duration::from_millis(90), Duration::from_millis(93));
        assert_eq!(of(&[3, 1, 90]), Pauses { longest, total });
        assert_eq!(of(&[3]).and(of(&[90])), of(&[90, 3]));
    }
}
