//! The command line: what can be asked of `hadir`.

use std::{collections::BTreeMap, path::PathBuf};

use clap::{Args, Parser, Subcommand};

/// Attendance, discipline and TPP for Indonesian regional governments.
#[derive(Debug, Parser)]
#[command(name = "hadir", version, about, long_about = None, propagate_version = true)]
pub struct Cli {
    /// Settings that every command understands.
    #[command(flatten)]
    pub settings: Settings,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Settings; each beats its `HADIR_*` variable, which beats the file.
#[derive(Debug, Args)]
pub struct Settings {
    /// Configuration file (TOML) [default: /etc/hadir/hadir.toml if it exists]
    #[arg(long, global = true, env = "HADIR_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Database: sqlite:PATH or postgres://USER@HOST/NAME (also HADIR_DATABASE_URL)
    #[arg(long, global = true, value_name = "URL")]
    pub database_url: Option<String>,
    /// Log filter, for example info or debug (also HADIR_LOG)
    #[arg(long, global = true, value_name = "FILTER")]
    pub log: Option<String>,
}

impl Settings {
    /// The flags that override configuration keys.
    pub fn overrides(&self) -> BTreeMap<&'static str, String> {
        [("database_url", self.database_url.clone()), ("log", self.log.clone())]
            .into_iter()
            .filter_map(|(key, value)| value.map(|v| (key, v)))
            .collect()
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the pages and listen for terminals
    Serve(ServeArgs),
    /// Show the whole system with an invented regency, live terminals included
    Demo(DemoArgs),
    /// Print a one-time link for the first administrator
    Setup(SetupArgs),
}

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
    pub listen: std::net::SocketAddr,
    /// Address for the virtual terminals
    #[arg(long, default_value = "127.0.0.1:8081", value_name = "ADDR")]
    pub terminal_listen: std::net::SocketAddr,
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
    #[arg(long, default_value_t = 60)]
    pub minutes: i64,
}
