//! The highest rate that is sustained, what a punch costs at it, and when its receipt is there.

use std::time::Duration;

use sim::load::{Curve, Fate, Sample, Tally, quantile};

use super::{
    super::report::{Report, cpu_time, float},
    TARGET_P99, TARGET_RATE,
    client::{Client, goodput},
    raw::Raw,
    receipt,
    search::{keeps_up, search},
    server::Running,
};
use crate::cli::BenchIntakeArgs;

/// Connections of the devices.
pub const CONNECTIONS: usize = 256;
/// Share of the raw limit where the search begins.
const FIRST: f64 = 0.3;
/// Measurements, at most; a rate is given up for a lower one when it is not kept up twice in a row.
const TRIES: i64 = 16;
/// By how much it is lower.
const DOWN: f64 = 0.85;
/// Days ago on which the presses are whose receipts are waited for, the next try a day earlier: other days than those of the
/// devices and of the raw limit.
const RECEIPT_DAY: i64 = 3;
/// Share of the raw limit that is aimed at.
const TARGET_SHARE: f64 = 0.5;

/// What was found.
pub struct Measured {
    /// Punches a second.
    pub rate: f64,
    /// Punches that were sent besides, to see when their receipts come.
    pub receipts: usize,
}

/// Finds the rate and measures at it.
///
/// # Errors
/// When no rate is sustained, or a punch is refused.
pub async fn sustained(
    client: &mut Client,
    running: &Running,
    args: &BenchIntakeArgs,
    raw: &Raw,
    report: &mut Report,
) -> anyhow::Result<Measured> {
    // Caches, prepared statements and devices are made known first.
    client.send((Curve::Steady, 500.0), Duration::from_secs(2), CONNECTIONS, None).await?;
    let mut rate = match args.rate {
        Some(rate) => f64::from(rate),
        None => search(client, raw.logged * FIRST).await?,
    };
    let length = Duration::from_secs(args.seconds.into());
    let (mut receipts, mut tries) = (0, 0);
    let (tally, cpu, took) = loop {
        let cpu = cpu_time();
        let send = client.send((Curve::Steady, rate), length, CONNECTIONS, None);
        let (tally, took) =
            tokio::join!(send, receipt::watch(running, (RECEIPT_DAY + tries, args.seed), length));
        let (tally, took) = (tally?, took?);
        receipts += took.len();
        tries += 1;
        if args.rate.is_some() || keeps_up(&tally) {
            break (tally, cpu_time() - cpu, took);
        }
        anyhow::ensure!(tries < TRIES, "no rate was kept up for {} s; measure one with --rate", args.seconds);
        if tries % 2 == 0 {
            rate *= DOWN;
        }
    };
    let (accepted, goodput) = (float(tally.answered(200)), goodput(&tally, length));
    let beside = [("target", TARGET_RATE), ("raw_rows_with_log_and_keys", raw.logged)];
    report.compare_all("sustained", goodput, "punches/s", &beside);
    report.compare("sustained_share_of_raw", goodput / raw.logged, "ratio", ("target", TARGET_SHARE));
    latencies(&tally, "sustained", report);
    receipt::report(&took, report);
    let server = cpu.saturating_sub(tally.cpu).as_secs_f64();
    report.add("server_cpu", server * 1e6 / accepted, "us_cpu/punch");
    report.add("client_cpu", tally.cpu.as_secs_f64() * 1e6 / accepted, "us_cpu/punch");

    let tally = client.send((Curve::MorningRush, rate / 3.3), length, CONNECTIONS, None).await?;
    latencies(&tally, "morning_rush", report);
    Ok(Measured { rate, receipts })
}

/// Whether it was taken in.
pub fn is_accepted(sample: &Sample) -> bool {
    sample.fate == Fate::Answered(200)
}

/// The percentiles of what was accepted.
pub fn latencies(tally: &Tally, name: &str, report: &mut Report) {
    let sorted = tally.latencies(is_accepted);
    report.add(format!("{name}_p50"), milliseconds(&sorted, 0.5), "ms");
    report.compare(format!("{name}_p99"), milliseconds(&sorted, 0.99), "ms", ("target", TARGET_P99));
    report.add(format!("{name}_p999"), milliseconds(&sorted, 0.999), "ms");
}

/// A quantile in milliseconds.
pub fn milliseconds(sorted: &[Duration], share: f64) -> f64 {
    quantile(sorted, share).as_secs_f64() * 1e3
}
