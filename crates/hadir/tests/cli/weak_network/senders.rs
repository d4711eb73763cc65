//! Two terminals and two kiosks at the wall, each behind a network of its own kind, and the server that they reach through it.

use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    process::{Child, Command, Stdio},
    sync::Arc,
};

use jiff::civil::DateTime;
use serde_json::json;
use sim::{
    network::{Fate, WeakNetwork, Weather},
    terminal::{Profile, VirtualTerminal},
};
use terminal::{pin::Pin, serial::Serial, table::attlog::AttLine};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::watch,
    task::JoinSet,
};

use super::truth::Truth;
use crate::{run::Place, rush::request};

/// A server with both of its ports.
pub struct Server {
    child: Child,
    pages: SocketAddr,
    terminals: SocketAddr,
}

impl Server {
    pub fn start(place: &Place) -> Server {
        let mut child = Command::new(env!("CARGO_BIN_EXE_hadir"))
            .env_clear()
            .args(["serve", "--database-url", &place.database_url()])
            .envs([("HADIR_LISTEN", "127.0.0.1:0"), ("HADIR_TERMINAL_LISTEN", "127.0.0.1:0")])
            .envs([("HADIR_LEDGER_DIR", "ledger"), ("NO_COLOR", "1")])
            .current_dir(place.path(""))
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
        let line = log.find(|line| line.contains("serving")).expect("it starts");
        // What it says later must go somewhere.
        std::thread::spawn(move || log.for_each(drop));
        let after = |word: &str| line.split(word).nth(1).and_then(|rest| rest.split(' ').next()).unwrap();
        let (pages, terminals) = (after("pages=").parse().unwrap(), after("terminals=").parse().unwrap());
        Server { child, pages, terminals }
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// A press of somebody with this PIN.
type Press = (String, DateTime);

/// All of them, sending.
pub struct Senders {
    pages: Arc<WeakNetwork>,
    terminals: Arc<WeakNetwork>,
    sending: JoinSet<()>,
    acknowledged: watch::Receiver<usize>,
    half: usize,
}

impl Senders {
    /// Installs them and lets them send: everybody presses always at the same one.
    pub async fn start(place: &Place, server: &Server, truth: &Truth) -> Senders {
        let network = async |server, seed| {
            Arc::new(WeakNetwork::start(server, Weather::storm(), truth.seed + seed).await.unwrap())
        };
        let (pages, terminals) = (network(server.pages, 1).await, network(server.terminals, 2).await);
        let (count, acknowledged) = watch::channel(0);
        let (count, mut sending) = (Arc::new(count), JoinSet::new());
        let presses = |which: usize| -> Vec<Press> {
            let own = truth.people.iter().skip(which).step_by(4);
            own.flat_map(|day| day.presses.iter().map(|at| (day.pin.clone(), *at))).collect()
        };
        let models = [(Profile::x100c(), "BOCK200961014"), (Profile::zam180(), "CEXX210560021")];
        for (which, (profile, serial)) in models.into_iter().enumerate() {
            let terminal = VirtualTerminal::new(profile, Serial::parse(serial).unwrap(), terminals.address());
            let terminal = install(place, terminal).await;
            sending.spawn(upload(terminal, presses(which), Arc::clone(&count)));
        }
        for which in 2..4 {
            let name = format!("Kios {which}");
            let add =
                ["device", "add", "--opd", "DISDIK", "--name", &name, "--group", "UTAMA", "--format", "json"];
            let token = place.hadir(&add).ok().json()["token"].as_str().unwrap().to_owned();
            sending.spawn(press((pages.address(), token), which, presses(which), Arc::clone(&count)));
        }
        Senders { pages, terminals, sending, acknowledged, half: truth.presses().len() / 2 }
    }

    pub async fn until_half_is_acknowledged(&self) {
        self.acknowledged.clone().wait_for(|count| *count >= self.half).await.unwrap();
    }

    /// The server was started again elsewhere.
    pub fn lead_to(&self, server: &Server) {
        self.pages.lead_to(server.pages);
        self.terminals.lead_to(server.terminals);
    }

    /// Waits until everything is acknowledged; what became of their connections.
    pub async fn finish(mut self) -> Vec<Fate> {
        while let Some(done) = self.sending.join_next().await {
            done.unwrap();
        }
        [self.pages.fates(), self.terminals.fates()].concat()
    }
}

/// Lets a terminal show itself, and approves it.
async fn install(place: &Place, mut terminal: VirtualTerminal) -> VirtualTerminal {
    let serial = terminal.serial().to_string();
    let approve = ["terminal", "approve", &serial, "--unit", "DISDIK", "--group", "UTAMA"];
    // Until one of its greetings came through, nobody knows it.
    while place.hadir(&approve).code != 0 {
        terminal.handshake().await.ok();
    }
    terminal
}

/// Uploads, three punches at a time, each until the server said `OK`.
async fn upload(mut terminal: VirtualTerminal, presses: Vec<Press>, count: Arc<watch::Sender<usize>>) {
    for some in presses.chunks(3) {
        let line = |(pin, local): &Press| AttLine {
            pin: Pin::parse(pin).unwrap(),
            local: *local,
            status: Some(255),
            verify: Some(1),
            workcode: None,
            offset: None,
        };
        terminal.record(&some.iter().map(line).collect::<Vec<_>>());
        while terminal.upload().await.is_err() {}
        count.send_modify(|count| *count += some.len());
    }
}

/// Presses one after another, each until it is answered with 200, always with the same id.
async fn press(
    (address, token): (SocketAddr, String),
    device: usize,
    presses: Vec<Press>,
    count: Arc<watch::Sender<usize>>,
) {
    for (number, (pin, at)) in presses.iter().enumerate() {
        let body =
            json!({ "id": format!("{device:016x}{number:016x}"), "pin": pin, "at": format!("{at}+07:00") });
        let request = request(&token, &body.to_string());
        while !ask(address, &request).await.unwrap_or(false) {}
        count.send_modify(|count| *count += 1);
    }
}

/// Whether it was acknowledged.
async fn ask(address: SocketAddr, request: &str) -> std::io::Result<bool> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    Ok(answer.starts_with(b"HTTP/1.1 200") && answer.ends_with(b"}"))
}
