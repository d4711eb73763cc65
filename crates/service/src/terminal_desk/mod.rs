//! What stands behind the listener for terminals: journal, punches, alerts and commands in the database.
//!
//! Every call that may write passes the one door of the node as one piece of work (a long upload as several), and the
//! listener answers a terminal only after the last was committed. Whatever fails in the database becomes
//! [`DeskError::Unavailable`]: the terminal keeps its data and comes again.

mod access_session;
pub mod alert;
pub mod counts;
mod drift;
mod findings;
mod greet;
mod incident;
mod network;
mod operations;
mod orders;
mod part;
pub mod punch_row;
mod ready;
mod two_places;
mod upload;
mod users;
mod visit;

use async_trait::async_trait;
use intake::Door;
use jiff::SignedDuration;
use store::StoreError;
use terminal::{
    access::AccessSession,
    command_result::CommandResult,
    desk::{Ack, Desk, DeskError, Hello, Incident, Orders, Poll, Registration, Sender, Upload, Welcome},
};

pub use greet::dialect as dialect_of;
pub use network::{allows as is_allowed_network, check as check_networks};

use crate::Office;

/// What may be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Most terminals that may wait for approval; further unknown serial numbers are refused without a trace but an alert.
    pub max_pending: i64,
    /// After which time a command without an answer is handed out again.
    pub resend_after: SignedDuration,
    /// After which time a command without an answer is given up.
    pub expire_after: SignedDuration,
    /// How stale the last contact may become before a mere poll is written down.
    pub contact_grain: SignedDuration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            max_pending: 200,
            resend_after: SignedDuration::from_mins(5),
            expire_after: SignedDuration::from_hours(72),
            contact_grain: SignedDuration::from_secs(60),
        }
    }
}

/// The desk of a tenant.
#[derive(Clone)]
pub struct TerminalDesk {
    office: Office,
    door: Door,
    settings: Settings,
}

impl TerminalDesk {
    /// A desk with the usual settings.
    pub fn new(office: Office, door: Door) -> Self {
        Self::with(office, door, Settings::default())
    }

    /// A desk with other settings.
    pub fn with(office: Office, door: Door, settings: Settings) -> Self {
        Self { office, door, settings }
    }
}

/// Why a call ends early.
#[derive(Debug)]
enum Stop {
    Pending,
    Blocked,
    Store(StoreError),
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Stop> for DeskError {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Pending => Self::Pending,
            Stop::Blocked => Self::Blocked,
            Stop::Store(error) => {
                // The listener logs the text; the words of the engine are only in the source.
                let cause = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
                Self::Unavailable(format!("{error} {cause}").trim_end().to_owned())
            }
        }
    }
}

#[async_trait]
impl Desk for TerminalDesk {
    async fn handshake(&self, hello: Hello) -> Result<Welcome, DeskError> {
        Ok(self.visit(hello).await?)
    }

    async fn upload(&self, upload: Upload) -> Result<Ack, DeskError> {
        Ok(self.take_in(upload).await?)
    }

    async fn poll(&self, poll: Poll) -> Result<Orders, DeskError> {
        Ok(self.hand_out(poll).await?)
    }

    async fn command_results(&self, sender: Sender, results: Vec<CommandResult>) -> Result<(), DeskError> {
        Ok(self.visit(orders::Results { sender, results }).await?)
    }

    async fn register(&self, registration: Registration) -> Result<AccessSession, DeskError> {
        Ok(self.visit(registration).await?)
    }

    async fn incident(&self, incident: Incident) {
        self.note(incident).await;
    }
}
