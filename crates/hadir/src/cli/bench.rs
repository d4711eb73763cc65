//! `hadir bench …`.

use clap::{Args, Subcommand};

/// `hadir bench`.
#[derive(Debug, Subcommand)]
pub enum BenchCommand {
    /// Judging and TPP of 1,000 to 100,000 people, and the month sheet as XLSX
    Judge(BenchJudgeArgs),
    /// Import of a whole government's employees from one workbook
    ///
    /// Runs on a temporary SQLite database; with --database-url also on that PostgreSQL database, which must be empty.
    Import(BenchImportArgs),
    /// Punches of many devices over HTTP: the highest rate that is kept up, overload, and the limit of the database
    ///
    /// Runs on a temporary SQLite database; with --database-url also on that PostgreSQL database, which must be empty.
    Intake(BenchIntakeArgs),
    /// The full audit of a large published log, and the size of its receipts
    ///
    /// Writes a log of invented entries into a temporary folder (about 160 bytes an entry) and audits it as `hadir verify log`
    /// does. Needs no database.
    Log(BenchLogArgs),
    /// One upload of many ATTLOG lines to the listener, then the same again
    ///
    /// Runs on a temporary SQLite database; with --database-url also on that PostgreSQL database, which must be empty.
    Terminal(BenchTerminalArgs),
    /// Compressed size and SQL statements of the month page
    ///
    /// Runs on a temporary SQLite database; with --database-url also on that PostgreSQL database, which must be empty.
    Page(BenchPageArgs),
}

/// `hadir bench judge`.
#[derive(Debug, Args)]
pub struct BenchJudgeArgs {
    /// Largest population to measure
    #[arg(long, default_value_t = 100_000)]
    pub largest: usize,
    /// Seed of the invented month
    #[arg(long, default_value_t = 2017)]
    pub seed: u64,
}

/// `hadir bench import`.
#[derive(Debug, Args)]
pub struct BenchImportArgs {
    /// Rows in the workbook
    #[arg(long, default_value_t = 50_000, value_parser = clap::value_parser!(u32).range(1..=500_000))]
    pub people: u32,
    /// Seed of the invented people
    #[arg(long, default_value_t = 2017)]
    pub seed: u64,
}

/// `hadir bench intake`.
#[derive(Debug, Args)]
pub struct BenchIntakeArgs {
    /// Seconds of the measurement at the rate that is kept up, and of the morning rush
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=3_600))]
    pub seconds: u32,
    /// Seconds of ten times that rate
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=3_600))]
    pub overload_seconds: u32,
    /// Punches a second to measure at [default: the highest that is kept up]
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub rate: Option<u32>,
    /// Devices that send
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=5_000))]
    pub devices: u32,
    /// People whose PINs they send
    #[arg(long, default_value_t = 5_000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub people: u32,
    /// Seed of the invented people and of the times
    #[arg(long, default_value_t = 2017)]
    pub seed: u64,
}

/// `hadir bench log`.
#[derive(Debug, Args)]
pub struct BenchLogArgs {
    /// Entries in the log
    #[arg(long, default_value_t = 5_000_000, value_parser = clap::value_parser!(u32).range(1..=100_000_000))]
    pub entries: u32,
    /// Seed of the invented entries
    #[arg(long, default_value_t = 2017)]
    pub seed: u64,
}

/// `hadir bench terminal`.
#[derive(Debug, Args)]
pub struct BenchTerminalArgs {
    /// Lines in the upload
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..=200_000))]
    pub lines: u32,
    /// Seed of the invented people
    #[arg(long, default_value_t = 2017)]
    pub seed: u64,
}

/// `hadir bench page`.
#[derive(Debug, Args)]
pub struct BenchPageArgs {
    /// People in the OPD
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=20_000))]
    pub people: u32,
    /// Seed of the invented people
    #[arg(long, default_value_t = 2017)]
    pub seed: u64,
}
