//! `hadir terminal …`.

use clap::{Args, Subcommand};
use domain::zone::Zone;
use jiff::civil::Date;

/// `hadir terminal`.
#[derive(Debug, Subcommand)]
pub enum TerminalCommand {
    /// List terminals with state, last contact, drift, backlog and unmapped PINs
    List,
    /// Approve a terminal that waits, or change the settings of one in service
    Approve(TerminalApproveArgs),
    /// Connect a PIN of a terminal's group with an employee
    Map(TerminalMapArgs),
}

/// `hadir terminal approve`.
#[derive(Debug, Args)]
pub struct TerminalApproveArgs {
    /// Serial number
    pub serial: String,
    /// Code of the OPD or unit where it hangs
    #[arg(long, value_name = "CODE")]
    pub unit: String,
    /// Name to show
    #[arg(long)]
    pub name: Option<String>,
    /// Time zone of its clock: WIB, WITA or WIT [default: that of the unit]
    #[arg(long, value_parser = zone)]
    pub zone: Option<Zone>,
    /// Code of the group whose PINs it uses [default: that of the OPD]
    #[arg(long, value_name = "CODE")]
    pub group: Option<String>,
    /// Networks it may come from, for example 10.20.0.0/16; several with blanks [default: any]
    #[arg(long, value_name = "CIDR", default_value = "", hide_default_value = true)]
    pub networks: String,
}

/// `hadir terminal map`.
#[derive(Debug, Args)]
pub struct TerminalMapArgs {
    /// Serial number of a terminal of the group
    pub serial: String,
    /// PIN as the terminal sends it
    pub pin: String,
    /// NIP or NI PPPK
    pub nip: String,
    /// Day from which the PIN is theirs, when it changes hands [default: from its first punch on]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub since: Option<Date>,
}

fn zone(text: &str) -> Result<Zone, String> {
    Zone::parse(text).ok_or_else(|| "write WIB, WITA or WIT".to_owned())
}
