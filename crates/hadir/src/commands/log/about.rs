//! `hadir log`: name, length and key of the transparency log.

use anyhow::bail;
use serde::Serialize;
use service::{
    Office,
    transparency::{current, damaged_checkpoint},
};
use store::log::{Sealer, Stated};

use crate::{cli::Format, config::Config, failure::Said, ledger_folder::LedgerFolder, output, system};

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
    /// Why nothing may be signed.
    doubt: Option<String>,
    /// The ways on then, as commands.
    ways: Vec<String>,
    /// A published checkpoint that a running server will write anew.
    damaged: Option<String>,
}

/// Shows it.
pub async fn run(config: &Config, format: Format) -> anyhow::Result<()> {
    let office = system::open_to_read(config).await?;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let head = store::log::stated(&mut tx).await?;
    let waiting = store::log::waiting(&mut tx).await?;
    drop(tx);
    let sealer = sealer(config, &office, head.as_ref())?;
    let files = current(&office, &LedgerFolder::of(config).files(office.tenant)).await?;
    let doubt = system::doubt(config, &office).await?;
    let origin = head.as_ref().map_or_else(|| sealer.origin(office.tenant), |head| head.origin.clone());
    let about = About {
        key: sealer.vkey(&origin)?,
        size: head.map_or(0, |head| head.size.max(0).unsigned_abs()),
        published: ledger::read::published(&files.fetch()).map_or(0, |signed| signed.size()),
        cosigned: ledger::read::cosigned(&files.fetch()).ok().flatten().map(|signed| signed.size()),
        waiting,
        files: files.root().display().to_string(),
        ways: doubt.as_ref().map(|doubt| doubt.ways(&origin)).unwrap_or_default(),
        doubt: doubt.map(|doubt| doubt.to_string()),
        damaged: damaged_checkpoint(&office, &files).await,
        origin,
    };
    office.db.close().await;
    match format {
        Format::Text => about.text()?,
        Format::Json => output::json(None, &about)?,
        Format::Csv | Format::Xlsx => return Err(output::no_format("log", format, "text or json")),
    }
    if about.doubt.is_none() && about.damaged.is_none() { Ok(()) } else { Err(Said.into()) }
}

/// The one who checks with the key of the log.
fn sealer<'a>(config: &Config, office: &'a Office, head: Option<&Stated>) -> anyhow::Result<&'a Sealer> {
    match (office.db.sealer(), head.filter(|head| head.size > 0)) {
        (Some(sealer), _) => Ok(sealer),
        (None, Some(head)) => Err(system::missing_key(config, head)),
        (None, None) => bail!("the log has no key yet; `hadir serve` makes it at its first start"),
    }
}

impl About {
    fn text(&self) -> anyhow::Result<()> {
        let About { origin, key, size, published, files, cosigned, .. } = self;
        let cosigned = cosigned.map(|size| format!(", cosigned {size}")).unwrap_or_default();
        output::line(&format!(
            "log        {origin}\nkey        {key}\nentries    {size}, published {published}{cosigned}\nfiles      {files}"
        ))?;
        if self.waiting > 0 {
            output::line(&format!("waiting    {} punches, stored but not in the log yet", self.waiting))?;
        }
        match (&self.doubt, &self.damaged) {
            (Some(doubt), _) => output::line(&not_signed(doubt, &self.ways)),
            (None, Some(damaged)) => output::line(&format!(
                "DAMAGED    {damaged}; hadir serve writes it anew from what was signed"
            )),
            (None, None) => Ok(()),
        }
    }
}

/// Why nothing may be signed, and the commands that lead on.
fn not_signed(doubt: &str, ways: &[String]) -> String {
    let ways: String = ways.iter().map(|way| format!("\n  {way}")).collect();
    format!("NOT SIGNED {doubt}\nWays on; stop hadir serve first (docs/src/transparency-log.md):{ways}")
}
