//! `hadir recap`, `hadir tpp`, `hadir explain`, `hadir judge`.

use std::path::PathBuf;

use clap::Args;
use domain::month::Month;
use jiff::civil::Date;

/// `hadir recap` and `hadir tpp`.
#[derive(Debug, Args)]
pub struct SheetArgs {
    /// Month, YYYY-MM
    #[arg(long, value_name = "YYYY-MM")]
    pub month: Month,
    /// Code of the OPD or of a unit in it [default: all OPDs]
    #[arg(long, value_name = "CODE")]
    pub opd: Option<String>,
    /// File to write [default: standard output]; for xlsx of all OPDs a folder
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Write what proves the figures of a locked month, for `hadir verify recap`; best called like the sheet with .proof behind
    #[arg(long, value_name = "FILE")]
    pub proof: Option<PathBuf>,
}

/// `hadir explain`.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// NIP or NI PPPK
    pub nip: String,
    /// The day
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub date: Date,
}

/// `hadir judge`.
#[derive(Debug, Args)]
pub struct JudgeArgs {
    /// TOML or JSON file, see docs/src/judge-file.md; `-` reads standard input
    pub file: PathBuf,
}
