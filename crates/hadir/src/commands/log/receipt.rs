//! `hadir log receipt`: the receipt of an entry, to be kept by the one whom it concerns.

use anyhow::{Context, bail};
use service::{
    Office,
    transparency::{Proof, receipt, receipt_at},
};
use store::{
    erasure,
    log::{self, EntryRow},
};

use crate::{
    cli::{Format, LogReceiptArgs},
    config::Config,
    ledger_folder::LedgerFolder,
    output, system,
};

/// Writes the receipt.
pub async fn run(config: &Config, args: &LogReceiptArgs, format: Format) -> anyhow::Result<()> {
    if format != Format::Text {
        return Err(output::no_format("log receipt", format, "text"));
    }
    let office = system::open_to_read(config).await?;
    let files = LedgerFolder::of(config).files(office.tenant);
    let fact = args.fact.as_deref().map(id).transpose()?;
    let proof = match (args.entry, fact) {
        (Some(index), _) => receipt_at(&office, &files, index).await?,
        (None, Some(fact)) => receipt(&office, &files, fact).await?,
        (None, None) => Proof::Unknown,
    };
    let row = entry(&office, args.entry, fact).await?;
    let erased = match &row {
        Some(row) => erased(&office, row).await?,
        None => None,
    };
    let opening = match (&args.opening, &row) {
        (Some(_), Some(row)) => log::opening(&mut office.db.begin_read(office.tenant).await?, row).await?,
        _ => None,
    };
    office.db.close().await;
    if let Some(erased) = &erased {
        tracing::warn!("{erased}");
    }
    if let Some(path) = &args.opening {
        let lost = || erased.unwrap_or_else(|| "what the entry commits to was changed or lost".to_owned());
        let opening = opening.with_context(lost)?;
        output::deliver(Some(path), opening.to_string().as_bytes())?;
    }
    match proof {
        Proof::Receipt(receipt) => output::deliver(args.out.as_deref(), receipt.to_string().as_bytes()),
        Proof::Soon { index } => {
            bail!(
                "entry {index} is in the log but not published yet; a running server publishes within a second"
            )
        }
        Proof::Waiting => {
            bail!("it is stored, but the log may not be signed at present; `hadir log` says why")
        }
        Proof::Altered { index } => {
            bail!(
                "entry {index} in the database is not the one that was published: somebody changed it; `hadir verify facts` shows what else differs"
            )
        }
        Proof::Unknown => bail!("the log has no such entry"),
    }
}

fn id(fact: &str) -> anyhow::Result<[u8; 16]> {
    let id = hex::decode(fact.replace('-', "")).ok().and_then(|id| id.try_into().ok());
    id.with_context(|| format!("'{fact}' is not the id of a fact"))
}

/// The entry that is meant.
async fn entry(
    office: &Office,
    entry: Option<u64>,
    fact: Option<[u8; 16]>,
) -> anyhow::Result<Option<EntryRow>> {
    let mut tx = office.db.begin_read(office.tenant).await?;
    Ok(match (entry, fact) {
        (Some(index), _) => log::entries(&mut tx, index, 1).await?.pop(),
        (None, Some(fact)) => log::first_entry_about(&mut tx, fact).await?,
        (None, None) => None,
    })
}

/// Who erased what the entry commits to, when and why.
async fn erased(office: &Office, row: &EntryRow) -> anyhow::Result<Option<String>> {
    let mut tx = office.db.begin_read(office.tenant).await?;
    let Some(erasure) = erasure::of_entry(&mut tx, row.seq).await? else { return Ok(None) };
    Ok(Some(format!(
        "what the entry commits to was erased at {} ({}): {}. The receipt still proves that the entry is in the log.",
        erasure.at, erasure.legal_basis, erasure.reason
    )))
}
