//! Ten times more than can be done, and the time until all is normal again.

use std::time::Duration;

use sim::load::{Curve, Fate, Tally};

use super::{
    super::report::Report,
    TARGET_P99,
    client::{Client, MOST_CONNECTIONS},
    float,
    load::{CONNECTIONS, milliseconds},
};
use crate::cli::BenchIntakeArgs;

/// How much more than is sustained.
const TIMES: f64 = 10.0;
/// How long a device that finds no connection waits before it gives up this try.
const PATIENCE: Duration = Duration::from_millis(100);
/// Seconds that are watched afterwards.
const AFTER: u32 = 15;
/// p99 of accepted punches that must hold, in milliseconds.
const P99: f64 = 1_000.0;
/// Seconds after which all must be normal again.
const NORMAL: f64 = 10.0;

/// Measures.
///
/// # Errors
/// When a punch is refused for another reason than a full door.
pub async fn run(
    client: &mut Client,
    args: &BenchIntakeArgs,
    rate: f64,
    report: &mut Report,
) -> anyhow::Result<()> {
    let length = Duration::from_secs(args.overload_seconds.into());
    let before = memory();
    let tally = client.send((Curve::Steady, rate * TIMES), length, MOST_CONNECTIONS, Some(PATIENCE)).await?;
    let after = memory();
    let goodput = float(tally.answered(200)) / tally.elapsed.as_secs_f64().max(length.as_secs_f64());
    report.compare("overload_goodput", goodput, "punches/s", ("sustained", rate));
    let accepted = tally.latencies(|s| s.fate == Fate::Answered(200));
    report.compare("overload_accepted_p99", milliseconds(&accepted, 0.99), "ms", ("target", P99));
    report.add("overload_refused", float(tally.answered(503)), "requests");
    report.add("overload_never_sent", float(tally.count(|s| s.fate == Fate::Unsent)), "requests");
    report.add("overload_broken", float(tally.count(|s| s.fate == Fate::Broken)), "requests");
    report.compare("overload_memory", after, "MB", ("before", before));

    let watched = Duration::from_secs(AFTER.into());
    let tally = client.send((Curve::Steady, rate * 0.8), watched, CONNECTIONS, None).await?;
    report.compare("normal_again", normal_from(&tally), "s", ("target", NORMAL));
    Ok(())
}

/// The second from which on every second is within the target.
fn normal_from(tally: &Tally) -> f64 {
    let bad = |second: &u32| {
        let of = |s: &sim::load::Sample| s.due.as_secs() == u64::from(*second);
        let is_refused = tally.count(|s| of(s) && s.fate != Fate::Answered(200)) > 0;
        is_refused || milliseconds(&tally.latencies(of), 0.99) >= TARGET_P99
    };
    (0..AFTER).rev().find(bad).map_or(0.0, |second| f64::from(second + 1))
}

/// Memory of this process, sender included, in megabytes; zero where the system does not tell.
fn memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()).and_then(|n| n.parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) / 1e3
}
