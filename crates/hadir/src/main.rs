//! The `hadir` binary: reads command line and configuration, and hands over to the command.

mod bench;
mod cli;
mod commands;
mod config;
mod demo;
mod failure;
mod folding;
mod housekeeping;
mod ledger_folder;
mod mail;
mod notice_board;
mod outgoing;
mod output;
mod progress;
mod publishing;
mod serve;
mod supervision;
mod system;
mod witnessing;

use std::{
    env,
    io::{self, IsTerminal},
    process::ExitCode,
};

use clap::Parser;
use tracing_subscriber::EnvFilter;

use crate::{
    cli::{Cli, Command, ServeArgs},
    config::{Config, LogFormat},
};

/// Many small rows live shortly on several threads, which the allocator of glibc serves slowly. SQLite uses it, too (`override`).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failure::tell(&error),
    }
}

fn run(cli: Cli) -> anyhow::Result<()> {
    let config = read_config(&cli);
    start_log(config.as_ref().unwrap_or(&Config::default()), &cli.command);
    tokio::runtime::Runtime::new()?.block_on(commands::run(cli, config))
}

fn read_config(cli: &Cli) -> anyhow::Result<Config> {
    let mut flags = cli.settings.overrides();
    if let Command::Serve(ServeArgs { listen, terminal_listen }) = &cli.command {
        flags.extend(listen.clone().map(|v| ("listen", v)));
        flags.extend(terminal_listen.clone().map(|v| ("terminal_listen", v)));
    }
    Config::load(cli.settings.config.as_ref(), env::vars(), &flags)
}

/// Only what runs for long logs by itself; the other commands speak for themselves unless a filter was asked for.
fn start_log(config: &Config, command: &Command) {
    let quiet =
        !matches!(command, Command::Serve(_) | Command::Demo(_)) && config.log == Config::default().log;
    let filter = if quiet { "warn" } else { config.log.as_str() };
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    // A file or a pipe is read later, by programs that take colours for text (no-color.org for the variable).
    let is_colourful =
        io::stderr().is_terminal() && env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let log =
        tracing_subscriber::fmt().with_env_filter(filter).with_ansi(is_colourful).with_writer(io::stderr);
    match config.log_format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().init(),
    }
}
