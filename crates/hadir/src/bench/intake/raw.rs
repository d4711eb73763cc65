//! What the database does with the same rows and no HTTP.

use std::time::Instant;

use domain::ids::PunchId;
use service::api_device::{Device, Press, tap};
use store::{
    intake::{self, Tap},
    raw_limit,
};

use super::{
    super::report::{Report, cpu_time, float, wall},
    client::Body,
    server::Running,
};
use crate::cli::BenchIntakeArgs;

/// Rows of one transaction, as of the writer behind the door.
const BATCH: usize = 1_024;
/// Batches for each second that is measured over HTTP, and at most.
const BATCHES_A_SECOND: u32 = 4;
const BATCHES: u32 = 40;

/// The raw limits, in rows a second.
pub struct Raw {
    /// With idempotency keys and log.
    pub logged: f64,
    /// Rows that this stored among the punches.
    pub rows: usize,
}

/// Measures.
///
/// # Errors
/// When the database fails.
pub async fn measure(running: &Running, args: &BenchIntakeArgs, report: &mut Report) -> anyhow::Result<Raw> {
    let office = &running.office;
    let batches = args.seconds.saturating_mul(BATCHES_A_SECOND).min(BATCHES);
    let rows = BATCH * usize::try_from(batches)?;
    let taps = taps(running, rows)?;
    let mut tx = office.db.begin_write(office.tenant).await?;
    raw_limit::prepare(&mut tx).await?;
    tx.commit().await?;
    let start = Instant::now();
    for batch in taps.chunks(BATCH) {
        let punches: Vec<_> = batch.iter().map(|tap| tap.punch.clone()).collect();
        let mut tx = office.db.begin_write(office.tenant).await?;
        raw_limit::insert(&mut tx, &punches).await?;
        tx.commit().await?;
    }
    let bare = float(rows) / wall(start);
    let mut tx = office.db.begin_write(office.tenant).await?;
    raw_limit::clear(&mut tx).await?;
    tx.commit().await?;
    let (start, cpu) = (Instant::now(), cpu_time());
    for batch in taps.chunks(BATCH) {
        let mut tx = office.db.begin_write(office.tenant).await?;
        intake::take(&mut tx, batch).await?;
        tx.commit().await?;
    }
    let logged = float(rows) / wall(start);
    let cpu = (cpu_time() - cpu).as_secs_f64();
    report.add("raw_rows_without_log_and_keys", bare, "rows/s");
    report.compare("raw_rows_with_log_and_keys", logged, "rows/s", ("raw_without", bare));
    report.add("raw_rows_with_log_and_keys_cpu", cpu * 1e6 / float(rows), "us_cpu/row");
    Ok(Raw { logged, rows })
}

/// Taps of another day than those of the clients.
fn taps(running: &Running, count: usize) -> anyhow::Result<Vec<Tap>> {
    let office = &running.office;
    let body = Body::days_ago(running, 2, 0);
    let one = |n: usize| -> anyhow::Result<Tap> {
        let said = body.of(n);
        let press = Press::read(&said.id, &said.pin, &said.at, None)?;
        let terminal = running.devices[said.device].0.clone();
        let mut tap = tap(office, &Device { terminal }, press, office.now())?;
        tap.punch.punch_id = office.id(PunchId::new);
        Ok(tap)
    };
    (0..count).map(one).collect()
}
