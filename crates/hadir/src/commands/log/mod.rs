//! `hadir log …`: the transparency log as its operator sees it.

mod about;
mod receipt;

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
    }
}
