//! The real server on a real socket, with devices.

use std::{net::SocketAddr, sync::Arc};

use jiff::{Timestamp, ToSpan};
use service::{Office, api_device, transparency::LogFiles};
use store::{
    Scope, log, punch,
    terminal::{self as register, Terminal},
};
use tokio::sync::watch;

use super::super::office::{ACTOR, BenchOffice};
use crate::{
    cli::BenchIntakeArgs,
    ledger_folder::LedgerFolder,
    serve::{self, Addresses, PublishedLog, Server},
    system::SystemClock,
};

/// A running server.
pub struct Running {
    /// Its surroundings, by the real clock.
    pub office: Office,
    /// It, as `hadir serve` runs it.
    pub server: Server,
    /// Where its log is published.
    pub files: LogFiles,
    /// Devices and their tokens.
    pub devices: Vec<(Terminal, String)>,
    /// PINs count from 1 to this.
    pub people: usize,
    stop: watch::Sender<bool>,
}

impl Running {
    /// Starts it with the devices of `args`.
    ///
    /// # Errors
    /// When no port can be had or the database fails.
    pub async fn start(
        bench: &BenchOffice,
        ledger: &LedgerFolder,
        args: &BenchIntakeArgs,
    ) -> anyhow::Result<Running> {
        let office = Office { clock: Arc::new(SystemClock), ..bench.office.clone() };
        let mut devices = Vec::new();
        let mut tx = office.db.begin_write(office.tenant).await?;
        for n in 1..=args.devices {
            let name = format!("Kios {n}");
            let made = api_device::add(&office, &mut tx, (bench.opd, &name), ACTOR).await?;
            devices.push((made.terminal, made.token));
        }
        tx.commit().await?;
        let anywhere = SocketAddr::from(([127, 0, 0, 1], 0));
        let addresses =
            Addresses { pages: anywhere, terminals: anywhere, public_url: None, trusted_proxies: Vec::new() };
        let files = ledger.files(office.tenant);
        let log = PublishedLog { files: files.clone(), witnesses: None, mail: None };
        let (stop, stopping) = watch::channel(false);
        let server = serve::start(&office, addresses, log, stopping).await?;
        Ok(Running { office, files, devices, people: usize::try_from(args.people)?, stop, server })
    }

    /// Ends it, checks the log against the tables, and gives the number of punches that came by HTTP.
    ///
    /// # Errors
    /// When something stored does not fit the log.
    pub async fn stop_and_count(self, raw: usize) -> anyhow::Result<usize> {
        self.stop.send_replace(true);
        self.server.finished().await;
        let mut tx = self.office.db.begin_read(self.office.tenant).await?;
        let checked = log::check(&mut tx).await?;
        anyhow::ensure!(checked.findings.is_empty(), "the log does not fit: {:?}", checked.findings);
        let until = self.office.now().checked_add(24.hours()).unwrap_or(Timestamp::MAX);
        let stored = punch::of(&mut tx, Scope::Everyone, Timestamp::UNIX_EPOCH, until).await?.len();
        let mapped = register::all(&mut tx).await?.len();
        anyhow::ensure!(mapped >= self.devices.len(), "a device is gone");
        Ok(stored - raw)
    }
}
