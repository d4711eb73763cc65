//! One HTTP exchange over a plain socket, as the firmware does it: a connection per request, closed by the server.

use std::{net::SocketAddr, time::Duration};

use jiff::{Timestamp, fmt::rfc2822::DateTimeParser};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

/// Longest reply read, in bytes.
const MAX_REPLY: u64 = 1 << 20;

/// Patience for one exchange.
const PATIENCE: Duration = Duration::from_secs(60);

/// Why an exchange failed. The terminal keeps its data and tries again later.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// No connection, or it broke.
    #[error("no connection to the server: {0}")]
    Io(#[from] std::io::Error),
    /// No reply in time.
    #[error("no reply within a minute")]
    TimedOut,
    /// The reply is no HTTP.
    #[error("the reply is not HTTP")]
    NotHttp,
    /// The server answered something else than `OK`.
    #[error("refused with status {status}: {body}")]
    Refused {
        /// HTTP status.
        status: u16,
        /// Start of the body.
        body: String,
    },
}

/// A reply.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    /// The `Date` header, by which a terminal sets its clock.
    pub(super) date: Option<Timestamp>,
    pub(super) body: String,
}

impl Reply {
    /// The body of a reply with status 200.
    pub(super) fn accepted(self) -> Result<String, LinkError> {
        if self.status == 200 { Ok(self.body) } else { Err(self.refused()) }
    }

    /// Whether the data was taken: status 200 and a body that starts with `OK`. Anything else counts as a failure.
    pub(super) fn acknowledged(self) -> Result<(), LinkError> {
        if self.status == 200 && self.body.starts_with("OK") { Ok(()) } else { Err(self.refused()) }
    }

    fn refused(self) -> LinkError {
        LinkError::Refused { status: self.status, body: self.body.chars().take(200).collect() }
    }
}

/// `GET` of a target.
pub(super) async fn get(server: SocketAddr, target: &str) -> Result<Reply, LinkError> {
    exchange(server, head("GET", server, target, "")).await
}

/// `POST` of a body.
pub(super) async fn post(server: SocketAddr, target: &str, body: &str) -> Result<Reply, LinkError> {
    let more = format!("Content-Type: text/plain\r\nContent-Length: {}\r\n", body.len());
    exchange(server, head("POST", server, target, &more) + body).await
}

fn head(method: &str, server: SocketAddr, target: &str, more: &str) -> String {
    format!(
        "{method} {target} HTTP/1.1\r\nHost: {server}\r\nUser-Agent: iClock Proxy/1.09\r\nConnection: close\r\nAccept: */*\r\n{more}\r\n"
    )
}

async fn exchange(server: SocketAddr, request: String) -> Result<Reply, LinkError> {
    let talk = async {
        let mut stream = TcpStream::connect(server).await?;
        stream.write_all(request.as_bytes()).await?;
        let mut bytes = Vec::new();
        stream.take(MAX_REPLY).read_to_end(&mut bytes).await?;
        std::io::Result::Ok(bytes)
    };
    let bytes = timeout(PATIENCE, talk).await.map_err(|_| LinkError::TimedOut)??;
    parse(&String::from_utf8_lossy(&bytes)).ok_or(LinkError::NotHttp)
}

fn parse(text: &str) -> Option<Reply> {
    let (head, body) = text.split_once("\r\n\r\n")?;
    let mut lines = head.lines();
    let status = lines.next()?.strip_prefix("HTTP/1.")?.split(' ').nth(1)?.parse().ok()?;
    let date =
        lines.filter_map(|line| line.split_once(':')).find(|(name, _)| name.eq_ignore_ascii_case("date"));
    let date = date.and_then(|(_, value)| DateTimeParser::new().parse_timestamp(value.trim()).ok());
    Some(Reply { status, date, body: body.to_owned() })
}
