//! `hadir policy …`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// `hadir policy`.
#[derive(Debug, Subcommand)]
pub enum PolicyCommand {
    /// Read a policy file and explain every mistake with line and remedy
    Check {
        /// Policy file (TOML); `-` reads standard input
        file: PathBuf,
    },
    /// Put a policy in force from its own effective date
    Activate(PolicyActivateArgs),
    /// List the policies in force, those that ship, and your own files
    List,
}

/// `hadir policy activate`.
#[derive(Debug, Args)]
pub struct PolicyActivateArgs {
    /// Policy file (TOML), or the id of one that ships or lies in policy_dir
    pub policy: String,
    /// First officer (NIP or login) who answers for it
    #[arg(long, value_name = "LOGIN")]
    pub by: String,
    /// Second officer (NIP or login); must be somebody else
    #[arg(long, value_name = "LOGIN")]
    pub approved_by: String,
}
