//! Polls: counts that come in, commands that go out, and their results.

use async_trait::async_trait;
use serde_json::json;
use store::{
    StoreError, Tx,
    terminal::{self as register, CommandState, Terminal, TerminalState},
};
use terminal::{
    command::{Command, CommandId, MAX_PER_POLL, Order},
    command_result::CommandResult,
    desk::{Orders, Poll, Sender},
    device_info::DeviceInfo,
    table::options::Options,
};

use super::{
    Stop, TerminalDesk,
    alert::AlertKind,
    counts::Counts,
    greet::{dialect, keep_firmware, keep_options},
    visit::{Errand, Visit, address},
};

/// Longest text kept of a result, in characters.
const MAX_RESULT: usize = 2000;

/// A terminal asks for commands and may tell its counts.
#[async_trait]
impl Errand for Poll {
    type Answer = Orders;

    fn sender(&self) -> &Sender {
        &self.sender
    }

    fn remember(&self, waiting: &mut Terminal) {
        if let Some(info) = &self.info {
            keep_firmware(waiting, info);
            let at = self.sender.received;
            let counts = Counts { device: Some(info.clone()), device_at: Some(at), stored: 0 };
            counts.keep(waiting);
        }
    }

    async fn serve(self, desk: &TerminalDesk, visit: &mut Visit<'_>) -> Result<Orders, StoreError> {
        if let Some(info) = self.info {
            desk.count(visit, info).await?;
        }
        let commands = desk.due(visit).await?;
        Ok(Orders { dialect: dialect(&visit.terminal), commands })
    }
}

/// What became of commands.
pub(super) struct Results {
    pub(super) sender: Sender,
    pub(super) results: Vec<CommandResult>,
}

#[async_trait]
impl Errand for Results {
    type Answer = ();

    fn sender(&self) -> &Sender {
        &self.sender
    }

    /// Stores results; those of commands that were never given to this terminal change nothing.
    async fn serve(self, _: &TerminalDesk, visit: &mut Visit<'_>) -> Result<(), StoreError> {
        for result in self.results {
            let (terminal, said) = (visit.terminal.terminal_id, (result.code.into(), &*text(&result)));
            let known =
                register::finish_command(visit.tx, terminal, result.id.as_str(), said, visit.now).await?;
            if known && result.succeeded() && result.command.eq_ignore_ascii_case("INFO") {
                let pairs = result.details.iter().map(|(key, value)| (name(key), value.clone()));
                keep_options(&mut visit.terminal, &Options(pairs.collect()));
            }
        }
        Ok(())
    }
}

impl TerminalDesk {
    /// The commands for a terminal, marked as sent.
    pub(super) async fn hand_out(&self, poll: Poll) -> Result<Orders, Stop> {
        match self.nothing_to_do(&poll).await? {
            Some(orders) => Ok(orders),
            None => self.visit(poll).await,
        }
    }

    /// Most polls change nothing: they cost a read and no write. `None` if this one is not of that kind.
    async fn nothing_to_do(&self, poll: &Poll) -> Result<Option<Orders>, StoreError> {
        let sender = &poll.sender;
        let mut tx = self.office.db.begin_read(self.office.tenant).await?;
        let Some(terminal) = register::by_serial(&mut tx, sender.serial.as_str()).await? else {
            return Ok(None);
        };
        let news = poll.info.as_ref().is_some_and(|info| Counts::of(&terminal).device.as_ref() != Some(info));
        let is_quiet = terminal.state == TerminalState::Approved
            && !news
            && terminal.last_ip == address(sender).to_string()
            && !self.is_stale(&terminal, sender.received);
        if !is_quiet || !self.waiting(&mut tx, &terminal, sender).await?.is_empty() {
            return Ok(None);
        }
        Ok(Some(Orders { dialect: dialect(&terminal), commands: Vec::new() }))
    }

    async fn waiting(
        &self,
        tx: &mut Tx,
        terminal: &Terminal,
        sender: &Sender,
    ) -> Result<Vec<register::Command>, StoreError> {
        let before = sender.received - self.settings.resend_after;
        register::pending(tx, terminal.terminal_id, before..=sender.received, limit()).await
    }

    /// Keeps the counts; a count that fell means that somebody deleted punches in the terminal.
    async fn count(&self, visit: &mut Visit<'_>, info: DeviceInfo) -> Result<(), StoreError> {
        let mut counts = Counts::of(&visit.terminal);
        let before = counts.device.as_ref().and_then(|device| device.punches);
        if let (Some(before), Some(after)) = (before, info.punches)
            && after < before
        {
            let detail = json!({ "before": before, "after": after });
            let kind = AlertKind::MemoryShrunk;
            self.raise(visit.tx, Some(&visit.terminal), kind, "", detail, visit.now).await?;
        }
        keep_firmware(&mut visit.terminal, &info);
        (counts.device, counts.device_at) = (Some(info), Some(visit.now));
        counts.keep(&mut visit.terminal);
        Ok(())
    }

    /// Commands to send now, and none that would do harm when done twice.
    async fn due(&self, visit: &mut Visit<'_>) -> Result<Vec<Command>, StoreError> {
        let terminal = visit.terminal.terminal_id;
        let before = visit.now - self.settings.resend_after;
        let too_old = visit.now - self.settings.expire_after;
        let mut stored = register::pending(visit.tx, terminal, before..=visit.now, limit()).await?;
        if stored.iter().any(|command| command.queued_at < too_old) {
            register::expire_commands(visit.tx, terminal, too_old, visit.now).await?;
            stored.retain(|command| command.queued_at >= too_old);
        }
        let mut commands = Vec::new();
        for command in stored {
            let order = serde_json::from_str::<Order>(&command.body);
            let (Ok(id), Ok(order)) = (CommandId::parse(&command.command_id), order) else {
                tracing::error!(id = command.command_id, "a stored command cannot be read");
                continue;
            };
            if command.state == CommandState::Pending || order.is_idempotent() {
                commands.push(Command { id, order });
            }
        }
        if !commands.is_empty() {
            let ids: Vec<String> = commands.iter().map(|command| command.id.to_string()).collect();
            register::mark_sent(visit.tx, &ids, visit.now).await?;
        }
        Ok(commands)
    }
}

fn limit() -> i64 {
    i64::try_from(MAX_PER_POLL).unwrap_or(i64::MAX)
}

fn name(key: &str) -> String {
    key.trim_start_matches('~').to_ascii_lowercase()
}

/// `INFO ~DeviceName=X100-C, UserCount=12`
fn text(result: &CommandResult) -> String {
    let details: Vec<String> = result.details.iter().map(|(key, value)| format!("{key}={value}")).collect();
    let text = format!("{} {}", result.command, details.join(", "));
    text.trim().chars().take(MAX_RESULT).collect()
}
