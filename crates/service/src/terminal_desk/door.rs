//! Who is at the door: known and approved, waiting, blocked, or never seen before.

use std::net::IpAddr;

use domain::ids::TerminalId;
use jiff::Timestamp;
use serde_json::json;
use store::{
    Tx, tenant,
    terminal::{self as register, Terminal, TerminalState},
};
use terminal::desk::Sender;

use super::{Stop, TerminalDesk, alert::AlertKind, network};

/// A contact of an approved terminal.
pub(super) struct Visit {
    /// The transaction; the row of the terminal is locked in it.
    pub(super) tx: Tx,
    /// The terminal, with this contact entered.
    pub(super) terminal: Terminal,
    /// The contact before this one.
    pub(super) last_contact: Timestamp,
    /// When this contact was received.
    pub(super) now: Timestamp,
}

impl Visit {
    /// Writes the terminal as it is now and commits.
    pub(super) async fn leave(mut self) -> Result<(), Stop> {
        register::put(&mut self.tx, &self.terminal).await?;
        Ok(self.tx.commit().await?)
    }
}

/// The address in the form in which it is stored.
pub(super) fn address(sender: &Sender) -> IpAddr {
    sender.peer.ip().to_canonical()
}

impl TerminalDesk {
    /// Lets an approved terminal in. Anybody else is noted, with `remember` applied to the row of a terminal that waits.
    pub(super) async fn enter(
        &self,
        sender: &Sender,
        remember: impl FnOnce(&mut Terminal) + Send,
    ) -> Result<Visit, Stop> {
        let mut tx = self.office.db.begin_write(self.office.tenant).await?;
        let Some(mut terminal) = register::lock(&mut tx, sender.serial.as_str()).await? else {
            return Err(self.meet(tx, sender, remember).await);
        };
        let ip = address(sender).to_string();
        match terminal.state {
            TerminalState::Retired => return Err(Stop::Blocked),
            TerminalState::Pending => {
                let before = terminal.clone();
                remember(&mut terminal);
                if self.is_stale(&terminal, sender.received) || terminal != before || terminal.last_ip != ip {
                    (terminal.last_seen, terminal.last_ip) = (sender.received.max(terminal.last_seen), ip);
                    register::put(&mut tx, &terminal).await?;
                }
                tx.commit().await?;
                return Err(Stop::Pending);
            }
            TerminalState::Approved => {}
        }
        if !network::allows(&terminal.allowed_cidr, address(sender)) {
            let detail = json!({ "address": ip, "allowed": terminal.allowed_cidr });
            self.raise(&mut tx, Some(&terminal), AlertKind::OutsideNetwork, "", detail, sender.received)
                .await?;
            tx.commit().await?;
            return Err(Stop::Blocked);
        }
        if !terminal.last_ip.is_empty() && terminal.last_ip != ip {
            let pause = sender.received.as_second() - terminal.last_seen.as_second();
            let detail = json!({ "before": terminal.last_ip, "after": ip, "pause_seconds": pause });
            self.raise(&mut tx, Some(&terminal), AlertKind::AddressChanged, "", detail, sender.received)
                .await?;
        }
        let last_contact = terminal.last_seen;
        (terminal.last_seen, terminal.last_ip) = (sender.received.max(last_contact), ip);
        Ok(Visit { tx, terminal, last_contact, now: sender.received })
    }

    /// Whether the last contact was long enough ago to be worth a write.
    pub(super) fn is_stale(&self, terminal: &Terminal, now: Timestamp) -> bool {
        now.duration_since(terminal.last_seen) >= self.settings.contact_grain
    }

    /// Writes down a serial number that was never seen, unless too many wait already.
    async fn meet(&self, tx: Tx, sender: &Sender, remember: impl FnOnce(&mut Terminal) + Send) -> Stop {
        match self.write_down(tx, sender, remember).await {
            Ok(()) => Stop::Pending,
            Err(stop) => stop,
        }
    }

    async fn write_down(
        &self,
        mut tx: Tx,
        sender: &Sender,
        remember: impl FnOnce(&mut Terminal) + Send,
    ) -> Result<(), Stop> {
        if register::pending_count(&mut tx).await? >= self.settings.max_pending {
            let detail = json!({ "serial": sender.serial, "address": address(sender), "limit": self.settings.max_pending });
            self.raise(&mut tx, None, AlertKind::PendingFull, "", detail, sender.received).await?;
        } else {
            let zone = tenant::own(&mut tx).await?.zone;
            let mut terminal = Terminal {
                last_ip: address(sender).to_string(),
                ..Terminal::met(
                    self.office.id(TerminalId::new),
                    sender.serial.to_string(),
                    zone,
                    sender.received,
                )
            };
            remember(&mut terminal);
            register::meet(&mut tx, &terminal).await?;
        }
        Ok(tx.commit().await?)
    }
}
