//! `hadir bench terminal`: one large upload through the real listener, twice, beside the raw limit of the database.

use std::{net::SocketAddr, sync::Arc, time::Instant};

use domain::{
    ids::{PunchId, TerminalId},
    zone::Zone,
};
use intake::{Door, Settings};
use jiff::{Timestamp, ToSpan, civil::date};
use service::terminal_desk::TerminalDesk;
use sim::terminal::{Profile, VirtualTerminal};
use store::{
    Db, Scope,
    punch::{self, PunchRow},
    terminal::{self as rows, Terminal, TerminalState},
};
use terminal::{
    listener::{Config, Listener},
    pin::Pin,
    serial::Serial,
    table::attlog::AttLine,
};
use tokio::sync::watch;

use super::{
    office::{ACTOR, BenchDatabase, BenchOffice, databases},
    report::{Report, cpu_time, wall},
};
use crate::cli::BenchTerminalArgs;

/// People whose fingers the lines are.
const PEOPLE: u32 = 500;
/// Serial number of the terminal that uploads, and of the one that the raw limit pretends to be.
const SERIALS: [&str; 2] = ["BENCH00000001", "BENCH00000002"];
/// Wall-clock seconds within which an upload of 10,000 lines must be answered.
const TARGET: f64 = 1.0;

/// Measures on a temporary SQLite database, and on PostgreSQL if a URL is given.
///
/// # Errors
/// When a database cannot be used, or the listener loses or doubles a punch.
pub async fn run(args: &BenchTerminalArgs, url: Option<&str>) -> anyhow::Result<Vec<Report>> {
    let folder = tempfile::tempdir()?;
    let mut reports = Vec::new();
    for BenchDatabase { engine, db, .. } in databases(folder.path(), url).await? {
        reports.push(measure(db, engine, args).await?);
    }
    Ok(reports)
}

async fn measure(db: Db, engine: &str, args: &BenchTerminalArgs) -> anyhow::Result<Report> {
    let people = PEOPLE.min(args.lines);
    let bench = BenchOffice::make(db, usize::try_from(people)?, args.seed).await?;
    let ids = install(&bench).await?;
    let (stop, mut stopping) = watch::channel(false);
    let loopback = SocketAddr::from(([127, 0, 0, 1], 0));
    let (door, _) = Door::open(bench.office.db.clone(), bench.office.tenant, Settings::default());
    let desk = Arc::new(TerminalDesk::new(bench.office.clone(), door));
    let listener = Listener::bind(loopback, Config::default(), desk, Arc::clone(&bench.office.clock)).await?;
    let address = listener.local_addr()?;
    let serving = tokio::spawn(listener.run(async move {
        stopping.changed().await.ok();
    }));
    let profile = Profile { max_lines: usize::try_from(args.lines)?, ..Profile::x100c() };
    let mut device = VirtualTerminal::new(profile, Serial::parse(SERIALS[0])?, address);
    device.handshake().await?;
    let lines = lines(args.lines, people)?;

    let mut report = Report::new("terminal", engine, args.seed);
    report.add("lines", f64::from(args.lines), "lines");
    let (first_wall, first_cpu) = push(&mut device, &lines).await?;
    let stored = stored(&bench).await?;
    anyhow::ensure!(stored.len() == lines.len(), "{} of {} lines were stored", stored.len(), lines.len());
    let (again_wall, again_cpu) = push(&mut device, &lines).await?;
    let after = self::stored(&bench).await?.len();
    anyhow::ensure!(after == lines.len(), "the second upload added {} rows", after - lines.len());
    let (raw_wall, raw_cpu) = raw(&bench, &stored, ids[1]).await?;

    let count = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    let beside = [("target", TARGET), ("raw_insert", raw_wall)];
    report.compare_all("first_upload", first_wall, "s_wall", &beside);
    report.compare("first_upload", first_cpu, "s_cpu", ("raw_insert", raw_cpu));
    report.add("rows_after_first_upload", count(stored.len()), "rows");
    report.compare("same_upload_again", again_wall, "s_wall", ("target", TARGET));
    report.add("same_upload_again", again_cpu, "s_cpu");
    report.add("rows_added_by_second_upload", count(after - lines.len()), "rows");

    stop.send_replace(true);
    serving.await?;
    bench.office.db.close().await;
    Ok(report)
}

/// Both terminals, approved.
async fn install(bench: &BenchOffice) -> anyhow::Result<[TerminalId; 2]> {
    let office = &bench.office;
    let ids = [office.id(TerminalId::new), office.id(TerminalId::new)];
    let mut tx = office.db.begin_write(office.tenant).await?;
    for (id, serial) in ids.into_iter().zip(SERIALS) {
        rows::put(&mut tx, &row(bench, id, serial)).await?;
    }
    tx.commit().await?;
    Ok(ids)
}

fn row(bench: &BenchOffice, terminal_id: TerminalId, serial: &str) -> Terminal {
    let now = bench.office.now();
    Terminal {
        state: TerminalState::Approved,
        name: serial.to_owned(),
        unit_id: Some(bench.opd),
        group_id: Some(bench.group),
        approved_at: Some(now),
        approved_by: Some(ACTOR.into()),
        ..Terminal::met(terminal_id, serial, Zone::Wib, now)
    }
}

/// Everybody comes and goes each day, from the last day of October backwards.
fn lines(count: u32, people: u32) -> anyhow::Result<Vec<AttLine>> {
    let line = |n: u32| -> anyhow::Result<AttLine> {
        let (person, turn) = (n % people, n / people);
        let day = date(2026, 10, 31).saturating_sub(i64::from(turn / 2).days());
        let hour = if turn.is_multiple_of(2) { 7 } else { 16 };
        let local = day.at(hour, 0, 0, 0).saturating_add(i64::from(person * 7 % 3_600).seconds());
        let pin = Pin::parse(&(person + 1).to_string())?;
        Ok(AttLine { pin, local, status: Some(255), verify: Some(1), workcode: None, offset: None })
    };
    (0..count).map(line).collect()
}

/// Wall and CPU seconds of one upload; the CPU holds both ends of the connection.
async fn push(device: &mut VirtualTerminal, lines: &[AttLine]) -> anyhow::Result<(f64, f64)> {
    let (start, cpu) = (Instant::now(), cpu_time());
    let pushed = device.push(lines).await?;
    anyhow::ensure!(pushed.acknowledged == lines.len(), "the listener acknowledged {}", pushed.acknowledged);
    Ok((wall(start), (cpu_time() - cpu).as_secs_f64()))
}

async fn stored(bench: &BenchOffice) -> anyhow::Result<Vec<PunchRow>> {
    let office = &bench.office;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let (from, until): (Timestamp, Timestamp) =
        ("2020-01-01T00:00:00Z".parse()?, "2027-01-01T00:00:00Z".parse()?);
    Ok(punch::of(&mut tx, Scope::Everyone, from, until).await?)
}

/// The same rows straight into the table, as if another terminal had sent them: no HTTP, no parsing, no journal.
async fn raw(bench: &BenchOffice, stored: &[PunchRow], terminal: TerminalId) -> anyhow::Result<(f64, f64)> {
    let office = &bench.office;
    let copy = |row: &PunchRow| PunchRow {
        punch_id: office.id(PunchId::new),
        terminal_id: Some(terminal),
        journal_id: None,
        ..row.clone()
    };
    let rows: Vec<PunchRow> = stored.iter().map(copy).collect();
    let (start, cpu) = (Instant::now(), cpu_time());
    let mut tx = office.db.begin_write(office.tenant).await?;
    punch::insert_batch(&mut tx, &rows).await?;
    tx.commit().await?;
    Ok((wall(start), (cpu_time() - cpu).as_secs_f64()))
}
