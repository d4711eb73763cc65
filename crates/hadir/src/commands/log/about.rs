//! `hadir log`: name, length and key of the transparency log.

use anyhow::Context;
use serde::Serialize;
use service::transparency::current;

use crate::{cli::Format, config::Config, ledger_folder::LedgerFolder, output, system};

/// What to know about the log.
#[derive(Debug, Serialize)]
struct About {
    origin: String,
    key: String,
    size: u64,
    published: u64,
    /// Length of the newest checkpoint with enough cosignatures.
    cosigned: Option<u64>,
    /// Punches that wait until the log may be signed.
    waiting: u64,
    files: String,
    doubt: Option<String>,
}

/// Shows it.
pub async fn run(config: &Config, format: Format) -> anyhow::Result<()> {
    let office = system::open_to_read(config).await?;
    let files = current(&office, &LedgerFolder::of(config).files(office.tenant)).await?;
    let doubt = system::doubt(config, &office).await?.map(|doubt| doubt.to_string());
    let mut tx = office.db.begin_read(office.tenant).await?;
    let head = store::log::head(&mut tx).await?;
    let waiting = store::log::waiting(&mut tx).await?;
    drop(tx);
    let sealer =
        office.db.sealer().context("the log has no key yet; `hadir serve` makes it at its first start")?;
    let origin = head.as_ref().map_or_else(|| sealer.origin(office.tenant), |head| head.origin.clone());
    let about = About {
        key: sealer.vkey(&origin)?,
        origin,
        size: head.map_or(0, |head| head.edge.size()),
        published: ledger::read::published(&files.fetch()).map_or(0, |signed| signed.size()),
        cosigned: ledger::read::cosigned(&files.fetch()).ok().flatten().map(|signed| signed.size()),
        waiting,
        files: files.root().display().to_string(),
        doubt,
    };
    office.db.close().await;
    match format {
        Format::Text => {
            let About { origin, key, size, published, files, cosigned, .. } = &about;
            let cosigned = cosigned.map(|size| format!(", cosigned {size}")).unwrap_or_default();
            output::line(&format!(
                "log        {origin}\nkey        {key}\nentries    {size}, published {published}{cosigned}\nfiles      {files}"
            ))?;
            if about.waiting > 0 {
                output::line(&format!(
                    "waiting    {} punches, stored but not in the log yet",
                    about.waiting
                ))?;
            }
            about.doubt.iter().try_for_each(|doubt| output::line(&format!("NOT SIGNED {doubt}")))
        }
        Format::Json => output::json(None, &about),
        Format::Csv | Format::Xlsx => Err(output::no_format("log", format, "text or json")),
    }
}
