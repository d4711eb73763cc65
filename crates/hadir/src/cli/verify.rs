//! `hadir verify …`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// `hadir verify`.
#[derive(Debug, Subcommand)]
pub enum VerifyCommand {
    /// Audit a published log: every signature, hash and entry; no database needed
    Log(VerifyLogArgs),
    /// Check a receipt offline
    Receipt(VerifyReceiptArgs),
    /// Check a sheet that `hadir recap` or `hadir tpp` wrote against the month that was locked; offline
    Recap(VerifyRecapArgs),
    /// Compare every row of the database that the log covers with its entry
    Facts,
}

/// `hadir verify log`.
#[derive(Debug, Args)]
pub struct VerifyLogArgs {
    /// Directory or address with the files of the log: its checkpoint and the folder tile
    #[arg(value_name = "DIR|URL")]
    pub place: String,
    /// Whom to trust
    #[command(flatten)]
    pub trust: TrustArgs,
    /// A checkpoint kept earlier: the log must still begin with it
    #[arg(long, value_name = "FILE")]
    pub kept: Option<PathBuf>,
    /// A receipt kept earlier: its entry must still be in the log, at the same place
    #[arg(long, value_name = "FILE")]
    pub kept_receipt: Option<PathBuf>,
}

/// `hadir verify receipt`.
#[derive(Debug, Args)]
pub struct VerifyReceiptArgs {
    /// The receipt (.tlog-proof)
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// What the page of the receipt or `hadir log receipt --opening` gave: shows what was recorded
    #[arg(long, value_name = "FILE")]
    pub opening: Option<PathBuf>,
    /// Whom to trust
    #[command(flatten)]
    pub trust: TrustArgs,
}

/// `hadir verify recap`.
#[derive(Debug, Args)]
pub struct VerifyRecapArgs {
    /// The sheet: JSON or CSV of one OPD
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// What --proof wrote with it [default: FILE.proof]
    #[arg(long, value_name = "FILE")]
    pub proof: Option<PathBuf>,
    /// Whom to trust
    #[command(flatten)]
    pub trust: TrustArgs,
}

/// The flags with which an auditor says whom to trust.
#[derive(Debug, Args)]
pub struct TrustArgs {
    /// Key of the log, as `hadir log` shows it; several if it was replaced
    #[arg(long, value_name = "VKEY")]
    pub key: Vec<String>,
    /// Which witnesses must have cosigned (c2sp.org/tlog-policy); keys of logs in it count as --key
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
}
