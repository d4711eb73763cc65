//! Ten times more than can be done, and the time until all is normal again.

use std::time::Duration;

use sim::load::{Curve, Fate, Sample, Tally};

use super::{
    super::report::{Report, float},
    TARGET_P99,
    client::{Client, MOST_CONNECTIONS, goodput},
    load::{CONNECTIONS, is_accepted, milliseconds},
    raw::Raw,
};
use crate::cli::BenchIntakeArgs;

/// How much more than is sustained.
const TIMES: f64 = 10.0;
/// How much more than is sustained, for how long at most and from how many connections, finds the peak.
const SATURATED: f64 = 4.0;
const SATURATING: Duration = Duration::from_secs(10);
const SATURATING_CONNECTIONS: usize = 1_024;
/// Share of the peak that must still be accepted under overload.
const TARGET_SHARE: f64 = 0.9;
/// Milliseconds within which a full door must say so, from when the request was sent.
const REFUSED_P99: f64 = 50.0;
/// How long a device that finds no connection waits before it gives up this try.
const PATIENCE: Duration = Duration::from_millis(100);
/// Seconds that are watched afterwards, unless the overload was a fifth of it.
const AFTER: u32 = 15;
/// p99 of accepted punches that must hold, in milliseconds.
const P99: f64 = 1_000.0;
/// Seconds after which all must be normal again.
const NORMAL: f64 = 10.0;

/// Measures; `rate` is what was sustained.
///
/// # Errors
/// When a punch is refused for another reason than a full door.
pub async fn run(
    client: &mut Client,
    args: &BenchIntakeArgs,
    (rate, raw): (f64, &Raw),
    report: &mut Report,
) -> anyhow::Result<()> {
    let length = Duration::from_secs(args.overload_seconds.into());
    // More than the database takes, without too many connections: the most that is ever accepted.
    let much = (rate * SATURATED).max(raw.logged);
    client
        .send((Curve::Steady, much), length.min(SATURATING), SATURATING_CONNECTIONS, Some(PATIENCE))
        .await?;
    let peak = client.peak;
    report.compare("peak", peak, "punches/s", ("raw_rows_with_log_and_keys", raw.logged));

    let before = memory();
    let tally = client.send((Curve::Steady, rate * TIMES), length, MOST_CONNECTIONS, Some(PATIENCE)).await?;
    let after = memory();
    let stored = goodput(&tally, length);
    report.compare_all("overload_goodput", stored, "punches/s", &[("peak", peak), ("sustained", rate)]);
    report.compare("overload_goodput_share_of_peak", stored / peak, "ratio", ("target", TARGET_SHARE));
    let accepted = tally.latencies(is_accepted);
    report.compare("overload_accepted_p99", milliseconds(&accepted, 0.99), "ms", ("target", P99));
    report.add("overload_refused", float(tally.answered(503)), "requests");
    let refused = tally.services(|s| s.fate == Fate::Answered(503));
    report.compare("overload_refused_p99", milliseconds(&refused, 0.99), "ms", ("target", REFUSED_P99));
    report.add("overload_never_sent", float(tally.count(|s| s.fate == Fate::Unsent)), "requests");
    report.add("overload_broken", float(tally.count(|s| s.fate == Fate::Broken)), "requests");
    let samples = float(tally.samples.len() * size_of::<Sample>()) / 1e6;
    report.compare_all(
        "overload_memory",
        after,
        "MB",
        &[("before", before), ("samples_of_the_sender", samples)],
    );

    let seconds = AFTER.min(args.overload_seconds.saturating_mul(5));
    let watched = Duration::from_secs(seconds.into());
    let tally = client.send((Curve::Steady, rate * 0.8), watched, CONNECTIONS, None).await?;
    let seconds = normal_seconds(&tally, seconds);
    let late = seconds.iter().filter(|normal| !**normal).count();
    report.compare_all(
        "normal_again",
        float(normal_from(&seconds)),
        "s",
        &[("target", NORMAL), ("seconds_above_target", float(late))],
    );
    Ok(())
}

/// Seconds in a row that must be within the target: a single one later that is not may be the machine's.
const IN_A_ROW: usize = 3;

/// For each second after the overload, whether everything was accepted and in time.
fn normal_seconds(tally: &Tally, watched: u32) -> Vec<bool> {
    let is_normal = |second: u32| {
        let of = |s: &Sample| s.due.as_secs() == u64::from(second);
        let is_refused = tally.count(|s| of(s) && s.fate != Fate::Answered(200)) > 0;
        !is_refused && milliseconds(&tally.latencies(of), 0.99) < TARGET_P99
    };
    (0..watched).map(is_normal).collect()
}

/// The first of some seconds in a row that are normal; the number of all when there is none.
fn normal_from(seconds: &[bool]) -> usize {
    let row = IN_A_ROW.min(seconds.len());
    let found = seconds.windows(row.max(1)).position(|some| some.iter().all(|normal| *normal));
    found.unwrap_or(seconds.len())
}

/// Memory of this process, sender included, in megabytes; zero where the system does not tell.
fn memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()).and_then(|n| n.parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) / 1e3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_normal_again_from_the_first_seconds_in_a_row_on() {
        let seconds = |text: &str| text.chars().map(|c| c == '+').collect::<Vec<bool>>();
        for (text, from) in [("+++++", 0), ("--+++-+", 2), ("++-++-", 6), ("-+", 2), ("++", 0), ("", 0)] {
            assert_eq!(normal_from(&seconds(text)), from, "{text}");
        }
    }
}
