//! `hadir log …`: the transparency log as its operator sees it.

mod about;
mod disaster;
mod lost;
mod mail;
mod receipt;
mod recovery;
mod reingest;
mod rotate_key;

use crate::{
    cli::{Format, LogArgs, LogCommand},
    config::Config,
};

/// Shows the log, or does what the subcommand says.
///
/// # Errors
/// As each of them.
pub async fn run(config: &Config, args: &LogArgs, format: Format) -> anyhow::Result<()> {
    match &args.command {
        None => about::run(config, format).await,
        Some(LogCommand::Receipt(args)) => receipt::run(config, args, format).await,
        Some(LogCommand::Reingest(args)) => reingest::run(config, args, format).await,
        Some(LogCommand::Disaster(args)) => disaster::run(config, args, format).await,
        Some(LogCommand::RotateKey(args)) => rotate_key::run(config, args, format).await,
        Some(LogCommand::Mail(args)) => mail::run(config, args, format).await,
        Some(LogCommand::Lost(args)) => lost::run(config, args, format).await,
    }
}
