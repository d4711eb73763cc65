//! `hadir log rotate-key`: another key signs from now on, and the log says so under the old one.

use anyhow::bail;
use serde_json::json;
use service::transparency::{
    Decision, RecoveryError, change_key, check_stopped, current, damaged_checkpoint,
};

use super::recovery::{decider, wrong_name};
use crate::{
    cli::{Format, LogRecoveryArgs},
    config::Config,
    failure::Usage,
    ledger_folder::LedgerFolder,
    output, system,
};

/// Does it.
pub async fn run(config: &Config, args: &LogRecoveryArgs, format: Format) -> anyhow::Result<()> {
    system::check_exists(config)?;
    let folder = LedgerFolder::of(config);
    // Before anything is opened for writing: what waits must not be entered beside a running server.
    check_stopped(&folder.files(system::TENANT))?;
    let office = system::open_to_write(config).await?;
    let files = current(&office, &folder.files(office.tenant)).await?;
    if let Some(refusal) = office.db.sealer().and_then(|sealer| sealer.refusal()) {
        bail!(
            "the log may not be signed, so no other key can be named in it: {}; see `hadir log`",
            refusal.reason
        );
    }
    if let Some(damaged) = damaged_checkpoint(&office, &files).await {
        bail!("{damaged}; start hadir serve once, which writes it anew, then do this again");
    }
    let actor = decider(&office, &args.by).await?;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let origin = store::log::head(&mut tx).await?.map(|head| head.origin).unwrap_or_default();
    drop(tx);
    if args.confirm.as_deref() != Some(origin.as_str()) {
        let wrong = wrong_name(args);
        let help = format!(
            "{wrong}nothing was changed; stop the server, then say --confirm '{origin}' to replace the key"
        );
        return Err(Usage(help).into());
    }
    let had_next = folder.has_next();
    let next = folder.next_sealer(std::sync::Arc::clone(&office.clock))?;
    let decision = Decision { reason: args.reason.clone(), actor };
    let done = match change_key(&office, &files, &next, &decision).await {
        Ok(done) => done,
        Err(error) => {
            // A key that the log names already must stay.
            if !had_next && !matches!(error, RecoveryError::Unfinished(_)) {
                folder.drop_next()?;
            }
            return Err(error.into());
        }
    };
    let retired = folder.take_next()?;
    office.db.close().await;
    match format {
        Format::Text => output::line(&format!(
            "{} is signed by a new key from entry {} on:\n\n  {}\n\nGive it to auditors and witnesses; the old one, {}, holds for everything before. The old secret key lies in {}: keep it offline.",
            done.origin,
            done.entry,
            done.vkey,
            done.replaces,
            retired.display()
        )),
        Format::Json => output::json(
            None,
            &json!({ "origin": done.origin, "key": done.vkey, "replaces": done.replaces, "entry": done.entry }),
        ),
        Format::Csv | Format::Xlsx => Err(output::no_format("log rotate-key", format, "text or json")),
    }
}
