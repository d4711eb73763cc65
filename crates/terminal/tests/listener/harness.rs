//! A running listener with a desk in memory, and a client that writes bytes.

use std::{net::SocketAddr, sync::Arc};

use domain::{clock::FixedClock, zone::Zone};
use jiff::Timestamp;
use terminal::{
    listener::{Config, Listener},
    memory_desk::MemoryDesk,
    serial::Serial,
};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
    sync::oneshot,
    task::JoinHandle,
};

/// Serial number of the terminal that is approved from the start.
pub const APPROVED: &str = "CEXX202360123";

pub struct Server {
    pub address: SocketAddr,
    pub desk: Arc<MemoryDesk>,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
}

pub fn serial(text: &str) -> Serial {
    Serial::parse(text).unwrap()
}

impl Server {
    pub async fn start() -> Self {
        Self::with(Config::default()).await
    }

    pub async fn with(config: Config) -> Self {
        let desk = Arc::new(MemoryDesk::new());
        desk.approve(&serial(APPROVED), Zone::Wita);
        let now: Timestamp = "2026-11-21T00:28:11Z".parse().unwrap();
        let clock = Arc::new(FixedClock::new(now));
        let listener =
            Listener::bind("127.0.0.1:0".parse().unwrap(), config, desk.clone(), clock).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let task = tokio::spawn(listener.run(async move {
            let _ = stopped.await;
        }));
        Self { address, desk, stop: Some(stop), task }
    }

    pub async fn connect(&self) -> Client {
        let stream = TcpStream::connect(self.address).await.unwrap();
        Client { stream: BufReader::new(stream) }
    }

    /// Sends `bytes` on a connection of their own and reads one reply.
    pub async fn send(&self, bytes: impl AsRef<[u8]>) -> Reply {
        let mut client = self.connect().await;
        client.write(bytes).await;
        client.reply().await.expect("a reply")
    }

    /// `GET` of a target.
    pub async fn get(&self, target: &str) -> Reply {
        self.send(format!("GET {target} HTTP/1.1\r\nHost: x\r\n\r\n")).await
    }

    /// `POST` of a body.
    pub async fn post(&self, target: &str, body: impl AsRef<[u8]>) -> Reply {
        self.send(post(target, body)).await
    }

    /// Makes the approved terminal recognised, as its first handshake does.
    pub async fn greet(&self) {
        assert_eq!(
            self.get(&format!("/iclock/cdata?SN={APPROVED}&options=all&pushver=2.4.1")).await.status,
            200
        );
    }

    /// Ends the listener and waits until it has.
    pub async fn stop(mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        self.task.await.unwrap();
    }
}

/// The bytes of a `POST`.
pub fn post(target: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let mut bytes = format!(
        "POST {target} HTTP/1.1\r\nHost: x\r\nUser-Agent: iClock Proxy/1.09\r\nContent-Length: {}\r\n\r\n",
        body.len()
    )
    .into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

pub struct Client {
    stream: BufReader<TcpStream>,
}

#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Reply {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

impl Client {
    pub async fn write(&mut self, bytes: impl AsRef<[u8]>) {
        self.stream.get_mut().write_all(bytes.as_ref()).await.unwrap();
    }

    /// As [`Client::write`], for a server that may hang up meanwhile.
    pub async fn try_write(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        self.stream.get_mut().write_all(bytes.as_ref()).await.is_ok()
    }

    /// Closes the sending side only.
    pub async fn half_close(&mut self) {
        self.stream.get_mut().shutdown().await.unwrap();
    }

    /// Everything until the server closes.
    pub async fn rest(&mut self) -> Vec<u8> {
        let mut bytes = Vec::new();
        // A reset counts as closed.
        let _ = self.stream.read_to_end(&mut bytes).await;
        bytes
    }

    /// One reply, or `None` if the server closed instead.
    pub async fn reply(&mut self) -> Option<Reply> {
        let mut line = String::new();
        if self.stream.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        let status = line.split(' ').nth(1).unwrap().parse().unwrap();
        let mut headers = Vec::new();
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line).await.unwrap();
            let Some((key, value)) = line.trim_end().split_once(':') else { break };
            headers.push((key.to_owned(), value.trim().to_owned()));
        }
        let mut reply = Reply { status, headers, body: String::new() };
        let length: usize = reply.header("content-length").expect("Content-Length").parse().unwrap();
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).await.unwrap();
        reply.body = String::from_utf8(body).unwrap();
        Some(reply)
    }
}
