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
    supervision::Tasks,
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
    tasks: Tasks,
    publisher: JoinHandle<()>,
    written: watch::Sender<bool>,
}

impl Server {
    /// Waits until something has ended without which there is nothing to serve; its name.
    pub async fn fallen(&self) -> &'static str {
        self.tasks.fallen().await
    }

    /// Waits until requests under way are answered, and what they wrote is published.
    pub async fn finished(self) {
        self.tasks.finished().await;
        self.written.send_replace(true);
        self.publisher.await.ok();
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
    let bound = (pages.local_addr()?, machines.local_addr()?);
    let settings = SiteSettings {
        public_origin: addresses.public_url,
        trusted_proxies: addresses.trusted_proxies,
        log: Some(log.files.clone()),
    };
    let site = Site::new(office.clone(), door, settings);
    let mut tasks = Tasks::new(stopping.clone());
    let (publishing, _) = publishing::turn(office, publishing::open(log.files.clone())?).await;
    beside(&mut tasks, office, &log, &stopping);
    let (written, all_written) = watch::channel(false);
    let publisher = publishing::start(office, publishing, log, &mut tasks, (&stopping, all_written)).await?;
    tasks.need("pages", tokio::spawn(web::server::serve(site, pages, until(stopping.clone()))));
    tasks.need("terminals", tokio::spawn(machines.run(until(stopping))));
    // Ends when the last page and the last terminal are served, after everything that waited was stored.
    tasks.need("intake", writer);
    Ok(Server { pages: bound.0, terminals: bound.1, tasks, publisher, written })
}

/// What a server does by itself.
fn beside(tasks: &mut Tasks, office: &Office, log: &PublishedLog, stopping: &watch::Receiver<bool>) {
    let own = || (office.clone(), log.files.clone(), stopping.clone());
    let (office, files, stop) = own();
    tasks.side("notice board", move || notice_board::run(office.clone(), files.clone(), stop.clone()));
    let (office, files, stop) = own();
    tasks.side("housekeeping", move || housekeeping::run(office.clone(), files.clone(), stop.clone()));
    let (office, _, stop) = own();
    tasks.side("folding", move || folding::run(office.db.clone(), stop.clone()));
    if let Some((folder, settings)) = log.mail.clone() {
        let (office, _, stop) = own();
        tasks.side("mail", move || mail::run(office.clone(), folder.clone(), settings.clone(), stop.clone()));
    }
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

#[cfg(test)]
mod tests {
    use service::audit;
    use store::testing::{TENANT, clock, sqlite};

    use super::*;
    use crate::system::OsEntropy;

    #[tokio::test(flavor = "multi_thread")]
    async fn what_is_written_while_the_server_stops_is_published_before_it_ends() {
        let test = sqlite().await;
        let office = Office::new(test.db.clone(), Arc::new(clock()), Arc::new(OsEntropy), TENANT);
        let folder = tempfile::tempdir().unwrap();
        let files = LedgerFolder::at(folder.path().to_owned()).files(TENANT);
        let anywhere = SocketAddr::from(([127, 0, 0, 1], 0));
        let addresses =
            Addresses { pages: anywhere, terminals: anywhere, public_url: None, trusted_proxies: Vec::new() };
        let log = PublishedLog { files: files.clone(), witnesses: None, mail: None };
        let (stop, stopping) = watch::channel(false);
        let mut server = start(&office, addresses, log, stopping.clone()).await.unwrap();

        // As the last request under way.
        let late = office.clone();
        server.tasks.need(
            "late",
            tokio::spawn(async move {
                until(stopping).await;
                let mut tx = late.db.begin_write(TENANT).await.unwrap();
                let about = audit::Subject::new("unit", 1);
                let detail = serde_json::json!({});
                audit::write(&late, &mut tx, "admin", audit::Action::SetStage, about, detail).await.unwrap();
                tx.commit().await.unwrap();
            }),
        );
        stop.send_replace(true);
        server.finished().await;

        let mut tx = office.db.begin_read(TENANT).await.unwrap();
        let size = store::log::head(&mut tx).await.unwrap().unwrap().edge.size();
        drop(tx);
        assert_eq!(ledger::read::published(&files.fetch()).unwrap().size(), size);
        test.finish().await;
    }
}
