//! `hadir device …`.

use clap::{Args, Subcommand};

/// The commands about devices that send punches as JSON.
#[derive(Debug, Subcommand)]
pub enum DeviceCommand {
    /// Make a device of an OPD and print its token, once
    Add(DeviceAddArgs),
    /// Take a device out of service; its token no longer counts, its punches stay
    Revoke {
        /// Serial number, as `hadir terminal list` shows it: api:…
        serial: String,
    },
}

/// `hadir device add`.
#[derive(Debug, Args)]
pub struct DeviceAddArgs {
    /// Code of the OPD or unit where it stands
    #[arg(long, value_name = "CODE")]
    pub opd: String,
    /// Name to show, for example "Kios lobi"
    #[arg(long)]
    pub name: String,
    /// Code of the group whose PINs it uses [default: that of the OPD]
    #[arg(long, value_name = "CODE")]
    pub group: Option<String>,
}
