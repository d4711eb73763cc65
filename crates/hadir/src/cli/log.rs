//! `hadir log …`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// `hadir log`.
#[derive(Debug, Args)]
pub struct LogArgs {
    /// What to do; nothing shows name, length and key
    #[command(subcommand)]
    pub command: Option<LogCommand>,
}

/// The subcommands of `hadir log`.
#[derive(Debug, Subcommand)]
pub enum LogCommand {
    /// Receipt of an entry, to be checked offline with `hadir verify receipt`
    Receipt(LogReceiptArgs),
}

/// `hadir log receipt`.
#[derive(Debug, Args)]
pub struct LogReceiptArgs {
    /// Place of the entry in the log, from 0
    #[arg(long, value_name = "N", required_unless_present = "fact")]
    pub entry: Option<u64>,
    /// Id of the fact, such as a punch in `hadir explain --format json`
    #[arg(long, value_name = "ID", conflicts_with = "entry")]
    pub fact: Option<String>,
    /// File to write [default: standard output]; best called something.tlog-proof
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}
