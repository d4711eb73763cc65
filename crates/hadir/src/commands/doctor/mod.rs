//! `hadir doctor`: looks at the installation from the configuration to the people, and names the command that mends.

mod check;
mod data;
mod log;
mod machine;
mod permissions;

use serde_json::json;

pub use check::{Check, State};

use crate::{
    cli::{Format, Settings},
    config::Config,
    failure::{Said, sentence},
    output,
};

/// Looks at everything that can be reached; exit code 1 when anything is [`State::Gagal`].
pub async fn run(config: anyhow::Result<Config>, settings: &Settings, format: Format) -> anyhow::Result<()> {
    let mut checks = Vec::new();
    match config {
        Err(error) => checks.push(
            Check::gagal("configuration", sentence(&error))
                .mend("Correct the setting; docs/src/configuration.md lists them all."),
        ),
        Ok(config) => {
            let file = settings.config.as_ref().map_or_else(
                || "defaults, the standard file if it exists, and HADIR_* variables".to_owned(),
                |path| path.display().to_string(),
            );
            checks.push(Check::ok("configuration", format!("read: {file}")));
            checks.extend(machine::ports(&config).await);
            checks.extend(machine::disk(&config));
            checks.extend(permissions::look(&config));
            checks.extend(data::look(&config).await);
        }
    }
    let failed = checks.iter().any(|check| check.state == State::Gagal);
    match format {
        Format::Text => output::deliver(None, checks.iter().map(Check::text).collect::<String>().as_bytes())?,
        Format::Json => output::json(None, &json!({ "ok": !failed, "checks": checks }))?,
        Format::Csv => {
            let rows = checks.iter().map(|c| [c.state.code(), c.name, &c.finding, &c.mend]);
            output::csv(None, &["state", "check", "finding", "mend"], rows)?;
        }
        Format::Xlsx => return Err(output::no_format("doctor", format, "text, json or csv")),
    }
    if failed { Err(Said.into()) } else { Ok(()) }
}
