//! Who is at the door: known and approved, waiting, blocked, or never seen before.
//!
//! Everything a terminal wants that may write is an [`Errand`]: a piece of work of the one writer of this node, so that
//! punches of terminals and of all other senders pass the same door.

use std::net::IpAddr;

use async_trait::async_trait;
use domain::{ids::TerminalId, silence::contact};
use intake::Work;
use jiff::Timestamp;
use serde_json::json;
use store::{
    StoreError, Tx, tenant,
    terminal::{self as register, Terminal, TerminalState},
};
use terminal::desk::Sender;

use super::{Stop, TerminalDesk, alert::AlertKind, network};

/// A contact of an approved terminal.
pub(super) struct Visit<'t> {
    /// The writer's transaction; the row of the terminal is locked in it.
    pub(super) tx: &'t mut Tx,
    /// The terminal, with this contact entered; written when the visit ends.
    pub(super) terminal: Terminal,
    /// The contact before this one.
    pub(super) last_contact: Timestamp,
    /// When this contact was received.
    pub(super) now: Timestamp,
}

/// What a terminal came for.
#[async_trait]
pub(super) trait Errand: Send + Sync + 'static {
    /// What it hears.
    type Answer: Send + 'static;

    /// Who came.
    fn sender(&self) -> &Sender;

    /// About how many rows are written.
    fn rows(&self) -> usize {
        1
    }

    /// What is remembered of a terminal that waits for approval.
    fn remember(&self, _waiting: &mut Terminal) {}

    /// Serves an approved terminal.
    async fn serve(self, desk: &TerminalDesk, visit: &mut Visit<'_>) -> Result<Self::Answer, StoreError>;
}

/// Why somebody is not let in. What was written down about that stays.
pub(super) enum Barred {
    Pending,
    Blocked,
}

/// An errand on its way to the writer.
struct Call<E> {
    desk: TerminalDesk,
    errand: E,
}

#[async_trait]
impl<E: Errand> Work for Call<E> {
    type Answer = Result<E::Answer, Barred>;
    type Refusal = StoreError;

    fn rows(&self) -> usize {
        self.errand.rows()
    }

    async fn run(self, tx: &mut Tx) -> Result<Self::Answer, StoreError> {
        let Self { desk, errand } = self;
        let mut visit = match desk.enter(tx, &errand).await? {
            Ok(visit) => visit,
            Err(barred) => return Ok(Err(barred)),
        };
        let answer = errand.serve(&desk, &mut visit).await?;
        register::put(visit.tx, &visit.terminal).await?;
        Ok(Ok(answer))
    }
}

/// The address in the form in which it is stored.
pub(super) fn address(sender: &Sender) -> IpAddr {
    sender.peer.ip().to_canonical()
}

impl TerminalDesk {
    /// Passes an errand through the door. When this returns, everything is durable.
    pub(super) async fn visit<E: Errand>(&self, errand: E) -> Result<E::Answer, Stop> {
        match self.door.work(Call { desk: self.clone(), errand }).await? {
            Ok(answer) => Ok(answer),
            Err(Barred::Pending) => Err(Stop::Pending),
            Err(Barred::Blocked) => Err(Stop::Blocked),
        }
    }

    /// Lets an approved terminal in. Anybody else is noted.
    async fn enter<'t>(
        &self,
        tx: &'t mut Tx,
        errand: &impl Errand,
    ) -> Result<Result<Visit<'t>, Barred>, StoreError> {
        let sender = errand.sender();
        let Some(mut terminal) = register::lock(tx, sender.serial.as_str()).await? else {
            self.meet(tx, errand).await?;
            return Ok(Err(Barred::Pending));
        };
        let ip = address(sender).to_string();
        match terminal.state {
            TerminalState::Retired => return Ok(Err(Barred::Blocked)),
            TerminalState::Pending => {
                let before = terminal.clone();
                errand.remember(&mut terminal);
                if self.is_stale(&terminal, sender.received) || terminal != before || terminal.last_ip != ip {
                    (terminal.last_seen, terminal.last_ip) =
                        (contact(terminal.last_seen, sender.received), ip);
                    register::put(tx, &terminal).await?;
                }
                return Ok(Err(Barred::Pending));
            }
            TerminalState::Approved => {}
        }
        if !network::allows(&terminal.allowed_cidr, address(sender)) {
            let detail = json!({ "address": ip, "allowed": terminal.allowed_cidr });
            let kind = AlertKind::OutsideNetwork;
            self.raise(tx, Some(&terminal), kind, "", detail, sender.received).await?;
            return Ok(Err(Barred::Blocked));
        }
        if !terminal.last_ip.is_empty() && terminal.last_ip != ip {
            let pause = sender.received.as_second() - terminal.last_seen.as_second();
            let detail = json!({ "before": terminal.last_ip, "after": ip, "pause_seconds": pause });
            let kind = AlertKind::AddressChanged;
            self.raise(tx, Some(&terminal), kind, "", detail, sender.received).await?;
        }
        let last_contact = terminal.last_seen;
        (terminal.last_seen, terminal.last_ip) = (contact(last_contact, sender.received), ip);
        Ok(Ok(Visit { tx, terminal, last_contact, now: sender.received }))
    }

    /// Whether the last contact was long enough ago to be worth a write.
    pub(super) fn is_stale(&self, terminal: &Terminal, now: Timestamp) -> bool {
        now.duration_since(terminal.last_seen).abs() >= self.settings.contact_grain
    }

    /// Writes down a serial number that was never seen, unless too many wait already.
    async fn meet(&self, tx: &mut Tx, errand: &impl Errand) -> Result<(), StoreError> {
        let sender = errand.sender();
        if register::pending_count(tx).await? >= self.settings.max_pending {
            let detail = json!({ "serial": sender.serial, "address": address(sender), "limit": self.settings.max_pending });
            return self.raise(tx, None, AlertKind::PendingFull, "", detail, sender.received).await;
        }
        let zone = tenant::own(tx).await?.zone;
        let id = self.office.id(TerminalId::new);
        let mut terminal = Terminal {
            last_ip: address(sender).to_string(),
            ..Terminal::met(id, sender.serial.to_string(), zone, sender.received)
        };
        errand.remember(&mut terminal);
        register::meet(tx, &terminal).await.map(|_| ())
    }
}
