//! `hadir log receipt`: the receipt of an entry, to be kept by the one whom it concerns.

use anyhow::{Context, bail};
use service::transparency::{Proof, receipt, receipt_at};

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
    let proof = match (args.entry, &args.fact) {
        (Some(index), _) => receipt_at(&office, &files, index).await?,
        (None, Some(fact)) => {
            let id = hex::decode(fact.replace('-', "")).ok().and_then(|id| id.try_into().ok());
            receipt(&office, &files, id.with_context(|| format!("'{fact}' is not the id of a fact"))?).await?
        }
        (None, None) => Proof::Unknown,
    };
    office.db.close().await;
    match proof {
        Proof::Receipt(receipt) => output::deliver(args.out.as_deref(), receipt.to_string().as_bytes()),
        Proof::Soon { index } => {
            bail!(
                "entry {index} is in the log but not published yet; a running server publishes within a second"
            )
        }
        Proof::Unknown => bail!("the log has no such entry"),
    }
}
