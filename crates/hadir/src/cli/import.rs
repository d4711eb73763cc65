//! `hadir import …`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use domain::month::Month;
use jiff::civil::Date;

/// `hadir import`.
#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// Employees from XLSX or CSV, found by heading
    Employees(ImportEmployeesArgs),
    /// Punches from a terminal's USB file (attlog.dat)
    Attlog(ImportAttlogArgs),
    /// Shifts of a unit in a month from XLSX or CSV, found by NIP
    Roster(ImportRosterArgs),
    /// Monthly figures that TPP policies ask for (CSV: NIP and one column per figure)
    Figures(ImportFiguresArgs),
    /// Take an import back, of employees, punches or shifts
    Undo {
        /// Number of the import, as the import printed it
        import: String,
    },
    /// The latest imports
    List,
}

/// `hadir import employees`.
#[derive(Debug, Args)]
pub struct ImportEmployeesArgs {
    /// XLSX or CSV file
    pub file: PathBuf,
    /// Only show what would change
    #[arg(long)]
    pub dry_run: bool,
    /// From which day the values hold [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub effective: Option<Date>,
    /// Write the refused rows, with reasons, to this workbook; corrected, it can be imported
    #[arg(long, value_name = "FILE")]
    pub bad_rows: Option<PathBuf>,
    /// Refuse rows whose unit does not exist, instead of making the unit
    #[arg(long)]
    pub known_units_only: bool,
    /// Report everybody who is not in the file as missing, not only the people of the OPDs it names
    #[arg(long)]
    pub complete: bool,
    /// Import nothing at all if a row is refused
    #[arg(long)]
    pub all_or_nothing: bool,
    /// Code of the group of terminals whose PINs the file holds [default: the only one]
    #[arg(long, value_name = "CODE")]
    pub group: Option<String>,
}

/// `hadir import attlog`.
#[derive(Debug, Args)]
pub struct ImportAttlogArgs {
    /// The file, usually 1_attlog.dat or SERIAL_attlog.dat
    pub file: PathBuf,
    /// Serial number of the terminal it came from
    #[arg(long)]
    pub serial: String,
}

/// `hadir import roster`.
#[derive(Debug, Args)]
pub struct ImportRosterArgs {
    /// XLSX or CSV file: NIP and the days 1, 2, 3, …; or NIP, TANGGAL, SHIFT
    pub file: PathBuf,
    /// Code of the unit
    #[arg(long, value_name = "CODE")]
    pub unit: String,
    /// The month
    #[arg(long, value_name = "YYYY-MM")]
    pub month: Month,
    /// Only show what would change
    #[arg(long)]
    pub dry_run: bool,
}

/// `hadir import figures`.
#[derive(Debug, Args)]
pub struct ImportFiguresArgs {
    /// CSV file, UTF-8: the first column is the NIP, the others are named as the policy names its inputs
    pub file: PathBuf,
    /// The month of work
    #[arg(long, value_name = "YYYY-MM")]
    pub month: Month,
}
