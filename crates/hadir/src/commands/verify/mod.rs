//! `hadir verify …`: what an auditor does. All but `facts` need neither server nor database.

mod events;
mod facts;
mod kept;
pub mod log;
mod recap;
mod receipt;
mod trust;

use crate::{
    cli::{Format, VerifyCommand},
    config::Config,
};

/// Checks; anything wrong ends with exit code 1.
///
/// # Errors
/// As said, and when something cannot be read.
pub async fn run(config: &Config, command: &VerifyCommand, format: Format) -> anyhow::Result<()> {
    match command {
        VerifyCommand::Log(args) => log::run(args, format),
        VerifyCommand::Receipt(args) => receipt::run(args, format),
        VerifyCommand::Recap(args) => recap::run(args, format),
        VerifyCommand::Facts => facts::run(config, format).await,
    }
}
