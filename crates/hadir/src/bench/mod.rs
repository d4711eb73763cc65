//! `hadir bench`: figures of this machine, with CPU time and, beside each, the limit or peer it is compared with.

mod import;
mod intake;
mod judge;
mod judge_month;
mod log;
mod office;
mod page;
mod report;
mod terminal;

use report::{HEADINGS, Report};

use crate::{
    cli::{BenchCommand, Format, Settings},
    output,
};

/// Measures and prints.
pub async fn run(command: BenchCommand, settings: &Settings, format: Format) -> anyhow::Result<()> {
    let url = settings.database_url.as_deref();
    let reports = match command {
        BenchCommand::Judge(args) => vec![judge::run(args.largest, args.seed)?],
        BenchCommand::Import(args) => import::run(&args, url).await?,
        BenchCommand::Intake(args) => intake::run(&args, url).await?,
        BenchCommand::Log(args) => vec![log::run(&args)?],
        BenchCommand::Terminal(args) => terminal::run(&args, url).await?,
        BenchCommand::Page(args) => page::run(&args, url).await?,
    };
    match format {
        Format::Text => {
            output::deliver(None, reports.iter().map(Report::text).collect::<String>().as_bytes())
        }
        Format::Json => output::json(None, &reports),
        Format::Csv => output::csv(None, &HEADINGS, reports.iter().flat_map(Report::rows)),
        Format::Xlsx => Err(output::no_format("bench", format, "text, json or csv")),
    }
}
