//! The commands, one file each. A command reads, asks the service and writes; it decides nothing itself.

mod account_add;
mod calendar;
mod device;
mod doctor;
mod erase;
mod explain;
mod import_attlog;
mod import_employees;
mod import_figures;
mod import_roster;
mod import_undo;
mod judge;
mod log;
mod people;
mod pin_group;
mod policy_activate;
mod policy_check;
mod policy_files;
mod policy_list;
mod proof;
mod recap;
mod schedule;
mod serve;
mod setup;
mod sheets;
mod terminal_approve;
mod terminal_list;
mod terminal_map;
mod tpp;
pub mod verify;

use crate::{
    bench,
    cli::{AccountCommand, Cli, Command, ImportCommand, PolicyCommand, TerminalCommand},
    config::Config,
    demo,
};

/// Who has done what a command does, in the register.
pub const ACTOR: &str = "cli";

/// Carries out the command.
///
/// # Errors
/// Whatever the person must know; [`crate::failure::tell`] prints it.
pub async fn run(cli: Cli, config: anyhow::Result<Config>) -> anyhow::Result<()> {
    let format = cli.settings.format;
    if matches!(cli.command, Command::Doctor) {
        return doctor::run(config, &cli.settings, format).await;
    }
    let config = config?;
    match cli.command {
        Command::Serve(_) => serve::run(&config).await,
        Command::Demo(args) => demo::run(args).await,
        Command::Setup(args) => setup::run(&config, &args, format).await,
        Command::Account(AccountCommand::Add(args)) => account_add::run(&config, &args, format).await,
        Command::Calendar(command) => calendar::run(&config, &command, format).await,
        Command::Import(ImportCommand::Employees(args)) => {
            import_employees::run(&config, &args, format).await
        }
        Command::Import(ImportCommand::Attlog(args)) => import_attlog::run(&config, &args, format).await,
        Command::Import(ImportCommand::Roster(args)) => import_roster::run(&config, &args, format).await,
        Command::Import(ImportCommand::Figures(args)) => import_figures::run(&config, &args, format).await,
        Command::Import(ImportCommand::Undo { import }) => import_undo::run(&config, &import, format).await,
        Command::Import(ImportCommand::List) => import_undo::list(&config, format).await,
        Command::Schedule(command) => schedule::run(&config, &command, format).await,
        Command::Terminal(TerminalCommand::List) => terminal_list::run(&config, format).await,
        Command::Terminal(TerminalCommand::Approve(args)) => {
            terminal_approve::run(&config, &args, format).await
        }
        Command::Terminal(TerminalCommand::Map(args)) => terminal_map::run(&config, &args, format).await,
        Command::Device(command) => device::run(&config, &command, format).await,
        Command::Policy(PolicyCommand::Check { file }) => policy_check::run(&file, format),
        Command::Policy(PolicyCommand::Activate(args)) => policy_activate::run(&config, &args, format).await,
        Command::Policy(PolicyCommand::List) => policy_list::run(&config, format).await,
        Command::Recap(args) => recap::run(&config, &args, format).await,
        Command::Tpp(args) => tpp::run(&config, &args, format).await,
        Command::Explain(args) => explain::run(&config, &args, format).await,
        Command::Judge(args) => judge::run(&config, &args, format),
        Command::Log(args) => log::run(&config, &args, format).await,
        Command::Erase(args) => erase::run(&config, &args, format).await,
        Command::Verify(command) => verify::run(&config, &command, format).await,
        Command::Bench(command) => bench::run(command, &cli.settings, format).await,
        Command::Doctor => Ok(()),
    }
}
