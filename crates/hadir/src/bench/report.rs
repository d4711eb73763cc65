//! What a bench prints: figures with CPU time, and beside each the limit or peer it is compared with.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};
use serde::Serialize;

/// One measured figure.
#[derive(Debug, Clone, Serialize)]
pub struct Figure {
    /// What was measured, for example `judge_and_tpp_1000_people`.
    pub name: String,
    /// The value.
    pub value: f64,
    /// Its unit: `s_cpu`, `bytes`, `statements`, `ratio`, ….
    pub unit: &'static str,
    /// What it is compared with, if anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub beside: Option<Beside>,
    /// What else it is compared with.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Beside>,
}

impl Figure {
    /// Everything it is compared with.
    fn all_beside(&self) -> impl Iterator<Item = &Beside> {
        self.beside.iter().chain(&self.also)
    }
}

/// A raw limit measured in the same run, a peer, or a target.
#[derive(Debug, Clone, Serialize)]
pub struct Beside {
    /// What it is.
    pub name: &'static str,
    /// Its value in the figure's unit.
    pub value: f64,
    /// Figure divided by this value.
    pub ratio: f64,
}

/// A finished bench.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// Name of the bench.
    pub bench: &'static str,
    /// Cores that this process may use.
    pub cores: usize,
    /// `sqlite`, `postgres` or `none`.
    pub engine: String,
    /// Seed of the invented data.
    pub seed: u64,
    /// Whether the binary was built with optimisations; other figures mean little.
    pub optimised: bool,
    /// The figures.
    pub figures: Vec<Figure>,
}

impl Report {
    /// An empty report.
    pub fn new(bench: &'static str, engine: &str, seed: u64) -> Report {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Report {
            bench,
            cores,
            engine: engine.to_owned(),
            seed,
            optimised: !cfg!(debug_assertions),
            figures: Vec::new(),
        }
    }

    /// Adds a figure that stands alone.
    pub fn add(&mut self, name: impl Into<String>, value: f64, unit: &'static str) {
        self.compare_all(name, value, unit, &[]);
    }

    /// Adds a figure with what it is compared with.
    pub fn compare(
        &mut self,
        name: impl Into<String>,
        value: f64,
        unit: &'static str,
        with: (&'static str, f64),
    ) {
        self.compare_all(name, value, unit, &[with]);
    }

    /// Adds a figure with all that it is compared with, the most important first. No two figures of a report have the same
    /// name and unit.
    pub fn compare_all(
        &mut self,
        name: impl Into<String>,
        value: f64,
        unit: &'static str,
        with: &[(&'static str, f64)],
    ) {
        let mut with = with.iter().map(|(name, other)| Beside {
            name,
            value: *other,
            ratio: if *other == 0.0 { 0.0 } else { value / *other },
        });
        self.figures.push(Figure {
            name: name.into(),
            value,
            unit,
            beside: with.next(),
            also: with.collect(),
        });
    }

    /// The report for people.
    pub fn text(&self) -> String {
        let Report { bench, engine, cores, seed, .. } = self;
        let mut out = format!("{bench} on {engine} (cores {cores}, seed {seed})\n");
        if !self.optimised {
            out.push_str(
                "  built without optimisation: these figures mean little; use cargo build --release\n",
            );
        }
        for f in &self.figures {
            out.push_str(&format!("  {:<40} {:>14.4} {:<10}", f.name, f.value, f.unit));
            for b in f.all_beside() {
                out.push_str(&format!(" {} {:.4}, ratio {:.4}", b.name, b.value, b.ratio));
            }
            out.truncate(out.trim_end().len());
            out.push('\n');
        }
        out
    }

    /// The figures as CSV cells: a row for each comparison, or one for a figure that stands alone.
    pub fn rows(&self) -> impl Iterator<Item = [String; 8]> + '_ {
        self.figures.iter().flat_map(|f| {
            let alone = f.beside.is_none().then(|| self.row(f, None));
            alone.into_iter().chain(f.all_beside().map(|b| self.row(f, Some(b))))
        })
    }

    fn row(&self, f: &Figure, beside: Option<&Beside>) -> [String; 8] {
        [
            self.bench.to_owned(),
            self.engine.clone(),
            f.name.clone(),
            f.value.to_string(),
            f.unit.to_owned(),
            beside.map(|b| b.name.to_owned()).unwrap_or_default(),
            beside.map(|b| b.value.to_string()).unwrap_or_default(),
            beside.map(|b| b.ratio.to_string()).unwrap_or_default(),
        ]
    }
}

/// The headings of [`Report::rows`].
pub const HEADINGS: [&str; 8] =
    ["bench", "engine", "figure", "value", "unit", "beside", "beside_value", "ratio"];

/// CPU time this process has used, all threads.
pub fn cpu_time() -> Duration {
    let at = clock_gettime(ClockId::ProcessCPUTime);
    let seconds = u64::try_from(at.tv_sec).unwrap_or(0);
    let nanos = u32::try_from(at.tv_nsec).unwrap_or(0);
    Duration::new(seconds, nanos)
}

/// Runs `work` and gives its result with the CPU seconds it used.
pub fn measured<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let before = cpu_time();
    let result = work();
    (result, (cpu_time() - before).as_secs_f64())
}

/// A count as a figure.
#[expect(clippy::cast_precision_loss, reason = "counts far below 2^52, for display")]
pub fn float(count: usize) -> f64 {
    count as f64
}

/// Wall-clock seconds since `start`.
pub fn wall(start: std::time::Instant) -> f64 {
    start.elapsed().as_secs_f64()
}
