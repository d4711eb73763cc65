//! A [`Desk`] that keeps everything in memory: for tests, and for trying a terminal without a database.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, MutexGuard},
};

use async_trait::async_trait;
use domain::zone::Zone;
use jiff::civil::DateTime;

use crate::{
    access::AccessSession,
    command::{Command, Dialect},
    command_result::CommandResult,
    desk::{Ack, Desk, DeskError, Hello, Incident, Orders, Poll, Registration, Sender, Upload, Welcome},
    handshake::{Greeting, Stamps},
    pin::Pin,
    serial::Serial,
    table::attlog::AttLine,
    upload::{Content, Table},
};

/// A desk in memory. Terminals must be approved before their uploads are taken.
#[derive(Debug, Default)]
pub struct MemoryDesk(Mutex<State>);

/// What a [`MemoryDesk`] holds.
#[derive(Debug, Default)]
pub struct State {
    /// Approved terminals.
    pub terminals: BTreeMap<Serial, Terminal>,
    /// Serial numbers that introduced themselves and wait.
    pub pending: BTreeSet<Serial>,
    /// Uploads taken, in order.
    pub uploads: Vec<Upload>,
    /// Punches taken, without duplicates.
    pub punches: Vec<(Serial, AttLine)>,
    /// Results of commands.
    pub results: Vec<(Serial, CommandResult)>,
    /// Incidents.
    pub incidents: Vec<Incident>,
    /// Handshakes seen.
    pub hellos: Vec<Hello>,
    /// Polls seen.
    pub polls: Vec<Poll>,
    /// Pretend that the database is down.
    pub unavailable: bool,
    known: BTreeSet<(Serial, Pin, DateTime)>,
}

/// An approved terminal.
#[derive(Debug, Clone, Default)]
pub struct Terminal {
    /// Where it stands.
    pub zone: Zone,
    /// How it spells commands, from its last handshake.
    pub dialect: Dialect,
    /// Last stamps.
    pub stamps: Stamps,
    /// Commands waiting.
    pub queue: Vec<Command>,
}

impl MemoryDesk {
    /// A desk that knows no terminal.
    pub fn new() -> Self {
        Self::default()
    }

    /// Approves a terminal that stands in `zone`.
    pub fn approve(&self, serial: &Serial, zone: Zone) {
        let mut state = self.state();
        state.pending.remove(serial);
        state.terminals.entry(serial.clone()).or_default().zone = zone;
    }

    /// Queues a command; ignored for a terminal that is not approved.
    pub fn order(&self, serial: &Serial, command: Command) {
        if let Some(terminal) = self.state().terminals.get_mut(serial) {
            terminal.queue.push(command);
        }
    }

    /// The state, locked; do not hold it across an await.
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl State {
    fn terminal(&mut self, serial: &Serial) -> Result<&mut Terminal, DeskError> {
        if self.unavailable {
            return Err(DeskError::Unavailable("switched off".to_owned()));
        }
        if !self.terminals.contains_key(serial) {
            self.pending.insert(serial.clone());
        }
        self.terminals.get_mut(serial).ok_or(DeskError::Pending)
    }

    fn add(&mut self, serial: &Serial, punch: &AttLine, ack: &mut Ack) {
        if self.known.insert((serial.clone(), punch.pin.clone(), punch.local)) {
            self.punches.push((serial.clone(), punch.clone()));
            ack.added += 1;
        } else {
            ack.duplicates += 1;
        }
    }
}

#[async_trait]
impl Desk for MemoryDesk {
    async fn handshake(&self, hello: Hello) -> Result<Welcome, DeskError> {
        let mut state = self.state();
        state.hellos.push(hello.clone());
        let terminal = state.terminal(&hello.sender.serial)?;
        if !hello.heartbeat {
            terminal.dialect = hello.dialect;
        }
        let dialect = terminal.dialect;
        let mut greeting = Greeting::new(terminal.zone, dialect);
        greeting.stamps = terminal.stamps.clone();
        greeting.ask_options = hello.offers_options;
        let session = (dialect == Dialect::Access).then(|| session(&hello.sender.serial));
        Ok(Welcome { greeting, session })
    }

    async fn upload(&self, upload: Upload) -> Result<Ack, DeskError> {
        let mut state = self.state();
        let serial = upload.sender.serial.clone();
        let stamps = &mut state.terminal(&serial)?.stamps;
        match upload.table {
            Table::AttLog => stamps.attlog.clone_from(&upload.stamp),
            Table::OperLog => stamps.operlog.clone_from(&upload.stamp),
            _ => {}
        }
        let mut ack = Ack::default();
        match &upload.content {
            Content::Punches(batch) => {
                batch.records.iter().for_each(|punch| state.add(&serial, punch, &mut ack))
            }
            Content::Events(batch) => {
                let punches = batch.records.iter().filter_map(crate::table::rtlog::RtEvent::punch);
                punches.for_each(|punch| state.add(&serial, &punch, &mut ack));
            }
            _ => {}
        }
        state.uploads.push(upload);
        Ok(ack)
    }

    async fn poll(&self, poll: Poll) -> Result<Orders, DeskError> {
        let mut state = self.state();
        let terminal = state.terminal(&poll.sender.serial)?;
        let orders = Orders { dialect: terminal.dialect, commands: std::mem::take(&mut terminal.queue) };
        state.polls.push(poll);
        Ok(orders)
    }

    async fn command_results(&self, sender: Sender, results: Vec<CommandResult>) -> Result<(), DeskError> {
        let mut state = self.state();
        state.terminal(&sender.serial)?;
        state.results.extend(results.into_iter().map(|result| (sender.serial.clone(), result)));
        Ok(())
    }

    async fn register(&self, registration: Registration) -> Result<AccessSession, DeskError> {
        let serial = registration.sender.serial;
        self.state().terminal(&serial)?;
        Ok(session(&serial))
    }

    async fn incident(&self, incident: Incident) {
        self.state().incidents.push(incident);
    }
}

/// Constant for a terminal. A real desk draws it at random and stores it.
fn session(serial: &Serial) -> AccessSession {
    AccessSession { registry_code: format!("R{serial}"), session_id: format!("S{serial}") }
}
