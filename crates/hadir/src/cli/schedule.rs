//! `hadir schedule …`.

use clap::{Args, Subcommand};
use jiff::civil::Date;

/// `hadir schedule`.
#[derive(Debug, Subcommand)]
pub enum ScheduleCommand {
    /// Which unit follows which schedule since when
    List,
    /// Let a unit, or one person, follow a schedule from a day on
    Assign(ScheduleAssignArgs),
    /// Put a person into a group of a rotating schedule from a day on
    Group(ScheduleGroupArgs),
}

/// `hadir schedule assign`.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("whose").required(true))]
pub struct ScheduleAssignArgs {
    /// Code of the schedule; "unit" lets a person follow the unit again
    pub schedule: String,
    /// Code of the unit
    #[arg(long, value_name = "CODE", group = "whose")]
    pub unit: Option<String>,
    /// NIP or NI PPPK of the person
    #[arg(long, value_name = "NIP", group = "whose")]
    pub person: Option<String>,
    /// First day
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub from: Date,
    /// Why, or by which letter
    #[arg(long)]
    pub reason: String,
}

/// `hadir schedule group`.
#[derive(Debug, Args)]
pub struct ScheduleGroupArgs {
    /// NIP or NI PPPK of the person
    pub person: String,
    /// Number of the group, from 1
    pub group: i32,
    /// First day
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub from: Date,
    /// Why, or by which letter
    #[arg(long)]
    pub reason: String,
}
