//! Commands for terminals.

use std::ops::RangeInclusive;

use domain::ids::TerminalId;
use jiff::Timestamp;

use crate::{
    error::Result,
    sql::{
        record::{Record, record},
        text_enum::text_enum,
        value::params,
    },
    tx::Tx,
};

text_enum! {
    /// Where a command stands.
    pub enum CommandState {
        /// Waits for the next poll.
        Pending = "pending",
        /// Handed out, no result yet.
        Sent = "sent",
        /// Done.
        Done = "done",
        /// The terminal refused.
        Failed = "failed",
        /// Never answered.
        Expired = "expired",
    }
}

record! {
    /// A command.
    pub struct Command {
        /// At most 16 letters and digits.
        pub command_id: String,
        /// The terminal.
        pub terminal_id: TerminalId,
        /// The command line.
        pub body: String,
        /// Where it stands.
        pub state: CommandState,
        /// When it was queued.
        pub queued_at: Timestamp,
        /// By whom.
        pub queued_by: String,
        /// When it was last handed out.
        pub sent_at: Option<Timestamp>,
        /// When the result came.
        pub done_at: Option<Timestamp>,
        /// Code of the result.
        pub return_code: Option<i64>,
        /// Text of the result.
        pub result: Option<String>,
    }
}

/// Queues a command.
///
/// # Errors
/// [`crate::ErrorKind::Conflict`] when the id is taken.
pub async fn queue(tx: &mut Tx, command: &Command) -> Result<()> {
    let sql = format!(
        "INSERT INTO terminal_command (tenant_id, {}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        Command::LIST
    );
    tx.execute(sql, command.values()).await.map(|_| ())
}

/// Commands to hand out at a poll, oldest first: those that wait, and those handed out before or after `recently` without a
/// result (after it when the clock was set back since).
///
/// # Errors
/// As every call.
pub async fn pending(
    tx: &mut Tx,
    terminal: TerminalId,
    recently: RangeInclusive<Timestamp>,
    limit: i64,
) -> Result<Vec<Command>> {
    let sql = format!(
        "SELECT {} FROM terminal_command
         WHERE tenant_id = $1 AND terminal_id = $2
           AND (state = 'pending' OR (state = 'sent' AND (sent_at < $3 OR sent_at > $5)))
         ORDER BY queued_at, command_id LIMIT $4",
        Command::LIST
    );
    let (from, until) = recently.into_inner();
    tx.fetch(sql, params![terminal, from, limit, until]).await
}

/// Notes that commands were handed out.
///
/// # Errors
/// As every call.
pub async fn mark_sent(tx: &mut Tx, commands: &[String], now: Timestamp) -> Result<u64> {
    let sql = "UPDATE terminal_command SET state = 'sent', sent_at = $3
               WHERE tenant_id = $1 AND command_id IN texts_of($2) AND state IN ('pending', 'sent')";
    tx.execute(sql, params![commands, now]).await
}

/// Notes the result of a command of this terminal; `false` when it is not one that was open. A code below zero is a
/// refusal.
///
/// # Errors
/// As every call.
pub async fn finish_command(
    tx: &mut Tx,
    terminal: TerminalId,
    command: &str,
    (return_code, result): (i64, &str),
    now: Timestamp,
) -> Result<bool> {
    let state = if return_code < 0 { CommandState::Failed } else { CommandState::Done };
    let sql = "UPDATE terminal_command SET state = $4, done_at = $5, return_code = $6, result = $7
               WHERE tenant_id = $1 AND terminal_id = $2 AND command_id = $3 AND state IN ('pending', 'sent')";
    let changed = tx.execute(sql, params![terminal, command, state, now, return_code, result]).await?;
    Ok(changed > 0)
}

/// Gives up on commands of this terminal that were queued before `queued_before` and have no result; how many.
///
/// # Errors
/// As every call.
pub async fn expire_commands(
    tx: &mut Tx,
    terminal: TerminalId,
    queued_before: Timestamp,
    now: Timestamp,
) -> Result<u64> {
    let sql = "UPDATE terminal_command SET state = 'expired', done_at = $4
               WHERE tenant_id = $1 AND terminal_id = $2 AND queued_at < $3 AND state IN ('pending', 'sent')";
    tx.execute(sql, params![terminal, queued_before, now]).await
}

/// The newest commands of a terminal, newest first.
///
/// # Errors
/// As every call.
pub async fn recent_commands(tx: &mut Tx, terminal: TerminalId, limit: i64) -> Result<Vec<Command>> {
    let sql = format!(
        "SELECT {} FROM terminal_command WHERE tenant_id = $1 AND terminal_id = $2
         ORDER BY queued_at DESC, command_id DESC LIMIT $3",
        Command::LIST
    );
    tx.fetch(sql, params![terminal, limit]).await
}
