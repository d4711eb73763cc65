//! `hadir log receipt`: the receipt of an entry, to be kept by the one whom it concerns.

use anyhow::{Context, bail};
use ledger::Opening;
use service::{
    Office,
    transparency::{Proof, receipt, receipt_at},
};
use store::log;

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
    let office = system::open(config).await?;
    let files = LedgerFolder::of(config).files(office.tenant);
    let fact = args.fact.as_deref().map(id).transpose()?;
    let proof = match (args.entry, fact) {
        (Some(index), _) => receipt_at(&office, &files, index).await?,
        (None, Some(fact)) => receipt(&office, &files, fact).await?,
        (None, None) => Proof::Unknown,
    };
    let opening = match &args.opening {
        Some(_) => opening(&office, args.entry, fact).await?,
        None => None,
    };
    office.db.close().await;
    if let Some(path) = &args.opening {
        let opening = opening.context("what the entry commits to was erased, changed or lost")?;
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
        Proof::Unknown => bail!("the log has no such entry"),
    }
}

fn id(fact: &str) -> anyhow::Result<[u8; 16]> {
    let id = hex::decode(fact.replace('-', "")).ok().and_then(|id| id.try_into().ok());
    id.with_context(|| format!("'{fact}' is not the id of a fact"))
}

/// What the entry commits to.
async fn opening(
    office: &Office,
    entry: Option<u64>,
    fact: Option<[u8; 16]>,
) -> anyhow::Result<Option<Opening>> {
    let mut tx = office.db.begin_read(office.tenant).await?;
    let row = match (entry, fact) {
        (Some(index), _) => log::entries(&mut tx, index, 1).await?.pop(),
        (None, Some(fact)) => log::first_entry_about(&mut tx, fact).await?,
        (None, None) => None,
    };
    Ok(match row {
        Some(row) => log::opening(&mut tx, &row).await?,
        None => None,
    })
}
