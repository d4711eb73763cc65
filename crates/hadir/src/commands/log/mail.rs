//! `hadir log mail`: sends the letter with the end of the log now.

use anyhow::Context;
use serde_json::json;
use service::reference;

use crate::{
    cli::{Format, LogMailArgs},
    config::Config,
    ledger_folder::LedgerFolder,
    mail::{MailSettings, letter, send},
    output, system,
};

/// Sends it; a test says so in its subject. The daily letter is sent all the same.
pub async fn run(config: &Config, args: &LogMailArgs, format: Format) -> anyhow::Result<()> {
    let settings =
        MailSettings::of(config)?.context("mail_host is not set; see docs/src/configuration.md")?;
    let office = system::open_to_write(config).await?;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let zone = reference::current(&office, &mut tx).await?.units.home_zone();
    drop(tx);
    let day = zone.local(office.now()).date();
    let mut letter = letter(&office, &LedgerFolder::of(config), day).await?;
    office.db.close().await;
    if args.test {
        letter.subject = format!("[uji coba] {}", letter.subject);
    }
    let to = settings.to.clone();
    let subject = letter.subject.clone();
    tokio::task::spawn_blocking(move || send(&settings, &letter)).await??;
    match format {
        Format::Text => output::line(&format!("sent '{subject}' to {}", to.join(", "))),
        Format::Json => output::json(None, &json!({ "subject": subject, "to": to })),
        Format::Csv | Format::Xlsx => Err(output::no_format("log mail", format, "text or json")),
    }
}
