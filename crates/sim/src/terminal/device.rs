//! The terminal itself: memory, upload cursor, users, and what the server told it.

use std::{collections::BTreeMap, net::SocketAddr, time::Duration};

use jiff::{SignedDuration, Timestamp, civil::DateTime};
use terminal::{pin::Pin, serial::Serial, table::attlog::AttLine};

use super::{
    profile::Profile,
    wire::{self, LinkError},
};

/// What the server told at the handshake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerOptions {
    /// All options as sent.
    pub all: BTreeMap<String, String>,
    /// Wait after a failure.
    pub error_delay: Duration,
    /// Wait between polls.
    pub delay: Duration,
    /// Hours east of UTC.
    pub time_zone: i8,
}

/// What became of an upload.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pushed {
    /// Punches acknowledged by the server.
    pub acknowledged: usize,
    /// Punches still waiting in the terminal.
    pub waiting: usize,
}

/// A terminal without the plastic.
#[derive(Debug)]
pub struct VirtualTerminal {
    pub(super) profile: Profile,
    pub(super) serial: Serial,
    pub(super) server: SocketAddr,
    pub(super) options: Option<ServerOptions>,
    /// Everything recorded, oldest first; never erased.
    pub(super) records: Vec<AttLine>,
    /// How many of the records the server has acknowledged.
    pub(super) cursor: usize,
    /// Operation and user lines waiting.
    pub(super) operations: Vec<String>,
    pub(super) users: BTreeMap<Pin, String>,
    drift: SignedDuration,
    server_time: Option<Timestamp>,
    stamp: u64,
    tell_info: bool,
}

impl VirtualTerminal {
    /// A terminal fresh from its box, with the server's address entered in its menu.
    pub fn new(profile: Profile, serial: Serial, server: SocketAddr) -> Self {
        Self {
            profile,
            serial,
            server,
            options: None,
            records: Vec::new(),
            cursor: 0,
            operations: Vec::new(),
            users: BTreeMap::new(),
            drift: SignedDuration::ZERO,
            server_time: None,
            stamp: 0,
            tell_info: true,
        }
    }

    /// Its serial number.
    pub fn serial(&self) -> &Serial {
        &self.serial
    }

    /// What the server told at the last handshake.
    pub fn options(&self) -> Option<&ServerOptions> {
        self.options.as_ref()
    }

    /// What its wall clock showed when the server last answered: the `Date` of the reply in the zone of the handshake.
    pub fn wall_clock(&self) -> Option<DateTime> {
        let offset = jiff::tz::Offset::from_hours(self.options.as_ref()?.time_zone).ok()?;
        offset.to_datetime(self.server_time?).checked_add(self.drift).ok()
    }

    /// Makes its clock wrong: `drift` is added to the time of every punch recorded from now on.
    pub fn set_drift(&mut self, drift: SignedDuration) {
        self.drift = drift;
    }

    /// Punches recorded and not yet acknowledged.
    pub fn waiting(&self) -> usize {
        self.records.len() - self.cursor
    }

    /// Users enrolled.
    pub fn users(&self) -> &BTreeMap<Pin, String> {
        &self.users
    }

    /// Introduces itself and takes over the options of the server.
    ///
    /// # Errors
    /// [`LinkError`] if the server is not there or does not answer with an option block.
    pub async fn handshake(&mut self) -> Result<&ServerOptions, LinkError> {
        let target = self.target("cdata", &format!("&options=all{}", self.profile.hello));
        let reply = wire::get(self.server, &target).await?;
        self.server_time = reply.date.or(self.server_time);
        let text = reply.accepted()?;
        let options =
            read_options(&text, &self.serial).ok_or(LinkError::Refused { status: 200, body: text })?;
        let is_zero = |key: &str| options.all.get(key).is_some_and(|stamp| stamp == "0");
        if is_zero("ATTLOGStamp") {
            self.cursor = 0;
        }
        let wants_options = options.all.get("PushOptionsFlag").is_some_and(|flag| flag == "1");
        if wants_options {
            let body = format!(
                "~DeviceName={},FirmVer={},UserCount={},TransactionCount={}",
                self.profile.name,
                self.profile.firmware,
                self.users.len(),
                self.records.len()
            );
            let target = self.target("cdata", "&table=options");
            self.keep_time(wire::post(self.server, &target, &body).await?).acknowledged()?;
        }
        self.tell_info = true;
        Ok(self.options.insert(options))
    }

    /// Records punches in its memory without talking to the server, as when the cable is out.
    pub fn record(&mut self, punches: &[AttLine]) {
        for punch in punches {
            let local = punch.local.checked_add(self.drift).unwrap_or(punch.local);
            self.records.push(AttLine { local, ..punch.clone() });
        }
    }

    /// Records punches and uploads all that wait.
    ///
    /// # Errors
    /// [`LinkError`]; what was not acknowledged stays in memory and goes with the next call.
    pub async fn push(&mut self, punches: &[AttLine]) -> Result<Pushed, LinkError> {
        self.record(punches);
        self.upload().await
    }

    /// Uploads all that waits: operations and users first, then punches, in as many requests as the model needs.
    ///
    /// # Errors
    /// [`LinkError`]; what was not acknowledged stays in memory.
    pub async fn upload(&mut self) -> Result<Pushed, LinkError> {
        if self.options.is_none() {
            self.handshake().await?;
        }
        self.upload_operations().await?;
        let mut acknowledged = 0;
        while self.waiting() > 0 {
            let end = self.records.len().min(self.cursor + self.profile.max_lines);
            let range = self.cursor..end;
            self.send_punches(range.clone()).await?;
            acknowledged += range.len();
            self.cursor = end;
        }
        Ok(Pushed { acknowledged, waiting: 0 })
    }

    /// Enrols a user at the terminal; told to the server with the next upload.
    pub fn enrol(&mut self, pin: Pin, name: &str) {
        let name = terminal::text::clean(name);
        self.operations.push(format!(
            "USER PIN={pin}\tName={name}\tPri=0\tPasswd=\tCard=\tGrp=1\tTZ=0000000100000000\tVerify=-1\tViceCard=\tStartDatetime=0\tEndDatetime=0"
        ));
        self.users.insert(pin, name);
    }

    /// Something done at its menu, such as 21 (clock set); told to the server with the next upload.
    pub fn operate(&mut self, code: u16, at: DateTime) {
        self.operations.push(format!("OPLOG {code}\t0\t{}\t0\t0\t0\t0", at.strftime("%Y-%m-%d %H:%M:%S")));
    }

    /// A target under `/iclock` in the spelling of the model.
    pub(super) fn target(&self, path: &str, query: &str) -> String {
        format!("/iclock/{path}{}?SN={}{query}", self.profile.suffix, self.serial)
    }

    /// The counts told with some polls: once after every handshake.
    pub(super) fn info(&mut self) -> Option<String> {
        std::mem::take(&mut self.tell_info).then(|| {
            format!(
                "{},{},{},{},{},10,39,12,0,01110,0,0,0",
                self.profile.firmware,
                self.users.len(),
                self.users.len(),
                self.records.len(),
                self.server.ip()
            )
        })
    }

    /// Sets the clock by a reply.
    pub(super) fn keep_time(&mut self, reply: wire::Reply) -> wire::Reply {
        self.server_time = reply.date.or(self.server_time);
        reply
    }

    /// Uploads a range of the records in one request.
    pub(super) async fn send_punches(&mut self, range: std::ops::Range<usize>) -> Result<(), LinkError> {
        let body: String = self.records[range].iter().map(|punch| self.profile.line(punch)).collect();
        self.stamp += 1;
        let target = self.target("cdata", &format!("&table=ATTLOG&Stamp={}", self.stamp));
        let reply = wire::post(self.server, &target, &body).await?;
        self.keep_time(reply).acknowledged()
    }

    async fn upload_operations(&mut self) -> Result<(), LinkError> {
        while !self.operations.is_empty() {
            let count = self.operations.len().min(self.profile.max_lines);
            let body: String = self.operations[..count].iter().map(|line| format!("{line}\n")).collect();
            self.stamp += 1;
            let query = format!("&table=OPERLOG&{}={}", self.profile.op_stamp, self.stamp);
            let reply = wire::post(self.server, &self.target("cdata", &query), &body).await?;
            self.keep_time(reply).acknowledged()?;
            self.operations.drain(..count);
        }
        Ok(())
    }
}

fn read_options(text: &str, serial: &Serial) -> Option<ServerOptions> {
    let mut lines = text.lines();
    if lines.next()?.trim() != format!("GET OPTION FROM: {serial}") {
        return None;
    }
    let all: BTreeMap<String, String> = lines
        .filter_map(|line| line.trim().split_once('='))
        .map(|(k, v)| (k.to_owned(), v.to_owned()))
        .collect();
    let seconds =
        |key: &str, or: u64| Duration::from_secs(all.get(key).and_then(|v| v.parse().ok()).unwrap_or(or));
    let time_zone = all.get("TimeZone").and_then(|v| v.parse().ok()).unwrap_or(0);
    Some(ServerOptions {
        error_delay: seconds("ErrorDelay", 30),
        delay: seconds("Delay", 10),
        time_zone,
        all,
    })
}
