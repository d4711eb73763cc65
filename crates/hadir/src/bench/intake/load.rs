//! The highest rate that is sustained, and what a punch costs at it.

use std::time::Duration;

use sim::load::{Curve, Fate, Sample, Tally, quantile};

use super::{
    super::report::{Report, cpu_time},
    TARGET_P99, TARGET_RATE,
    client::Client,
    float,
    raw::Raw,
};
use crate::cli::BenchIntakeArgs;

/// Connections of the devices.
pub const CONNECTIONS: usize = 256;
/// Seconds of a step of the search.
const STEP: Duration = Duration::from_secs(4);
/// Share of the raw limit where the search begins, and by how much it goes on.
const FIRST: f64 = 0.3;
const UP: f64 = 1.25;

/// Finds the rate, measures at it, and gives it.
///
/// # Errors
/// When no rate is sustained, or a punch is refused.
pub async fn sustained(
    client: &mut Client,
    args: &BenchIntakeArgs,
    raw: &Raw,
    report: &mut Report,
) -> anyhow::Result<f64> {
    // Caches, prepared statements and devices are made known first.
    client.send((Curve::Steady, 500.0), Duration::from_secs(2), CONNECTIONS, None).await?;
    let mut rate = match args.rate {
        Some(rate) => f64::from(rate),
        None => search(client, raw.logged * FIRST).await?,
    };
    loop {
        let cpu = cpu_time();
        let length = Duration::from_secs(args.seconds.into());
        let tally = client.send((Curve::Steady, rate), length, CONNECTIONS, None).await?;
        let cpu = (cpu_time() - cpu).saturating_sub(tally.cpu).as_secs_f64();
        if !keeps_up(&tally) && args.rate.is_none() && rate > 100.0 {
            rate *= 0.9;
            continue;
        }
        let accepted = float(tally.answered(200));
        let goodput = accepted / tally.elapsed.as_secs_f64();
        report.compare("sustained", goodput, "punches/s", ("target", TARGET_RATE));
        report.compare("sustained", goodput, "punches/s", ("raw_rows_with_log_and_keys", raw.logged));
        latencies(&tally, "sustained", report);
        report.add("server_cpu", cpu * 1e6 / accepted, "us_cpu/punch");
        report.add("client_cpu", tally.cpu.as_secs_f64() * 1e6 / accepted, "us_cpu/punch");
        break;
    }
    let rush = Duration::from_secs(args.seconds.into());
    let tally = client.send((Curve::MorningRush, rate / 3.3), rush, CONNECTIONS, None).await?;
    latencies(&tally, "morning_rush", report);
    Ok(rate)
}

/// The highest step that is kept up.
async fn search(client: &mut Client, first: f64) -> anyhow::Result<f64> {
    let mut rate = first;
    let mut tries = 0;
    // Down until one is kept up, then up until one is not.
    while !keeps_up(&client.send((Curve::Steady, rate), STEP, CONNECTIONS, None).await?) {
        rate /= 2.0;
        tries += 1;
        anyhow::ensure!(tries < 8, "this machine sustains no rate within {TARGET_P99} ms");
    }
    if tries > 0 {
        rate *= 2.0 / UP;
        while !keeps_up(&client.send((Curve::Steady, rate), STEP, CONNECTIONS, None).await?) {
            rate /= UP;
        }
        return Ok(rate);
    }
    while keeps_up(&client.send((Curve::Steady, rate * UP), STEP, CONNECTIONS, None).await?) {
        rate *= UP;
    }
    Ok(rate)
}

fn is_accepted(sample: &Sample) -> bool {
    sample.fate == Fate::Answered(200)
}

/// Whether everything was accepted and in time.
fn keeps_up(tally: &Tally) -> bool {
    let all = tally.samples.len();
    tally.answered(200) == all && milliseconds(&tally.latencies(is_accepted), 0.99) < TARGET_P99
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
