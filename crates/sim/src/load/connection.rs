//! One connection that is kept: a request out, an answer in, with as little work as possible.

use std::{
    io,
    net::{IpAddr, SocketAddr},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
};

/// Longest answer that is read, in bytes.
const MOST: usize = 64 * 1024;

/// A client's end of a connection.
pub(super) struct Connection {
    server: SocketAddr,
    source: Option<IpAddr>,
    stream: Option<TcpStream>,
    read: Vec<u8>,
}

impl Connection {
    pub(super) fn new(server: SocketAddr, source: Option<IpAddr>) -> Self {
        Self { server, source, stream: None, read: Vec::with_capacity(1024) }
    }

    /// Connects, if it is not connected.
    pub(super) async fn open(&mut self) -> io::Result<&mut TcpStream> {
        if self.stream.is_none() {
            let socket = if self.server.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
            if let Some(source) = self.source {
                socket.bind(SocketAddr::new(source, 0))?;
            }
            let stream = socket.connect(self.server).await?;
            stream.set_nodelay(true)?;
            self.stream = Some(stream);
        }
        self.stream.as_mut().ok_or_else(|| io::ErrorKind::NotConnected.into())
    }

    /// Sends a request and reads its answer; the status. After an error the connection is made anew.
    pub(super) async fn exchange(&mut self, request: &[u8]) -> io::Result<u16> {
        let result = self.try_exchange(request).await;
        if !matches!(result, Ok((_, true))) {
            self.stream = None;
        }
        result.map(|(status, _)| status)
    }

    /// Forgets the connection, for example after a request that was given up.
    pub(super) fn close(&mut self) {
        self.stream = None;
    }

    /// The status, and whether the connection stays open.
    async fn try_exchange(&mut self, request: &[u8]) -> io::Result<(u16, bool)> {
        let mut read = std::mem::take(&mut self.read);
        read.clear();
        let stream = self.open().await?;
        stream.write_all(request).await?;
        let head = loop {
            if let Some(head) = Head::parse(&read)? {
                break head;
            }
            more(stream, &mut read).await?;
        };
        while read.len() < head.end + head.body {
            more(stream, &mut read).await?;
        }
        self.read = read;
        Ok((head.status, head.stays))
    }
}

async fn more(stream: &mut TcpStream, read: &mut Vec<u8>) -> io::Result<()> {
    match stream.read_buf(read).await? {
        0 => Err(io::ErrorKind::UnexpectedEof.into()),
        _ if read.len() > MOST => Err(io::ErrorKind::InvalidData.into()),
        _ => Ok(()),
    }
}

/// What must be known of the head of an answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) status: u16,
    pub(super) end: usize,
    pub(super) body: usize,
    pub(super) stays: bool,
}

impl Head {
    /// Reads it once it is complete.
    pub(super) fn parse(read: &[u8]) -> io::Result<Option<Head>> {
        let Some(end) = read.windows(4).position(|w| w == b"\r\n\r\n") else { return Ok(None) };
        let bad = || io::Error::from(io::ErrorKind::InvalidData);
        let text = std::str::from_utf8(&read[..end]).map_err(|_| bad())?;
        let mut lines = text.split("\r\n");
        let status = lines.next().and_then(|line| line.split(' ').nth(1)).ok_or_else(bad)?;
        let mut head =
            Head { status: status.parse().map_err(|_| bad())?, end: end + 4, body: 0, stays: true };
        for (name, value) in lines.filter_map(|line| line.split_once(':')) {
            if name.eq_ignore_ascii_case("content-length") {
                head.body = value.trim().parse().map_err(|_| bad())?;
            } else if name.eq_ignore_ascii_case("connection") {
                head.stays = !value.trim().eq_ignore_ascii_case("close");
            }
        }
        Ok(Some(head))
    }
}
