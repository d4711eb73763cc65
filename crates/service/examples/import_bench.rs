//! Measures the import of employees on both engines: reading, comparing, writing, comparing again, undoing.
//!
//! ```text
//! cargo run --release -p hadir-service --example import_bench -- 50000
//! ```
//!
//! Prints JSON with wall and CPU seconds of this process for each step; PostgreSQL's own CPU time is not in it.

use std::{error::Error, sync::Arc, time::Instant};

use jiff::civil::date;
use rust_xlsxwriter::Workbook;
use serde_json::json;
use service::{
    Entropy, Office,
    employee_import::{Request, apply, dry_run, sheet, undo},
    progress::silent,
};
use store::testing::{TENANT, TestDb, clock};

/// Counts up: ids must differ, nothing else matters here.
struct Counter(std::sync::atomic::AtomicU64);

impl Entropy for Counter {
    fn fill(&self, bytes: &mut [u8]) {
        let next = self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        for (byte, from) in bytes.iter_mut().rev().zip(next.to_le_bytes()) {
            *byte = from;
        }
    }
}

#[tokio::main]
#[expect(clippy::print_stdout, reason = "the figures are the output")]
async fn main() -> Result<(), Box<dyn Error>> {
    let people: usize = std::env::args().nth(1).map_or(Ok(50_000), |text| text.parse())?;
    let bytes = workbook(people)?;
    let mut watch = Watch::start();
    let rows = sheet::read(&bytes)?.rows.len();
    let read = watch.lap();
    let mut engines = Vec::new();
    for test_db in [store::testing::sqlite().await, store::testing::postgres().await] {
        engines.push(measure(&test_db, &bytes).await?);
        test_db.finish().await;
    }
    println!("{:#}", json!({ "rows": rows, "file_bytes": bytes.len(), "read": read, "engines": engines }));
    Ok(())
}

async fn measure(test_db: &TestDb, bytes: &[u8]) -> Result<serde_json::Value, Box<dyn Error>> {
    let entropy = Arc::new(Counter(1.into()));
    let office = Office::new(test_db.db.clone(), Arc::new(clock()), entropy, TENANT);
    let request = Request::new("bench.xlsx", bytes, date(2026, 11, 1), "cli");
    let mut watch = Watch::start();
    let applied = apply(&office, &request, &silent).await?;
    let import = watch.lap();
    let again = dry_run(&office, &request, &silent).await?;
    let compare = watch.lap();
    undo::undo(&office, applied.import_id, "cli").await?;
    Ok(json!({
        "engine": format!("{:?}", office.db.kind()),
        "added": applied.preview.plan.added.len(),
        "same_again": again.plan.same,
        "import": import,
        "compare_again": compare,
        "undo": watch.lap(),
        "statements": office.db.statements(),
    }))
}

/// People in 40 OPDs, all columns filled.
fn workbook(people: usize) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    let heads = [
        "NIP",
        "NAMA",
        "GOL AKHIR NAMA",
        "JENIS JABATAN NAMA",
        "JABATAN NAMA",
        "KELAS JABATAN",
        "OPD",
        "UNOR NAMA",
        "NIP ATASAN",
        "PIN",
        "JADWAL",
    ];
    for (column, head) in (0u16..).zip(heads) {
        page.write_string(0, column, head)?;
    }
    let number = |i: usize| {
        let (year, month, day) = (1970 + i % 30, 1 + i / 30 % 12, 1 + i / 360 % 28);
        format!("{year}{month:02}{day:02}{}011{:03}", year + 25, 1 + i / 10_080)
    };
    for i in 0..people {
        let superior = if i % 50 == 0 { String::new() } else { number(i - i % 50) };
        let row = [
            number(i),
            format!("Pegawai Nomor {i}"),
            "III/a".to_owned(),
            "Jabatan Pelaksana".to_owned(),
            "Pengadministrasi Perkantoran".to_owned(),
            (1 + i % 15).to_string(),
            format!("Dinas {}", i % 40),
            format!("Bidang {}", i / 40 % 10),
            superior,
            (i + 1).to_string(),
            "perpres-21-2023".to_owned(),
        ];
        for (column, cell) in (0u16..).zip(row).filter(|(_, cell)| !cell.is_empty()) {
            page.write_string(u32::try_from(i)? + 1, column, cell)?;
        }
    }
    Ok(book.save_to_buffer()?)
}

/// Wall and CPU time since the last lap.
struct Watch {
    wall: Instant,
    cpu: f64,
}

impl Watch {
    fn start() -> Self {
        Self { wall: Instant::now(), cpu: cpu_seconds() }
    }

    fn lap(&mut self) -> serde_json::Value {
        let wall = self.wall.elapsed().as_secs_f64();
        let cpu = cpu_seconds() - self.cpu;
        *self = Self::start();
        let round = |seconds: f64| (seconds * 100.0).round() / 100.0;
        json!({ "wall_s": round(wall), "cpu_s": round(cpu) })
    }
}

/// User and system time of this process; 0 where there is no `/proc`.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit(") ").next().unwrap_or_default();
    let ticks: f64 = after.split(' ').skip(11).take(2).filter_map(|t| t.parse::<f64>().ok()).sum();
    // Linux counts in hundredths of a second on every machine we run on.
    ticks / 100.0
}
