//! Polls: counts that come in, commands that go out, and their results.

use serde_json::json;
use store::terminal::{self as register, CommandState, Terminal, TerminalState};
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
    door::{Visit, address},
    greet::{dialect, keep_firmware, keep_options},
};

/// Longest text kept of a result, in characters.
const MAX_RESULT: usize = 2000;

impl TerminalDesk {
    /// The commands for a terminal, marked as sent.
    pub(super) async fn hand_out(&self, poll: Poll) -> Result<Orders, Stop> {
        if let Some(orders) = self.nothing_to_do(&poll).await? {
            return Ok(orders);
        }
        let (info, at) = (poll.info.clone(), poll.sender.received);
        let mut visit = self
            .enter(&poll.sender, |terminal| {
                if let Some(info) = info {
                    keep_firmware(terminal, &info);
                    let counts = Counts { device: Some(info), device_at: Some(at), stored: 0 };
                    counts.keep(terminal);
                }
            })
            .await?;
        if let Some(info) = poll.info {
            self.count(&mut visit, info).await?;
        }
        let commands = self.due(&mut visit).await?;
        let orders = Orders { dialect: dialect(&visit.terminal), commands };
        visit.leave().await?;
        Ok(orders)
    }

    /// Most polls change nothing: they cost a read and no write. `None` if this one is not of that kind.
    async fn nothing_to_do(&self, poll: &Poll) -> Result<Option<Orders>, Stop> {
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
        tx: &mut store::Tx,
        terminal: &Terminal,
        sender: &Sender,
    ) -> Result<Vec<register::Command>, Stop> {
        let before = sender.received - self.settings.resend_after;
        Ok(register::pending(tx, terminal.terminal_id, before, limit()).await?)
    }

    /// Keeps the counts; a count that fell means that somebody deleted punches in the terminal.
    async fn count(&self, visit: &mut Visit, info: DeviceInfo) -> Result<(), Stop> {
        let mut counts = Counts::of(&visit.terminal);
        let before = counts.device.as_ref().and_then(|device| device.punches);
        if let (Some(before), Some(after)) = (before, info.punches)
            && after < before
        {
            let detail = json!({ "before": before, "after": after });
            self.raise(&mut visit.tx, Some(&visit.terminal), AlertKind::MemoryShrunk, "", detail, visit.now)
                .await?;
        }
        keep_firmware(&mut visit.terminal, &info);
        (counts.device, counts.device_at) = (Some(info), Some(visit.now));
        counts.keep(&mut visit.terminal);
        Ok(())
    }

    /// Commands to send now, and none that would do harm when done twice.
    async fn due(&self, visit: &mut Visit) -> Result<Vec<Command>, Stop> {
        let terminal = visit.terminal.terminal_id;
        let before = visit.now - self.settings.resend_after;
        let too_old = visit.now - self.settings.expire_after;
        let mut stored = register::pending(&mut visit.tx, terminal, before, limit()).await?;
        if stored.iter().any(|command| command.queued_at < too_old) {
            register::expire_commands(&mut visit.tx, terminal, too_old, visit.now).await?;
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
            register::mark_sent(&mut visit.tx, &ids, visit.now).await?;
        }
        Ok(commands)
    }

    /// Stores results; those of commands that were never given to this terminal change nothing.
    pub(super) async fn take_results(&self, sender: Sender, results: Vec<CommandResult>) -> Result<(), Stop> {
        let mut visit = self.enter(&sender, |_| {}).await?;
        for result in results {
            let terminal = visit.terminal.terminal_id;
            let known = register::finish_command(
                &mut visit.tx,
                terminal,
                result.id.as_str(),
                (result.code.into(), &text(&result)),
                visit.now,
            )
            .await?;
            if known && result.succeeded() && result.command.eq_ignore_ascii_case("INFO") {
                let pairs = result.details.iter().map(|(key, value)| (name(key), value.clone()));
                keep_options(&mut visit.terminal, &Options(pairs.collect()));
            }
        }
        visit.leave().await
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
