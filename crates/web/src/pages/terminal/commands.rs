//! Commands in words: those an operator may send, and those that stand in the history of a terminal.

use ::terminal::command::Order;
use service::{
    actors::Actors,
    terminal_admin::{CommandView, SafeCommand},
};
use store::terminal::CommandState as Stored;

use super::{CommandLine, CommandState, TerminalCommand, TerminalTexts};

/// All commands of the page, the most useful first.
pub(super) const ALL: [TerminalCommand; 4] =
    [TerminalCommand::SetClock, TerminalCommand::SendAll, TerminalCommand::Report, TerminalCommand::Restart];

/// What a button asks of the terminal. Its clock is set by the handshake.
pub(super) fn safe(command: TerminalCommand) -> SafeCommand {
    match command {
        TerminalCommand::SendAll => SafeCommand::ResendAll,
        TerminalCommand::SetClock => SafeCommand::Check,
        TerminalCommand::Report => SafeCommand::Info,
        TerminalCommand::Restart => SafeCommand::Reboot,
    }
}

/// A command of the history.
pub(super) fn line(view: &CommandView, at: String, actors: &Actors, t: TerminalTexts) -> CommandLine {
    let command = &view.command;
    let state = match command.state {
        Stored::Pending => CommandState::Waiting,
        Stored::Sent => CommandState::Sent,
        Stored::Done => CommandState::Done,
        Stored::Expired => CommandState::Expired,
        Stored::Failed => {
            let code = command.return_code.and_then(|code| i32::try_from(code).ok()).unwrap_or(-1);
            CommandState::Failed { code }
        }
    };
    let words = view.order.as_ref().map_or_else(|| t.cmd_unknown().to_owned(), |order| words(order, t));
    CommandLine { at, by: actors.name(&command.queued_by), command: words, state }
}

fn words(order: &Order, t: TerminalTexts) -> String {
    match order {
        Order::UpdateUser(user) => t.cmd_user(&user.pin),
        Order::DeleteUser { pin } => t.cmd_user_gone(pin),
        Order::QueryUser { pin } => t.cmd_user_asked(pin),
        Order::QueryPunches { from, to } => t.cmd_punches(from.date(), to.date()),
        Order::CountPunches { from, to } => t.cmd_count(from.date(), to.date()),
        Order::EnrolFinger { pin, .. } => t.cmd_enrol(pin),
        Order::SendNew => t.cmd_send_new().to_owned(),
        Order::Recheck => t.cmd_recheck().to_owned(),
        Order::Info => TerminalCommand::Report.text(&t).to_owned(),
        Order::ReloadOptions => t.cmd_options().to_owned(),
        Order::Reboot => TerminalCommand::Restart.text(&t).to_owned(),
    }
}
