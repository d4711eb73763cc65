//! `hadir serve`, `hadir demo`, `hadir setup`.

use std::{net::SocketAddr, path::PathBuf};

use clap::Args;

/// `hadir serve`.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Address of the pages [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<String>,
    /// Address for the terminals [default: 127.0.0.1:8081]
    #[arg(long, value_name = "ADDR")]
    pub terminal_listen: Option<String>,
}

/// `hadir demo`.
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Address of the pages
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDR")]
    pub listen: SocketAddr,
    /// Address for the virtual terminals
    #[arg(long, default_value = "127.0.0.1:8081", value_name = "ADDR")]
    pub terminal_listen: SocketAddr,
    /// Number of invented employees
    #[arg(long, default_value_t = 1200)]
    pub people: usize,
    /// Seed of the invented population
    #[arg(long, default_value_t = 2017)]
    pub seed: u64,
    /// Keep the demo database in this folder instead of a temporary one
    #[arg(long, value_name = "DIR")]
    pub keep: Option<PathBuf>,
}

/// `hadir setup`.
#[derive(Debug, Args)]
pub struct SetupArgs {
    /// How long the link works, in minutes
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(i64).range(1..=10_080))]
    pub minutes: i64,
}
