//! From a request to a reply.

use std::net::{IpAddr, SocketAddr};

use http::{Request, StatusCode, header};
use hyper::body::{Body, Incoming};
use tokio::time::Instant;

use super::{
    Shared,
    body::{self, BodyError, Received},
    reply::{self, Reply},
};
use crate::{
    access,
    command::{self, Dialect},
    command_result,
    desk::{DeskError, Hello, IncidentKind, Poll, Registration, Sender, Upload, Welcome},
    device_info,
    handshake::Greeting,
    redact,
    request::{Endpoint, Query, Target},
    serial::Serial,
    table::options::{self, Options},
    upload::{self, Content, Table},
};

/// Bodies above this size are parsed off the network threads.
const PARSE_INLINE: usize = 256 << 10;

/// One request, with what is needed to answer it.
struct Exchange<'a> {
    shared: &'a Shared,
    serial: Serial,
    peer: SocketAddr,
    endpoint: Endpoint,
    query: Query,
    /// Method and target without secrets.
    request: String,
    is_post: bool,
    /// The head announces a body, by length or in chunks.
    has_length: bool,
}

/// A reply in place of the regular one.
type Refusal = (StatusCode, &'static str);

/// Answers a request.
pub(super) async fn answer(shared: &Shared, socket_peer: SocketAddr, request: Request<Incoming>) -> Reply {
    let (status, text) = match respond(shared, socket_peer, request).await {
        Ok(text) => (StatusCode::OK, text),
        Err((status, text)) => (status, text.to_owned()),
    };
    reply::text(status, text, shared.clock.as_ref())
}

async fn respond(
    shared: &Shared,
    socket_peer: SocketAddr,
    request: Request<Incoming>,
) -> Result<String, Refusal> {
    let peer = peer(shared, socket_peer, &request);
    let target_text = request.uri().to_string();
    let target = Target::parse(target_text.as_bytes());
    let Some(endpoint) = target.endpoint else { return Err((StatusCode::NOT_FOUND, "not found\n")) };
    let is_post = request.method().as_str().eq_ignore_ascii_case("POST");
    if !is_post && !request.method().as_str().eq_ignore_ascii_case("GET") {
        return Err((StatusCode::METHOD_NOT_ALLOWED, "GET or POST\n"));
    }
    match endpoint {
        Endpoint::Ping | Endpoint::Exchange => return Ok("OK".to_owned()),
        Endpoint::Other(_) if !is_post => return Err((StatusCode::NOT_FOUND, "not found\n")),
        _ => {}
    }
    let serial = match target.query.text("sn").map(|sn| Serial::parse(&sn)) {
        Some(Ok(serial)) => serial,
        found => {
            let sent =
                found.and_then(|_| target.query.text("sn")).unwrap_or_default().chars().take(60).collect();
            shared.incident(peer, None, IncidentKind::BadSerial { sent }).await;
            return Err((StatusCode::BAD_REQUEST, "no serial number\n"));
        }
    };
    let admitted = shared.gate().admit(&serial, peer.ip(), Instant::now());
    if !admitted {
        shared.incident(peer, Some(serial), IncidentKind::RateLimited).await;
        // A poll is answered all the same: an error would only make the terminal ask more often.
        return if endpoint == Endpoint::Poll { Ok("OK".to_owned()) } else { Err(TOO_OFTEN) };
    }
    let headers = request.headers();
    let exchange = Exchange {
        shared,
        serial,
        peer,
        endpoint,
        query: target.query,
        request: format!(
            "{} {}",
            request.method(),
            String::from_utf8_lossy(&redact::query(target_text.as_bytes()))
        ),
        is_post,
        has_length: headers.contains_key(header::CONTENT_LENGTH)
            || headers.contains_key(header::TRANSFER_ENCODING),
    };
    exchange.dispatch(request.into_body()).await
}

const TOO_OFTEN: Refusal = (StatusCode::SERVICE_UNAVAILABLE, "too many requests, try later\n");
const NOT_STORED: Refusal = (StatusCode::INTERNAL_SERVER_ERROR, "not stored, send again\n");
const NOT_APPROVED: Refusal = (StatusCode::FORBIDDEN, "terminal is not approved yet\n");

/// The sender: behind a trusted proxy, the last address that the proxy reports.
fn peer(shared: &Shared, socket_peer: SocketAddr, request: &Request<Incoming>) -> SocketAddr {
    if !shared.config.trusted_proxies.contains(&socket_peer.ip()) {
        return socket_peer;
    }
    let forwarded = request.headers().get("x-forwarded-for").and_then(|v| v.to_str().ok());
    let last =
        forwarded.and_then(|list| list.rsplit(',').next()).and_then(|ip| ip.trim().parse::<IpAddr>().ok());
    last.map_or(socket_peer, |ip| SocketAddr::new(ip, 0))
}

impl Exchange<'_> {
    async fn dispatch(&self, body: Incoming) -> Result<String, Refusal> {
        match (&self.endpoint, self.is_post) {
            (Endpoint::Data, false) if self.query.has("table") && !self.query.has("options") => {
                Ok("OK".to_owned())
            }
            (Endpoint::Data, false) => self.handshake().await,
            (Endpoint::Poll, _) => self.poll().await,
            (Endpoint::CommandResult, _) => self.command_results(body).await,
            (Endpoint::Registry | Endpoint::Push, _) => self.register(body).await,
            (Endpoint::RealtimeData, _) => self.time().await,
            _ => self.upload(body).await,
        }
    }

    fn sender(&self) -> Sender {
        Sender { serial: self.serial.clone(), peer: self.peer, received: self.shared.clock.now() }
    }

    /// Remembers what the desk thinks of the terminal, and maps its errors.
    fn judge<T>(&self, result: Result<T, DeskError>) -> Result<T, DeskError> {
        let recognised = match &result {
            Ok(_) => true,
            Err(DeskError::Pending | DeskError::Blocked) => false,
            Err(DeskError::Unavailable(reason)) => {
                tracing::error!(serial = %self.serial, peer = %self.peer, %reason, "terminal request not stored");
                return result;
            }
        };
        self.shared.gate().learn(&self.serial, self.peer.ip(), recognised);
        result
    }

    fn hello(&self, heartbeat: bool) -> Hello {
        let push_version = self.query.text("pushver");
        let device_type = self.query.text("devicetype");
        let dialect = Dialect::of(push_version.as_deref(), device_type.as_deref());
        Hello {
            sender: self.sender(),
            language: self.query.text("language"),
            comm_key: self.query.text("pushcommkey"),
            offers_options: self.query.text("pushoptionsflag").is_some_and(|flag| flag == "1"),
            push_version,
            device_type,
            dialect,
            heartbeat,
        }
    }

    async fn handshake(&self) -> Result<String, Refusal> {
        let hello = self.hello(!self.query.has("options"));
        let dialect = hello.dialect;
        match self.judge(self.shared.desk.handshake(hello).await) {
            Ok(Welcome { session: Some(session), .. }) => Ok(session.handshake_reply()),
            Ok(_) if dialect == Dialect::Access => Ok("OK".to_owned()),
            Ok(welcome) => Ok(welcome.greeting.text(&self.serial)),
            Err(DeskError::Pending) if dialect == Dialect::Access => Ok("OK".to_owned()),
            Err(DeskError::Pending) => {
                Ok(Greeting::new(self.shared.config.pending_zone, dialect).text(&self.serial))
            }
            Err(DeskError::Blocked) => Err(NOT_APPROVED),
            Err(DeskError::Unavailable(_)) => Err(NOT_STORED),
        }
    }

    async fn time(&self) -> Result<String, Refusal> {
        if self.query.text("type").is_none_or(|kind| !kind.eq_ignore_ascii_case("time")) {
            return Ok("OK".to_owned());
        }
        let zone = match self.judge(self.shared.desk.handshake(self.hello(true)).await) {
            Ok(welcome) => welcome.greeting.zone,
            Err(DeskError::Pending) => self.shared.config.pending_zone,
            Err(DeskError::Blocked) => return Err(NOT_APPROVED),
            Err(DeskError::Unavailable(_)) => return Err(NOT_STORED),
        };
        Ok(access::time_reply(self.shared.clock.now(), zone))
    }

    async fn poll(&self) -> Result<String, Refusal> {
        let info = self.query.bytes("info").and_then(device_info::parse);
        match self.judge(self.shared.desk.poll(Poll { sender: self.sender(), info }).await) {
            Ok(orders) => Ok(command::reply(&orders.commands, orders.dialect)),
            Err(DeskError::Pending | DeskError::Blocked) => Ok("OK".to_owned()),
            Err(DeskError::Unavailable(_)) => Err(NOT_STORED),
        }
    }

    async fn command_results(&self, body: Incoming) -> Result<String, Refusal> {
        let received = self.read(body).await?;
        let results = command_result::parse(&received.bytes);
        if results.is_empty() {
            return Ok("OK".to_owned());
        }
        match self.judge(self.shared.desk.command_results(self.sender(), results).await) {
            Ok(()) => Ok("OK".to_owned()),
            Err(DeskError::Pending | DeskError::Blocked) => Err(NOT_APPROVED),
            Err(DeskError::Unavailable(_)) => Err(NOT_STORED),
        }
    }

    async fn register(&self, body: Incoming) -> Result<String, Refusal> {
        let received = self.read(body).await?;
        let is_registry = self.endpoint == Endpoint::Registry;
        let options = if is_registry { options::parse(&received.bytes) } else { Options::default() };
        match self.judge(self.shared.desk.register(Registration { sender: self.sender(), options }).await) {
            Ok(session) if is_registry => Ok(session.registry_reply()),
            Ok(session) => Ok(session.push_reply()),
            Err(DeskError::Pending | DeskError::Blocked) if is_registry => {
                Err((StatusCode::NOT_ACCEPTABLE, NOT_APPROVED.1))
            }
            Err(DeskError::Pending | DeskError::Blocked) => Err((StatusCode::UNAUTHORIZED, NOT_APPROVED.1)),
            Err(DeskError::Unavailable(_)) => Err(NOT_STORED),
        }
    }

    async fn upload(&self, body: Incoming) -> Result<String, Refusal> {
        let table = match (Table::of(&self.endpoint, &self.query), &self.endpoint) {
            (Table::Other(name), Endpoint::Other(path)) if name.is_empty() => Table::Other(path.clone()),
            (table, _) => table,
        };
        let received = self.read(body).await?;
        if received.bytes.is_empty() && (table.needs_body() || !self.has_length) {
            let kind = IncidentKind::EmptyUpload {
                table: table.name().to_owned(),
                without_length: !self.has_length,
            };
            self.shared.incident(self.peer, Some(self.serial.clone()), kind).await;
            let status = if self.has_length { StatusCode::BAD_REQUEST } else { StatusCode::LENGTH_REQUIRED };
            return Err((status, "empty upload\n"));
        }
        let stamp = table.stamp(&self.query);
        let size = received.bytes.len();
        let (journal, content, table, received) = parse(table, received).await.ok_or(NOT_STORED)?;
        let acknowledgement = upload::acknowledgement(&table, &content);
        let upload = Upload {
            sender: self.sender(),
            table,
            stamp,
            request: self.request.clone(),
            journal,
            size,
            content,
        };
        let stored = self.judge(self.shared.desk.upload(upload).await);
        drop(received);
        match stored {
            Ok(ack) => {
                tracing::info!(
                    serial = %self.serial, peer = %self.peer, size, added = ack.added, duplicates = ack.duplicates,
                    "terminal upload stored"
                );
                Ok(acknowledgement)
            }
            Err(DeskError::Pending | DeskError::Blocked) => Err(NOT_APPROVED),
            Err(DeskError::Unavailable(_)) => Err(NOT_STORED),
        }
    }

    /// The whole body. A sender that was not recognised yet may send small ones only; a poll or handshake gets it recognised.
    async fn read(&self, body: Incoming) -> Result<Received, Refusal> {
        let config = &self.shared.config;
        let recognised = self.shared.gate().is_recognised(&self.serial, self.peer.ip());
        let limit = if recognised { config.max_body } else { config.max_unknown_body.min(config.max_body) };
        let announced = body.size_hint().exact();
        let error = match body::read(body, limit, config, &self.shared.budget).await {
            Ok(received) => return Ok(received),
            Err(error) => error,
        };
        let serial = Some(self.serial.clone());
        match error {
            BodyError::Busy => Err(TOO_OFTEN),
            BodyError::TooLarge
                if limit < config.max_body && announced.is_none_or(|n| n <= config.max_body as u64) =>
            {
                Err(TOO_OFTEN)
            }
            BodyError::TooLarge => {
                self.shared.incident(self.peer, serial, IncidentKind::TooLarge { announced }).await;
                Err((StatusCode::PAYLOAD_TOO_LARGE, "too large\n"))
            }
            BodyError::Truncated { received } => {
                let kind = IncidentKind::TruncatedUpload { received, announced };
                self.shared.incident(self.peer, serial, kind).await;
                Err((StatusCode::BAD_REQUEST, "incomplete upload\n"))
            }
        }
    }
}

/// Parses an upload, off the network threads if it is large. `None` if the parser did not come back.
async fn parse(table: Table, received: Received) -> Option<(Vec<u8>, Content, Table, Received)> {
    let is_small = received.bytes.len() <= PARSE_INLINE;
    let work = move || {
        let content = Content::parse(&table, &received.bytes);
        (upload::journal(&table, &received.bytes), content, table, received)
    };
    if is_small { Some(work()) } else { tokio::task::spawn_blocking(work).await.ok() }
}
