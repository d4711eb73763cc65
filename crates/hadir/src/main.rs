//! The `hadir` binary.

mod cli;
mod config;
mod demo;
mod serve;
mod system;

use std::process::ExitCode;

use clap::Parser;
use tokio::sync::watch;
use tracing_subscriber::EnvFilter;

use crate::{
    cli::{Cli, Command, ServeArgs, Settings, SetupArgs},
    config::{Config, LogFormat},
};

fn main() -> ExitCode {
    let cli = Cli::parse();
    let run = || -> anyhow::Result<()> {
        let config = read_config(&cli)?;
        start_log(&config);
        tokio::runtime::Runtime::new()?.block_on(dispatch(cli.command, config))
    };
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            fail(&error);
            ExitCode::FAILURE
        }
    }
}

#[expect(clippy::print_stderr, reason = "the last word to the person at the terminal")]
fn fail(error: &anyhow::Error) {
    eprintln!("hadir: {error:#}");
}

fn read_config(cli: &Cli) -> anyhow::Result<Config> {
    let Settings { config, .. } = &cli.settings;
    let mut flags = cli.settings.overrides();
    if let Command::Serve(ServeArgs { listen, terminal_listen }) = &cli.command {
        flags.extend(listen.clone().map(|v| ("listen", v)));
        flags.extend(terminal_listen.clone().map(|v| ("terminal_listen", v)));
    }
    Config::load(config.as_ref(), std::env::vars(), &flags)
}

fn start_log(config: &Config) {
    let filter = EnvFilter::try_new(&config.log).unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match config.log_format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().init(),
    }
}

async fn dispatch(command: Command, config: Config) -> anyhow::Result<()> {
    match command {
        Command::Serve(_) => run_server(&config).await,
        Command::Demo(args) => demo::run(args).await,
        Command::Setup(args) => setup(&config, &args).await,
    }
}

async fn run_server(config: &Config) -> anyhow::Result<()> {
    let office = system::open(config).await?;
    let (stop, stopping) = watch::channel(false);
    let addresses = serve::Addresses {
        pages: config.listen,
        terminals: config.terminal_listen,
        public_url: config.public_url.clone(),
        trusted_proxies: config.trusted_proxies.clone(),
    };
    let server = serve::start(&office, addresses, stopping).await?;
    tracing::info!(pages = %server.pages, terminals = %server.terminals, "serving");
    serve::interrupted().await;
    stop.send_replace(true);
    server.finished().await;
    office.db.close().await;
    Ok(())
}

async fn setup(config: &Config, args: &SetupArgs) -> anyhow::Result<()> {
    let office = system::open(config).await?;
    let token = service::account::make_link(&office, jiff::SignedDuration::from_mins(args.minutes)).await?;
    print_line(&format!("{}/siapkan/{token}", config.base_url()));
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the result of the command")]
fn print_line(text: &str) {
    println!("{text}");
}
