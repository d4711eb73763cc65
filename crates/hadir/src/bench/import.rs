//! `hadir bench import`: a whole government's employees from one XLSX workbook, then the same again, then undone.

use std::time::Instant;

use anyhow::Context;
use jiff::civil::date;
use rust_xlsxwriter::Workbook;
use service::{
    employee_import::{Request, apply, dry_run, sheet, undo},
    progress::silent,
};
use sim::population::Population;
use store::Db;

use super::{
    office::{ACTOR, BenchDatabase, BenchOffice, OPD, databases},
    report::{Report, cpu_time, wall},
};
use crate::cli::BenchImportArgs;

/// Wall-clock seconds within which 50,000 people must be imported.
const TARGET: f64 = 30.0;
/// The headings of the workbook, as SIASN and the OPDs write them.
const HEADINGS: [&str; 9] = [
    "NIP",
    "NAMA",
    "JENIS PEGAWAI",
    "GOLONGAN",
    "JABATAN NAMA",
    "KELAS JABATAN",
    "KODE OPD",
    "UNOR NAMA",
    "PIN",
];

/// Measures on a temporary SQLite database, and on PostgreSQL if a URL is given.
///
/// # Errors
/// When a database cannot be used, or a row is not imported.
pub async fn run(args: &BenchImportArgs, url: Option<&str>) -> anyhow::Result<Vec<Report>> {
    let folder = tempfile::tempdir()?;
    let bytes = workbook(args)?;
    let mut reports = Vec::new();
    for BenchDatabase { engine, db, .. } in databases(folder.path(), url).await? {
        reports.push(measure(db, engine, &bytes, args).await?);
    }
    Ok(reports)
}

async fn measure(
    db: Db,
    engine: &'static str,
    bytes: &[u8],
    args: &BenchImportArgs,
) -> anyhow::Result<Report> {
    let office = BenchOffice::without_people(db).await?.office;
    let request = Request::new("bench.xlsx", bytes, date(2026, 1, 1), ACTOR);
    let mut report = Report::new("import", engine, args.seed);
    report.add("people", f64::from(args.people), "people");
    report.add("workbook", f64::from(u32::try_from(bytes.len())?), "bytes");

    let (start, cpu) = (Instant::now(), cpu_time());
    sheet::read(bytes).context("the workbook cannot be read")?;
    report.add("read_only", (cpu_time() - cpu).as_secs_f64(), "s_cpu");
    let read = wall(start);

    let (start, cpu, statements) = (Instant::now(), cpu_time(), office.db.statements());
    let applied = apply(&office, &request, &silent).await?;
    let (added, expected) = (applied.preview.plan.added.len(), usize::try_from(args.people)?);
    anyhow::ensure!(added == expected, "only {added} of {expected} people were imported");
    report.compare_all("import", wall(start), "s_wall", &[("target", TARGET), ("read_only", read)]);
    report.add("import", (cpu_time() - cpu).as_secs_f64(), "s_cpu");
    let count = u32::try_from(office.db.statements() - statements)?;
    report.add("import", f64::from(count), "statements");

    let (start, cpu) = (Instant::now(), cpu_time());
    let again = dry_run(&office, &request, &silent).await?;
    anyhow::ensure!(again.plan.same == expected, "{} people would change again", expected - again.plan.same);
    report.add("same_again", wall(start), "s_wall");
    report.add("same_again", (cpu_time() - cpu).as_secs_f64(), "s_cpu");

    let start = Instant::now();
    undo::undo(&office, applied.import_id, ACTOR).await?;
    report.add("undo", wall(start), "s_wall");
    office.db.close().await;
    Ok(report)
}

/// The list as BKPSDM would send it, everybody in one OPD of 400 units; PINs count from 1.
fn workbook(args: &BenchImportArgs) -> anyhow::Result<Vec<u8>> {
    let population = Population::draw(args.seed, usize::try_from(args.people)?);
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    page.write_row(0, 0, HEADINGS)?;
    for (row, person) in (1u32..).zip(&population.people) {
        let cells = [
            person.number.to_string(),
            person.name.clone(),
            person.kind.label().to_owned(),
            person.golongan.to_string(),
            person.jabatan.to_string(),
            person.kelas.to_string(),
            OPD.to_owned(),
            format!("Bidang {}", row % 400),
            row.to_string(),
        ];
        page.write_row(row, 0, cells)?;
    }
    Ok(book.save_to_buffer()?)
}
