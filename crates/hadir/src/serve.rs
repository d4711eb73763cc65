//! The pages and the terminal listener, side by side until a signal comes.

use std::{net::SocketAddr, sync::Arc};

use anyhow::Context;
use intake::Door;
use service::{Office, terminal_desk::TerminalDesk, transparency::LogFiles};
use terminal::listener::{self, Listener};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::{oneshot, watch},
    task::JoinHandle,
};
use web::server::{Site, SiteSettings};

use crate::{
    folding, housekeeping,
    ledger_folder::LedgerFolder,
    mail::{self, MailSettings},
    notice_board, publishing,
    witnessing::Witnesses,
};

/// Where to listen.
#[derive(Debug, Clone)]
pub struct Addresses {
    /// The pages.
    pub pages: SocketAddr,
    /// The terminals.
    pub terminals: SocketAddr,
    /// Origin under which people reach the pages.
    pub public_url: Option<String>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<std::net::IpAddr>,
}

/// A running server.
pub struct Server {
    /// Where the pages are.
    pub pages: SocketAddr,
    /// Where the terminals talk.
    pub terminals: SocketAddr,
    tasks: Vec<JoinHandle<()>>,
}

impl Server {
    /// Waits until requests under way are answered.
    pub async fn finished(self) {
        for task in self.tasks {
            task.await.ok();
        }
    }
}

/// The published log of the server.
#[derive(Clone)]
pub struct PublishedLog {
    /// Where it is published.
    pub files: LogFiles,
    /// Who is asked to confirm it, if anybody.
    pub witnesses: Option<Witnesses>,
    /// Where its end is mailed every day, if anywhere.
    pub mail: Option<(LedgerFolder, MailSettings)>,
}

/// Binds both ports and serves until `stopping` turns true.
///
/// # Errors
/// When a port is taken; the sentence names it and the flag that changes it.
pub async fn start(
    office: &Office,
    addresses: Addresses,
    log: PublishedLog,
    stopping: watch::Receiver<bool>,
) -> anyhow::Result<Server> {
    let pages = TcpListener::bind(addresses.pages)
        .await
        .with_context(|| format!("cannot listen on {} (change it with --listen)", addresses.pages))?;
    let (door, writer) = Door::open_on_thread(&office.db, office.tenant, intake::Settings::default())?;
    let desk = Arc::new(TerminalDesk::new(office.clone(), door.clone()));
    let config = listener::Config {
        trusted_proxies: addresses.trusted_proxies.clone(),
        ..listener::Config::default()
    };
    let machines =
        Listener::bind(addresses.terminals, config, desk, Arc::clone(&office.clock)).await.with_context(
            || format!("cannot listen on {} (change it with --terminal-listen)", addresses.terminals),
        )?;
    let letters = stopping.clone();
    let bound = (pages.local_addr()?, machines.local_addr()?);
    let settings = SiteSettings {
        public_origin: addresses.public_url,
        trusted_proxies: addresses.trusted_proxies,
        log: Some(log.files.clone()),
    };
    let site = Site::new(office.clone(), door, settings);
    let (publishing, _) = publishing::turn(office, publishing::open(log.files.clone())?).await;
    let mail = log.mail.clone();
    let board = notice_board::run(office.clone(), log.files.clone(), stopping.clone());
    let mut tasks = publishing::start(office, publishing, log, &stopping).await?;
    tasks.extend([
        tokio::spawn(web::server::serve(site, pages, until(stopping.clone()))),
        tokio::spawn(housekeeping::run(office.clone(), stopping.clone())),
        tokio::spawn(folding::run(office.db.clone(), stopping.clone())),
        tokio::spawn(board),
        tokio::spawn(machines.run(until(stopping))),
        // Ends when the last page and the last terminal are served, after everything that waited was stored.
        writer,
    ]);
    if let Some((folder, settings)) = mail {
        tasks.push(tokio::spawn(mail::run(office.clone(), folder, settings, letters)));
    }
    Ok(Server { pages: bound.0, terminals: bound.1, tasks })
}

async fn until(mut stopping: watch::Receiver<bool>) {
    while !*stopping.borrow() {
        if stopping.changed().await.is_err() {
            return;
        }
    }
}

/// Ctrl-C or SIGTERM, heard from the moment this is made: whoever reads our first line of output
/// may stop us at once, and then requests under way must still be answered.
pub struct Interrupt(oneshot::Receiver<()>);

impl Interrupt {
    /// Listens from now on.
    ///
    /// # Errors
    /// When the operating system refuses a handler.
    pub fn listen() -> std::io::Result<Self> {
        let mut term = signal(SignalKind::terminate())?;
        let mut ctrl_c = signal(SignalKind::interrupt())?;
        let (heard, waiting) = oneshot::channel();
        tokio::spawn(async move {
            tokio::select! {
                _ = term.recv() => {}
                _ = ctrl_c.recv() => {}
            }
            heard.send(()).ok();
        });
        Ok(Self(waiting))
    }

    /// Returns when a signal came, also one that came before this call. To be called once more only
    /// when it was given up before it returned.
    pub async fn heard(&mut self) {
        (&mut self.0).await.ok();
    }
}
