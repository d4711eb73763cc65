//! `hadir bench intake`: punches of many devices over HTTP, durable and logged, beside what the database does with the same
//! rows and no HTTP.

mod client;
mod load;
mod overload;
mod pauses;
mod raw;
mod receipt;
mod search;
mod server;

use anyhow::Context;

use super::{
    office::{BenchDatabase, BenchOffice, databases},
    report::{Report, float},
};
use crate::{cli::BenchIntakeArgs, ledger_folder::LedgerFolder};
use client::Client;
use server::Running;

/// Punches a second that must be reached.
const TARGET_RATE: f64 = 10_000.0;
/// Longest p99 of a rate that counts as sustained, in milliseconds.
const TARGET_P99: f64 = 50.0;

/// Measures on a temporary SQLite database, and on PostgreSQL if a URL is given.
///
/// # Errors
/// When a database cannot be used, or an accepted punch is not stored exactly once.
pub async fn run(args: &BenchIntakeArgs, url: Option<&str>) -> anyhow::Result<Vec<Report>> {
    let mut reports = Vec::new();
    let folder = tempfile::tempdir()?;
    for BenchDatabase { engine, db, ledger } in databases(folder.path(), url).await? {
        let bench = BenchOffice::make(db, usize::try_from(args.people)?, args.seed).await?;
        let measured = measure(&bench, (engine, &ledger), args).await;
        reports.push(measured.with_context(|| format!("on {engine}"))?);
        bench.office.db.close().await;
    }
    Ok(reports)
}

async fn measure(
    bench: &BenchOffice,
    (engine, ledger): (&str, &LedgerFolder),
    args: &BenchIntakeArgs,
) -> anyhow::Result<Report> {
    let mut report = Report::new("intake", engine, args.seed);
    pauses::measure(&mut report);
    let running = Running::start(bench, ledger, args).await?;
    let raw = raw::measure(&running, args, &mut report).await?;
    let mut client = Client::new(&running, args);
    let measured = load::sustained(&mut client, &running, args, &raw, &mut report).await?;
    overload::run(&mut client, args, (measured.rate, &raw), &mut report).await?;
    let (accepted, unknown) = (client.accepted + measured.receipts, client.unknown);
    let stored = running.stop_and_count(raw.rows).await?;
    anyhow::ensure!(
        (accepted..=accepted + unknown).contains(&stored),
        "{accepted} punches were accepted, {unknown} are unknown, but {stored} are stored"
    );
    report.compare("stored_punches", float(stored), "rows", ("accepted", float(accepted)));
    Ok(report)
}
