//! When requests are due.

use std::time::Duration;

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// How requests spread over the time of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Curve {
    /// Evenly, as a Poisson process.
    Steady,
    /// Most of them in the minutes before the work begins: a peak of about 3.3 times the mean after two thirds of the time.
    MorningRush,
}

/// Uniform numbers whose mean stands for one arrival of the rush: their sum is bell-shaped.
const BELL: usize = 6;

/// The times since the start at which `rate` (requests a second, on average) times `length` requests are due, in order. The
/// same seed gives the same times.
pub fn arrivals(curve: Curve, rate: f64, length: Duration, seed: u64) -> Vec<Duration> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count that fits memory")]
    let count = (rate * length.as_secs_f64()).round().max(0.0) as usize;
    let mut draw = || match curve {
        Curve::Steady => rng.random::<f64>(),
        Curve::MorningRush => {
            let bell = (0..BELL).map(|_| rng.random::<f64>()).sum::<f64>() / 6.0;
            // Around two thirds; what falls beyond the end comes at the beginning.
            (bell + 1.0 / 6.0).rem_euclid(1.0)
        }
    };
    let mut times: Vec<Duration> = (0..count).map(|_| length.mul_f64(draw())).collect();
    times.sort_unstable();
    times
}
