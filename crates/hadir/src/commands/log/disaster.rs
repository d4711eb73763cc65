//! `hadir log disaster`: a log that cannot go on is given up, and the next one begins by saying so.

use serde_json::json;
use service::transparency::begin_anew;

use super::recovery::{self, sentence};
use crate::{
    cli::{Format, LogRecoveryArgs},
    config::Config,
    output,
};

/// Does it.
pub async fn run(config: &Config, args: &LogRecoveryArgs, format: Format) -> anyhow::Result<()> {
    let case = recovery::open(config, args).await?;
    let done = begin_anew(&case.office, &case.files, &case.decision).await?;
    let sealer = case.office.db.sealer().ok_or_else(|| anyhow::anyhow!("the log has no key"))?;
    let key = sealer.vkey(&done.origin)?;
    case.office.db.close().await;
    match format {
        Format::Text => output::line(&format!(
            "{}\nIts key, for auditors and witnesses: {key}\nThe files of the old log stay where they are; keep them.",
            sentence(&done)
        )),
        Format::Json => output::json(
            None,
            &json!({
                "origin": done.origin, "key": key, "lost": done.lost, "entry": done.entry, "waited": done.waited,
            }),
        ),
        Format::Csv | Format::Xlsx => Err(output::no_format("log disaster", format, "text or json")),
    }
}
