//! The HTTP listener for terminals, on a port of its own that knows nothing but `/iclock`.
//!
//! It is no general web server: it has no redirects, no cookies and no HTML, forgives the mistakes of firmware in request lines,
//! answers clients that close their sending side early, and bounds time, memory and rate for everybody, since nobody proves who
//! he is here.

mod body;
mod connection;
mod gate;
mod lenient;
mod reply;
mod request_line;
mod route;

use std::{
    future::Future,
    io,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex},
    time::Duration,
};

use domain::{clock::Clock, zone::Zone};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, watch},
    task::JoinSet,
};

pub use gate::GateConfig;

use crate::desk::{Desk, Incident, IncidentKind};
use crate::serial::Serial;
use connection::Slots;
use gate::Gate;

/// Limits of a listener. The defaults suit a regency.
#[derive(Debug, Clone)]
pub struct Config {
    /// The zone told to terminals that are not approved yet.
    pub pending_zone: Zone,
    /// Largest body accepted, in bytes. The whole memory of a terminal (200,000 punches) is about 8 MB.
    pub max_body: usize,
    /// Largest body read from a sender that was not recognised since the start, in bytes.
    pub max_unknown_body: usize,
    /// Sum of the bodies held in memory at one time, in bytes; further uploads wait, then get 503.
    pub body_budget: usize,
    /// Time for a request head, also the time a connection may idle.
    pub head_timeout: Duration,
    /// Longest pause within a body.
    pub body_pause: Duration,
    /// Slowest body, in bytes per second, after a first minute.
    pub body_rate: u64,
    /// Longest life of a connection.
    pub connection_age: Duration,
    /// Connections in all.
    pub max_connections: usize,
    /// Connections from one address.
    pub max_connections_per_ip: usize,
    /// Rates for senders that are not approved.
    pub gate: GateConfig,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// How long requests under way may take after a shutdown was asked.
    pub shutdown_grace: Duration,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            pending_zone: Zone::Wib,
            max_body: 32 << 20,
            max_unknown_body: 256 << 10,
            body_budget: 96 << 20,
            head_timeout: Duration::from_secs(30),
            body_pause: Duration::from_secs(30),
            body_rate: 2048,
            connection_age: Duration::from_secs(6 * 3600),
            max_connections: 2048,
            max_connections_per_ip: 256,
            gate: GateConfig::default(),
            trusted_proxies: Vec::new(),
            shutdown_grace: Duration::from_secs(5),
        }
    }
}

/// What all connections share.
pub(crate) struct Shared {
    config: Config,
    desk: Arc<dyn Desk>,
    clock: Arc<dyn Clock>,
    gate: Mutex<Gate>,
    budget: Arc<Semaphore>,
}

impl Shared {
    fn gate(&self) -> std::sync::MutexGuard<'_, Gate> {
        self.gate.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Logs an incident and, unless this address causes too many, tells the desk.
    async fn incident(&self, peer: SocketAddr, serial: Option<Serial>, kind: IncidentKind) {
        let wanted = self.gate().admit_incident(peer.ip(), tokio::time::Instant::now());
        let serial_text = serial.as_ref().map(Serial::as_str).unwrap_or("-");
        tracing::warn!(%peer, serial = serial_text, kind = kind.code(), detail = ?kind, "terminal listener");
        if wanted {
            self.desk.incident(Incident { at: self.clock.now(), peer, serial, kind }).await;
        }
    }
}

/// A bound listener.
pub struct Listener {
    socket: TcpListener,
    shared: Arc<Shared>,
}

impl Listener {
    /// Binds `address`; port 0 takes any free port.
    ///
    /// # Errors
    /// If the address cannot be bound.
    pub async fn bind(
        address: SocketAddr,
        config: Config,
        desk: Arc<dyn Desk>,
        clock: Arc<dyn Clock>,
    ) -> io::Result<Self> {
        let socket = TcpListener::bind(address).await?;
        let budget = Arc::new(Semaphore::new(body::units(config.body_budget.max(config.max_body))));
        let gate = Mutex::new(Gate::new(config.gate.clone()));
        Ok(Self { socket, shared: Arc::new(Shared { config, desk, clock, gate, budget }) })
    }

    /// The address bound.
    ///
    /// # Errors
    /// If the operating system does not tell.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        self.socket.local_addr()
    }

    /// Serves terminals until `shutdown` is done, then lets requests under way finish within the grace time.
    pub async fn run(self, shutdown: impl Future<Output = ()> + Send) {
        let Self { socket, shared } = self;
        let (stop, stopping) = watch::channel(false);
        let slots = Slots::new(shared.config.max_connections, shared.config.max_connections_per_ip);
        let mut connections = JoinSet::new();
        let mut shutdown = std::pin::pin!(shutdown);
        loop {
            let accepted = tokio::select! {
                () = &mut shutdown => break,
                Some(_) = connections.join_next(), if !connections.is_empty() => continue,
                accepted = socket.accept() => accepted,
            };
            match accepted {
                Ok((stream, peer)) => {
                    let Some(slot) = slots.take(peer.ip()) else {
                        tracing::warn!(%peer, "terminal listener: too many connections");
                        continue;
                    };
                    let serve = serve(stream, peer, Arc::clone(&shared), stopping.clone());
                    connections.spawn(async move {
                        serve.await;
                        drop(slot);
                    });
                }
                Err(error) => {
                    // Out of file descriptors and the like: wait for connections to end instead of spinning.
                    tracing::error!(%error, "terminal listener: accept failed");
                    tokio::time::sleep(Duration::from_millis(200)).await;
                }
            }
        }
        drop(socket);
        stop.send_replace(true);
        let all = async { while connections.join_next().await.is_some() {} };
        if tokio::time::timeout(shared.config.shutdown_grace, all).await.is_err() {
            connections.shutdown().await;
        }
    }
}

async fn serve(stream: TcpStream, peer: SocketAddr, shared: Arc<Shared>, stopping: watch::Receiver<bool>) {
    let age = shared.config.connection_age;
    if tokio::time::timeout(age, connection::serve(stream, peer, shared, stopping)).await.is_err() {
        tracing::warn!(%peer, "terminal listener: connection reached its greatest age");
    }
}
