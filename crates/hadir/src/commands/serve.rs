//! `hadir serve`: the pages and the listener for terminals, until Ctrl-C or SIGTERM.

use std::time::Duration;

use jiff::SignedDuration;
use service::{Fault, Office, account, transparency};
use tokio::sync::watch;

use crate::{
    config::Config,
    ledger_folder::LedgerFolder,
    mail::MailSettings,
    output, serve,
    system::{self, SystemClock},
    witnessing::Witnesses,
};

/// How long to wait for a database server that is still starting.
const DATABASE_PATIENCE: Duration = Duration::from_secs(30);
/// How long the set-up link of a first run works.
const SETUP_LINK: SignedDuration = SignedDuration::from_hours(1);

/// Serves until a signal comes; requests under way are answered first.
pub async fn run(config: &Config) -> anyhow::Result<()> {
    let mut interrupt = serve::Interrupt::listen()?;
    system::check_clock(&SystemClock)?;
    system::wait_for_database(&config.database_url, DATABASE_PATIENCE).await?;
    let office = system::open_to_write(config).await?;
    system::check_durability(&office.db, config.volatile_database).await?;
    let (stop, stopping) = watch::channel(false);
    let addresses = serve::Addresses {
        pages: config.listen,
        terminals: config.terminal_listen,
        public_url: config.public_url.clone(),
        trusted_proxies: config.trusted_proxies.clone(),
    };
    let files = transparency::current(&office, &LedgerFolder::of(config).files(office.tenant)).await?;
    say_ways_on(config, &office).await?;
    let log = serve::PublishedLog {
        files,
        witnesses: Witnesses::of(config)?,
        mail: MailSettings::of(config)?.map(|settings| (LedgerFolder::of(config), settings)),
    };
    let server = serve::start(&office, addresses, log, stopping).await?;
    tracing::info!(pages = %server.pages, terminals = %server.terminals, database = office.db.place(), "serving");
    let origin = config.public_url.clone().unwrap_or_else(|| format!("http://{}", server.pages));
    offer_setup(&office, &origin).await?;
    let fallen = tokio::select! {
        () = interrupt.heard() => None,
        name = server.fallen() => Some(name),
    };
    tracing::info!("stopping");
    stop.send_replace(true);
    server.finished().await;
    office.db.close().await;
    match fallen {
        None => Ok(()),
        Some(name) => {
            anyhow::bail!("'{name}' ended by itself; the lines above say why. Start the server again.")
        }
    }
}

/// Names the commands that lead on where the log may not be signed.
async fn say_ways_on(config: &Config, office: &Office) -> anyhow::Result<()> {
    let Some(doubt) = system::doubt(config, office).await? else { return Ok(()) };
    let mut tx = office.db.begin_read(office.tenant).await?;
    let stated = store::log::stated(&mut tx).await?;
    drop(tx);
    let sealer = office.db.sealer().map(|sealer| sealer.origin(office.tenant)).unwrap_or_default();
    let origin = stated.map_or(sealer, |stated| stated.origin);
    for way in doubt.ways(&origin) {
        tracing::error!("a way on, after this server was stopped: {way}");
    }
    Ok(())
}

/// An installation without any account says how to make the first one.
async fn offer_setup(office: &Office, origin: &str) -> anyhow::Result<()> {
    match account::make_link(office, SETUP_LINK).await {
        Ok(token) => output::line(&format!(
            "Nobody has an account yet. Open this link within the hour to make the first administrator:\n\n  {origin}/siapkan/{token}\n\nA new link: hadir setup"
        )),
        Err(error) if error.fault == Fault::Conflict => Ok(()),
        Err(error) => Err(error.into()),
    }
}
