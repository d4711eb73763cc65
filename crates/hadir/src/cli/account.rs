//! `hadir account …`.

use clap::{Args, Subcommand};

/// The commands about accounts.
#[derive(Debug, Subcommand)]
pub enum AccountCommand {
    /// Make an account, or give one that exists another role; prints the first passphrase
    Add(AccountAddArgs),
}

/// `hadir account add`.
#[derive(Debug, Args)]
pub struct AccountAddArgs {
    /// NIP or NI PPPK of an employee, or a login of your choice
    pub login: String,
    /// Name on the screen [default: that of the employee]
    #[arg(long)]
    pub name: Option<String>,
    /// Role: pegawai, atasan, admin_opd, bkpsdm, pimpinan, auditor or sistem
    #[arg(long)]
    pub role: String,
    /// Code of the unit whose subtree the role covers [default: everything]
    #[arg(long)]
    pub unit: Option<String>,
}
