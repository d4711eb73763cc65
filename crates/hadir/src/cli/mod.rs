//! The command line: what can be asked of `hadir`. One file for each group of commands.

mod account;
mod bench;
mod calendar;
mod device;
mod erase;
mod import;
mod log;
mod policy;
mod schedule;
mod server;
mod sheet;
mod terminal;
mod verify;

use std::{collections::BTreeMap, path::PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use account::{AccountAddArgs, AccountCommand};
pub use bench::{
    BenchCommand, BenchImportArgs, BenchIntakeArgs, BenchLogArgs, BenchPageArgs, BenchTerminalArgs,
};
pub use calendar::{
    CalendarAddArgs, CalendarCommand, CalendarKind, CalendarListArgs, CalendarRamadanArgs, CalendarRevokeArgs,
};
pub use device::{DeviceAddArgs, DeviceCommand};
pub use erase::EraseArgs;
pub use import::{ImportAttlogArgs, ImportCommand, ImportEmployeesArgs, ImportFiguresArgs, ImportRosterArgs};
pub use log::{LogArgs, LogCommand, LogLostArgs, LogMailArgs, LogReceiptArgs, LogRecoveryArgs};
pub use policy::{PolicyActivateArgs, PolicyCommand};
pub use schedule::{ScheduleAssignArgs, ScheduleCommand, ScheduleGroupArgs};
pub use server::{DemoArgs, ServeArgs, SetupArgs};
pub use sheet::{ExplainArgs, JudgeArgs, SheetArgs};
pub use terminal::{TerminalApproveArgs, TerminalCommand, TerminalMapArgs};
pub use verify::{TrustArgs, VerifyCommand, VerifyLogArgs, VerifyRecapArgs, VerifyReceiptArgs};

/// Attendance, discipline and TPP for Indonesian regional governments.
#[derive(Debug, Parser)]
#[command(
    name = "hadir",
    version,
    about,
    long_about = None,
    propagate_version = true,
    after_help = "Exit codes: 0 done, 1 failed, 2 the command line is wrong. Reference: docs/src/cli.md."
)]
pub struct Cli {
    /// Settings that every command understands.
    #[command(flatten)]
    pub settings: Settings,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Settings; each beats its `HADIR_*` variable, which beats the file.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Settings of every command")]
pub struct Settings {
    /// Configuration file (TOML) [default: /etc/hadir/hadir.toml if it exists]
    #[arg(long, global = true, env = "HADIR_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Database: sqlite:PATH or postgres://USER@HOST/NAME (also HADIR_DATABASE_URL)
    #[arg(long, global = true, value_name = "URL")]
    pub database_url: Option<String>,
    /// Log filter, for example info or debug (also HADIR_LOG)
    #[arg(long, global = true, value_name = "FILTER")]
    pub log: Option<String>,
    /// Shape of the output
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

impl Settings {
    /// The flags that override configuration keys.
    pub fn overrides(&self) -> BTreeMap<&'static str, String> {
        [("database_url", self.database_url.clone()), ("log", self.log.clone())]
            .into_iter()
            .filter_map(|(key, value)| value.map(|v| (key, v)))
            .collect()
    }
}

/// Shape of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// One JSON document.
    Json,
    /// Comma-separated values with a heading line (RFC 4180).
    Csv,
    /// Excel workbook; recap and tpp only, needs --out.
    Xlsx,
}

impl Format {
    /// The word for `--format`.
    pub const fn word(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Json => "json",
            Format::Csv => "csv",
            Format::Xlsx => "xlsx",
        }
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the pages and listen for terminals
    Serve(ServeArgs),
    /// Show the whole system with an invented regency, live terminals included
    Demo(DemoArgs),
    /// Print a one-time link for the first administrator
    Setup(SetupArgs),
    /// Accounts and roles
    #[command(subcommand)]
    Account(AccountCommand),
    /// Holidays, cuti bersama and Ramadan hours
    #[command(subcommand)]
    Calendar(CalendarCommand),
    /// Import files
    #[command(subcommand)]
    Import(ImportCommand),
    /// Work schedules of units and persons
    #[command(subcommand)]
    Schedule(ScheduleCommand),
    /// Attendance terminals
    #[command(subcommand)]
    Terminal(TerminalCommand),
    /// Kiosks, gateways and other devices that send punches as JSON
    #[command(subcommand)]
    Device(DeviceCommand),
    /// TPP policies
    #[command(subcommand)]
    Policy(PolicyCommand),
    /// Month sheet of an OPD or of all
    Recap(SheetArgs),
    /// TPP pay list of an OPD or of all
    Tpp(SheetArgs),
    /// Why a day was judged so, and why each rupiah of it was cut
    Explain(ExplainArgs),
    /// Judge a file with schedule, calendar, policy and facts; no database needed
    Judge(JudgeArgs),
    /// The transparency log: name, length and key, receipts, ways on after a restore
    Log(LogArgs),
    /// Erase personal data under UU 27/2022; the log stays verifiable and says who decided it
    Erase(EraseArgs),
    /// Check the transparency log, a receipt, a sheet, or the database against the log
    #[command(subcommand)]
    Verify(VerifyCommand),
    /// Check the installation and say how to mend what is wrong
    Doctor,
    /// Measure speed on this machine, with invented people
    #[command(subcommand)]
    Bench(BenchCommand),
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_definitions_do_not_contradict_each_other() {
        Cli::command().debug_assert();
    }
}
