//! Handshake and registration.

use async_trait::async_trait;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::{
    Result,
    terminal::{self as register, Terminal},
};
use terminal::{
    access::AccessSession,
    command::Dialect,
    desk::{Hello, Registration, Sender, Welcome},
    device_info::DeviceInfo,
    handshake::{Greeting, Stamps},
    table::options::Options,
};

use super::{
    TerminalDesk,
    access_session::session,
    alert::AlertKind,
    visit::{Errand, Visit},
};

/// Longest text of a terminal about itself that is kept in a column of its own, in characters.
const MAX_WORD: usize = 100;

/// A terminal introduces itself.
#[async_trait]
impl Errand for Hello {
    type Answer = Welcome;

    fn sender(&self) -> &Sender {
        &self.sender
    }

    fn remember(&self, waiting: &mut Terminal) {
        introduce(waiting, self);
        // Until approval nobody vouches for it, so the latest key counts; approval pins it.
        waiting.comm_key_hash = key_hash(self).or(waiting.comm_key_hash.take());
    }

    async fn serve(self, desk: &TerminalDesk, visit: &mut Visit<'_>) -> Result<Welcome> {
        introduce(&mut visit.terminal, &self);
        match (&visit.terminal.comm_key_hash, key_hash(&self)) {
            (None, Some(key)) => visit.terminal.comm_key_hash = Some(key),
            (Some(pinned), Some(key)) if *pinned != key => {
                let detail = json!({ "address": visit.terminal.last_ip });
                let kind = AlertKind::CommKeyChanged;
                desk.raise(visit.tx, Some(&visit.terminal), kind, "", detail, visit.now).await?;
            }
            _ => {}
        }
        let dialect = if self.heartbeat { dialect(&visit.terminal) } else { self.dialect };
        let mut greeting = Greeting::new(visit.terminal.zone, dialect);
        greeting.stamps = stamps(register::stamps(visit.tx, visit.terminal.terminal_id).await?);
        greeting.ask_options = self.offers_options;
        let session = (dialect == Dialect::Access).then(|| session(visit.terminal.terminal_id));
        Ok(Welcome { greeting, session })
    }
}

/// Access-control firmware registers.
#[async_trait]
impl Errand for Registration {
    type Answer = AccessSession;

    fn sender(&self) -> &Sender {
        &self.sender
    }

    fn remember(&self, waiting: &mut Terminal) {
        describe(waiting, &self.options);
    }

    async fn serve(self, _: &TerminalDesk, visit: &mut Visit<'_>) -> Result<AccessSession> {
        keep_options(&mut visit.terminal, &self.options);
        Ok(session(visit.terminal.terminal_id))
    }
}

fn key_hash(hello: &Hello) -> Option<String> {
    hello.comm_key.as_deref().map(|key| hex::encode(Sha256::digest(key)))
}

/// The spelling of commands that a terminal understands, by what it told at its handshake.
pub fn dialect(terminal: &Terminal) -> Dialect {
    let push = Some(terminal.push_version.as_str()).filter(|version| !version.is_empty());
    Dialect::of(push, terminal.options.get("devicetype").and_then(Value::as_str))
}

fn introduce(terminal: &mut Terminal, hello: &Hello) {
    if hello.heartbeat {
        return;
    }
    terminal.push_version = word(hello.push_version.as_deref().unwrap_or_default());
    if let Some(kind) = &hello.device_type {
        set_option(terminal, "devicetype", kind);
    }
}

/// Keeps model and firmware only; for terminals that wait.
pub(super) fn describe(terminal: &mut Terminal, options: &Options) {
    if let Some(model) = options.device_name() {
        terminal.model = word(model);
    }
    if let Some(firmware) = options.firmware() {
        terminal.firmware = word(firmware);
    }
}

/// Keeps everything a terminal says of itself.
pub(super) fn keep_options(terminal: &mut Terminal, options: &Options) {
    describe(terminal, options);
    for (name, value) in &options.0 {
        set_option(terminal, name, value);
    }
}

/// Keeps the firmware named in a count.
pub(super) fn keep_firmware(terminal: &mut Terminal, info: &DeviceInfo) {
    if let Some(firmware) = &info.firmware {
        terminal.firmware = word(firmware);
    }
}

fn set_option(terminal: &mut Terminal, name: &str, value: &str) {
    if !terminal.options.is_object() {
        terminal.options = json!({});
    }
    if let Some(options) = terminal.options.as_object_mut() {
        options.insert(name.to_owned(), Value::from(word(value)));
    }
}

fn word(text: &str) -> String {
    text.chars().take(MAX_WORD).collect()
}

/// Whether the stamp of a table is handed back; others are not kept.
pub(super) fn is_stamped(table: &str) -> bool {
    slot(&mut Stamps::default(), table).is_some()
}

fn slot<'a>(stamps: &'a mut Stamps, table: &str) -> Option<&'a mut Option<String>> {
    Some(match table {
        "ATTLOG" => &mut stamps.attlog,
        "OPERLOG" => &mut stamps.operlog,
        "ATTPHOTO" => &mut stamps.attphoto,
        "BIODATA" => &mut stamps.biodata,
        "ERRORLOG" => &mut stamps.errorlog,
        _ => return None,
    })
}

fn stamps(stored: Vec<(String, String)>) -> Stamps {
    let mut stamps = Stamps::default();
    for (table, stamp) in stored {
        if let Some(slot) = slot(&mut stamps, &table) {
            *slot = Some(stamp);
        }
    }
    stamps
}
