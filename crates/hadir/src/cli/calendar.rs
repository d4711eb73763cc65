//! `hadir calendar …`.

use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;

/// `hadir calendar`.
#[derive(Debug, Subcommand)]
pub enum CalendarCommand {
    /// Holidays, cuti bersama and Ramadan hours of a year, with their legal basis
    List(CalendarListArgs),
    /// Add a free day, or make a free day a working day
    Add(CalendarAddArgs),
    /// Add the days on which Ramadan hours hold
    Ramadan(CalendarRamadanArgs),
    /// Take an entry back that was added
    Revoke(CalendarRevokeArgs),
}

/// `hadir calendar list`.
#[derive(Debug, Args)]
pub struct CalendarListArgs {
    /// Year
    #[arg(long)]
    pub year: i16,
    /// Code of the unit whose calendar is shown [default: that of everybody]
    #[arg(long, value_name = "CODE")]
    pub unit: Option<String>,
}

/// What every change must say.
#[derive(Debug, Args)]
pub struct CalendarWhy {
    /// For whom: national, province, regency or unit:CODE
    #[arg(long = "for", value_name = "PLACE", default_value = "regency")]
    pub place: String,
    /// Number of the decree or circular
    #[arg(long)]
    pub basis: String,
    /// Why, as a short sentence
    #[arg(long)]
    pub reason: String,
}

/// What a day becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CalendarKind {
    /// A holiday
    Libur,
    /// Shared leave
    CutiBersama,
    /// A working day, although it is free elsewhere
    Masuk,
}

/// `hadir calendar add`.
#[derive(Debug, Args)]
pub struct CalendarAddArgs {
    /// The day
    #[arg(value_name = "YYYY-MM-DD")]
    pub day: Date,
    /// Its name
    #[arg(long)]
    pub name: String,
    /// What it becomes
    #[arg(long, value_enum, default_value_t = CalendarKind::Libur)]
    pub kind: CalendarKind,
    /// Place, basis and reason.
    #[command(flatten)]
    pub why: CalendarWhy,
}

/// `hadir calendar ramadan`.
#[derive(Debug, Args)]
pub struct CalendarRamadanArgs {
    /// First day
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub from: Date,
    /// Last day
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub until: Date,
    /// Place, basis and reason.
    #[command(flatten)]
    pub why: CalendarWhy,
}

/// `hadir calendar revoke`.
#[derive(Debug, Args)]
pub struct CalendarRevokeArgs {
    /// Number of the entry, as `hadir calendar list` prints it
    pub entry: String,
    /// Why, as a short sentence
    #[arg(long)]
    pub reason: String,
}
