//! What the listener asks of the program behind it.

use std::net::SocketAddr;

use async_trait::async_trait;
use jiff::Timestamp;

use crate::{
    access::AccessSession,
    command::{Command, Dialect},
    command_result::CommandResult,
    device_info::DeviceInfo,
    handshake::Greeting,
    serial::Serial,
    table::options::Options,
    upload::{Content, Table},
};

/// Who sent a request, and when it was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// The serial number it claims.
    pub serial: Serial,
    /// Its address (behind a trusted proxy, the one that the proxy reports, with port 0).
    pub peer: SocketAddr,
    /// When the request was complete, by the clock of this server.
    pub received: Timestamp,
}

/// A terminal introduces itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hello {
    /// Who.
    pub sender: Sender,
    /// Version of the push protocol; old firmware tells none.
    pub push_version: Option<String>,
    /// `DeviceType`: `acc` for access control, else attendance.
    pub device_type: Option<String>,
    /// Language number: 69 English, 73 Indonesian, 83 Chinese.
    pub language: Option<String>,
    /// Hash of the communication key of the terminal. Constant: a change is worth an alert. Keep a digest only.
    pub comm_key: Option<String>,
    /// Whether it offers to upload its options.
    pub offers_options: bool,
    /// The spelling of commands that follows from the above. Keep it with the terminal for its polls, but not from a heartbeat,
    /// which does not tell the version.
    pub dialect: Dialect,
    /// Whether it only tests the connection or asks for the time, without reading options.
    pub heartbeat: bool,
}

/// The reply to a [`Hello`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Welcome {
    /// Options for attendance firmware.
    pub greeting: Greeting,
    /// For access-control firmware that has registered; it takes the place of the greeting.
    pub session: Option<AccessSession>,
}

/// Something uploaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Who.
    pub sender: Sender,
    /// The table.
    pub table: Table,
    /// The stamp sent along; hand the last one back in [`Greeting::stamps`].
    pub stamp: Option<String>,
    /// Method and request target, secrets taken out, for the journal.
    pub request: String,
    /// The body for the journal: to the byte for punches; elsewhere passwords, templates and pictures are taken out.
    pub journal: Vec<u8>,
    /// Size of the body as received, in bytes.
    pub size: usize,
    /// What was understood.
    pub content: Content,
}

/// What became of an upload; for the log only, the terminal is always told the number of lines it sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ack {
    /// Rows added.
    pub added: usize,
    /// Rows that were there before.
    pub duplicates: usize,
}

/// A terminal asks for commands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Poll {
    /// Who.
    pub sender: Sender,
    /// Its counts, on some polls.
    pub info: Option<DeviceInfo>,
}

/// The commands for a terminal. At most [`crate::command::MAX_PER_POLL`] are sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Orders {
    /// The spelling that the terminal understands.
    pub dialect: Dialect,
    /// What to send, oldest first.
    pub commands: Vec<Command>,
}

/// A terminal of the access-control kind registers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// Who.
    pub sender: Sender,
    /// What it says of itself; empty when it only asks for its configuration again (`push`).
    pub options: Options,
}

/// Something that went wrong at the listener and that an administrator should see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident {
    /// When.
    pub at: Timestamp,
    /// From where.
    pub peer: SocketAddr,
    /// Which terminal, if known.
    pub serial: Option<Serial>,
    /// What.
    pub kind: IncidentKind,
}

/// Kinds of [`Incident`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IncidentKind {
    /// An upload without a body, which must not be taken for "nothing to upload".
    EmptyUpload {
        /// The table.
        table: String,
        /// Whether the request told no length at all.
        without_length: bool,
    },
    /// The connection broke in the middle of an upload; nothing was stored and the terminal will send it again.
    TruncatedUpload {
        /// Bytes received.
        received: usize,
        /// Bytes announced, if they were.
        announced: Option<u64>,
    },
    /// An upload over the limit was refused.
    TooLarge {
        /// Bytes announced, if they were.
        announced: Option<u64>,
    },
    /// Bytes that are no HTTP request.
    NotHttp {
        /// What the parser says.
        detail: String,
    },
    /// No serial number, or one that cannot be.
    BadSerial {
        /// Start of what was sent.
        sent: String,
    },
    /// A terminal that is not approved sends too often.
    RateLimited,
}

impl IncidentKind {
    /// A stable word for storage.
    pub fn code(&self) -> &'static str {
        match self {
            Self::EmptyUpload { .. } => "empty_upload",
            Self::TruncatedUpload { .. } => "truncated_upload",
            Self::TooLarge { .. } => "too_large",
            Self::NotHttp { .. } => "not_http",
            Self::BadSerial { .. } => "bad_serial",
            Self::RateLimited => "rate_limited",
        }
    }
}

/// Why the desk did not do what was asked. In every case the terminal keeps its data and comes again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeskError {
    /// The terminal is known but not approved yet (the desk has noted it), or is new and was noted just now.
    #[error("the terminal waits for approval")]
    Pending,
    /// An administrator has blocked the terminal.
    #[error("the terminal is blocked")]
    Blocked,
    /// The database is down, full, or too busy.
    #[error("cannot store now: {0}")]
    Unavailable(String),
}

/// The program behind the listener.
///
/// When [`Desk::upload`] returns `Ok`, everything in the upload is durable, and only then the terminal is told `OK`. An unknown
/// serial number is noted and answered with [`DeskError::Pending`].
#[async_trait]
pub trait Desk: Send + Sync + 'static {
    /// A terminal introduces itself. On [`DeskError::Pending`] the listener sends the option block with its own default zone, so
    /// that the terminal goes on talking.
    async fn handshake(&self, hello: Hello) -> Result<Welcome, DeskError>;

    /// Stores an upload: journal, rows, quarantined lines and stamp in one transaction.
    async fn upload(&self, upload: Upload) -> Result<Ack, DeskError>;

    /// The commands waiting, marked as sent; notes that the terminal is alive.
    async fn poll(&self, poll: Poll) -> Result<Orders, DeskError>;

    /// Stores the results of commands. A result for a command of another terminal must be ignored.
    async fn command_results(&self, sender: Sender, results: Vec<CommandResult>) -> Result<(), DeskError>;

    /// Registers access-control firmware, or finds its registration again; the session must stay the same for a terminal.
    async fn register(&self, registration: Registration) -> Result<AccessSession, DeskError>;

    /// Notes an incident. Must not fail; what cannot be stored is logged.
    async fn incident(&self, incident: Incident);
}
