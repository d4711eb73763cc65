//! `hadir log …`.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Subcommand};

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
    /// After a restore: take the lost entries over from the published files and ask the terminals for everything again
    Reingest(LogRecoveryArgs),
    /// Give a log up that cannot go on, and begin the next one with a signed entry that says so
    Disaster(LogRecoveryArgs),
    /// Let another key sign from now on; the log says so under the old key
    RotateKey(LogRecoveryArgs),
    /// Entries that were taken over after a restore, and which of them can still be opened
    Lost(LogLostArgs),
    /// Mail the end of the log to the configured recipients now
    Mail(LogMailArgs),
}

/// `hadir log reingest`, `hadir log disaster` and `hadir log rotate-key`.
#[derive(Debug, Args)]
pub struct LogRecoveryArgs {
    /// What happened, in words; it is kept for ever
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// Who decides: login or NIP of an account
    #[arg(long, value_name = "LOGIN")]
    pub by: String,
    /// Name of the log as `hadir log` shows it; without it nothing is done
    #[arg(long, value_name = "ORIGIN")]
    pub confirm: Option<String>,
}

/// `hadir log mail`.
#[derive(Debug, Args)]
pub struct LogMailArgs {
    /// Say in the subject that it is a test
    #[arg(long)]
    pub test: bool,
}

/// `hadir log receipt`.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("which").required(true).args(["entry", "fact"])))]
pub struct LogReceiptArgs {
    /// Place of the entry in the log, from 0
    #[arg(long, value_name = "N")]
    pub entry: Option<u64>,
    /// Id of the fact, such as a punch in `hadir explain --format json`
    #[arg(long, value_name = "ID")]
    pub fact: Option<String>,
    /// File to write [default: standard output]; best called something.tlog-proof
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Write what the entry commits to as well; it shows the fact, and is for the one whom it concerns
    #[arg(long, value_name = "FILE")]
    pub opening: Option<PathBuf>,
}

/// `hadir log lost`.
#[derive(Debug, Args)]
pub struct LogLostArgs {
    /// Folder with openings that people kept (`hadir log receipt --opening`)
    #[arg(long, value_name = "DIR")]
    pub openings: Option<PathBuf>,
}
