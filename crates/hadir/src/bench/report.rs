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
        self.figures.push(Figure { name: name.into(), value, unit, beside: None });
    }

    /// Adds a figure with what it is compared with.
    pub fn compare(
        &mut self,
        name: impl Into<String>,
        value: f64,
        unit: &'static str,
        with: (&'static str, f64),
    ) {
        let (other, other_value) = with;
        let ratio = if other_value == 0.0 { 0.0 } else { value / other_value };
        let beside = Some(Beside { name: other, value: other_value, ratio });
        self.figures.push(Figure { name: name.into(), value, unit, beside });
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
            if let Some(b) = &f.beside {
                out.push_str(&format!(" {} {:.4}, ratio {:.4}", b.name, b.value, b.ratio));
            }
            out.truncate(out.trim_end().len());
            out.push('\n');
        }
        out
    }

    /// The figures as CSV cells.
    pub fn rows(&self) -> impl Iterator<Item = [String; 8]> + '_ {
        self.figures.iter().map(|f| {
            let beside = f.beside.as_ref();
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
        })
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

/// Wall-clock seconds since `start`.
pub fn wall(start: std::time::Instant) -> f64 {
    start.elapsed().as_secs_f64()
}
