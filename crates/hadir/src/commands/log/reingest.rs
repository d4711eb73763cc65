//! `hadir log reingest`: the log goes on behind the entries that the database lost, and the terminals send everything again.

use anyhow::bail;
use serde_json::json;
use service::{
    Office, api_device,
    terminal_admin::{self, SafeCommand},
    transparency::{Doubt, carry_on},
};
use store::terminal::TerminalState;

use super::recovery::{self, sentence};
use crate::{
    cli::{Format, LogRecoveryArgs},
    commands::ACTOR,
    config::Config,
    output,
};

/// What is said of a device that sends JSON.
const NO_COMMANDS: &str = "takes no commands; send its punches of that time again, none is counted twice";

/// What became of asking a terminal.
#[derive(Debug, serde::Serialize)]
struct Asked {
    serial: String,
    problem: Option<String>,
}

/// Does it.
pub async fn run(config: &Config, args: &LogRecoveryArgs, format: Format) -> anyhow::Result<()> {
    let case = recovery::open(config, args).await?;
    if let Doubt::Witness { seen: Some(seen), .. } = &case.doubt {
        bail!(
            "{}; the published files hold fewer than {seen}, so they cannot give back what is lost: `hadir log disaster`",
            case.doubt
        );
    }
    let done = carry_on(&case.office, &case.files, &case.decision).await?;
    let asked = ask_terminals(&case.office).await?;
    case.office.db.close().await;
    match format {
        Format::Text => {
            output::line(&sentence(&done))?;
            for terminal in &asked {
                let how = terminal.problem.as_deref().unwrap_or("sends everything again at its next contact");
                output::line(&format!("terminal {}: {how}", terminal.serial))?;
            }
            output::line("Import files and rosters of that time again; `hadir log lost` lists the entries.")
        }
        Format::Json => output::json(
            None,
            &json!({
                "origin": done.origin, "lost": done.lost, "taken_over": done.taken_over, "entry": done.entry,
                "waited": done.waited, "terminals": asked,
            }),
        ),
        Format::Csv | Format::Xlsx => Err(output::no_format("log reingest", format, "text or json")),
    }
}

/// Asks every terminal in service for everything in its memory; what is stored already adds nothing. A device that sends JSON
/// takes no commands: it is named, so that somebody sends its day again.
async fn ask_terminals(office: &Office) -> anyhow::Result<Vec<Asked>> {
    let mut tx = office.db.begin_read(office.tenant).await?;
    let lines = terminal_admin::list(office, &mut tx).await?;
    drop(tx);
    let mut asked = Vec::new();
    for line in lines.into_iter().filter(|line| line.terminal.state == TerminalState::Approved) {
        let serial = line.terminal.serial;
        if serial.starts_with(api_device::MARK) {
            asked.push(Asked { serial, problem: Some(NO_COMMANDS.to_owned()) });
            continue;
        }
        let mut tx = office.db.begin_write(office.tenant).await?;
        let problem =
            match terminal_admin::queue(office, &mut tx, &serial, SafeCommand::ResendAll, ACTOR).await {
                Ok(_) => tx.commit().await.err().map(|error| error.to_string()),
                Err(error) => Some(error.en),
            };
        asked.push(Asked { serial, problem });
    }
    Ok(asked)
}
