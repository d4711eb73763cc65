//! `hadir log rotate-key`: another key signs from now on, and the log says so under the old one.

use serde_json::json;
use service::transparency::{Decision, change_key, current};

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
    let office = system::open_to_write(config).await?;
    let folder = LedgerFolder::of(config);
    let files = current(&office, &folder.files(office.tenant)).await?;
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
    let next = folder.next_sealer(std::sync::Arc::clone(&office.clock))?;
    let decision = Decision { reason: args.reason.clone(), actor };
    let done = change_key(&office, &files, &next, &decision).await?;
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
