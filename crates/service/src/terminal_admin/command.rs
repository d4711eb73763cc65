//! Commands for terminals. Only these few: nothing here can erase a terminal or run a program on it.

use jiff::civil::Date;
use serde_json::{Value, json};
use store::{
    Tx, employee, pin_map,
    terminal::{self as register, CommandState, Terminal, TerminalState},
};
use terminal::{
    command::{CommandId, Dialect, Order, UserOrder},
    pin::Pin,
};

use super::find::locked;
use crate::{Office, ServiceError, audit, terminal_desk::dialect_of};

/// What an operator may ask of a terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SafeCommand {
    /// Handshake again; this also sets its clock and zone.
    Check,
    /// Upload new punches now.
    SendNew,
    /// Upload everything in its memory again. What is here already adds nothing.
    ResendAll,
    /// Tell versions and counts.
    Info,
    /// Tell how many punches it holds of a span of days.
    Count {
        /// First day.
        first: Date,
        /// Last day.
        last: Date,
    },
    /// Write the name of the owner of a PIN to the terminal.
    UpdateUser {
        /// The PIN.
        pin: String,
    },
    /// Restart.
    Reboot,
}

/// Queues a command; the terminal fetches it with its next poll. The same command waiting already is not queued twice. Gives
/// the id of the command.
///
/// # Errors
/// [`crate::Fault::Conflict`] for a terminal that is not in service, [`crate::Fault::Invalid`] for a command it does not
/// know, a PIN that nobody owns, or days in the wrong order.
pub async fn queue(
    office: &Office,
    tx: &mut Tx,
    serial: &str,
    command: SafeCommand,
    actor: &str,
) -> Result<String, ServiceError> {
    let terminal = locked(tx, serial).await?;
    if terminal.state != TerminalState::Approved {
        return Err(ServiceError::conflict(
            "Mesin ini tidak aktif. Setujui dahulu sebelum mengirim perintah.",
            "This terminal is not in service. Approve it before sending commands.",
        ));
    }
    let everything = command == SafeCommand::ResendAll;
    let order = order(office, tx, &terminal, command).await?;
    if order.text(dialect_of(&terminal)).is_none() {
        return Err(ServiceError::invalid(
            "Mesin jenis kendali akses tidak mengenal perintah ini.",
            "A terminal of the access-control kind does not know this command.",
        ));
    }
    if everything {
        if dialect_of(&terminal) == Dialect::Access {
            return Err(ServiceError::invalid(
                "Mesin jenis kendali akses tidak dapat diminta mengirim ulang.",
                "A terminal of the access-control kind cannot be asked to send again.",
            ));
        }
        for table in ["ATTLOG", "OPERLOG"] {
            register::set_stamp(tx, terminal.terminal_id, table, "0").await?;
        }
    }
    let body = serde_json::to_string(&order).map_err(ServiceError::internal)?;
    let now = office.now();
    let waiting = register::pending(tx, terminal.terminal_id, now..=now, 1000).await?;
    if let Some(same) = waiting.iter().find(|c| c.body == body && c.state == CommandState::Pending) {
        return Ok(same.command_id.clone());
    }
    let id = CommandId::from_number(u64::from_be_bytes(office.random())).to_string();
    let row = register::Command {
        command_id: id.clone(),
        terminal_id: terminal.terminal_id,
        body,
        state: CommandState::Pending,
        queued_at: now,
        queued_by: actor.to_owned(),
        sent_at: None,
        done_at: None,
        return_code: None,
        result: None,
    };
    register::queue(tx, &row).await?;
    let detail = json!({
        "serial": terminal.serial, "command": id, "order": nameless(&order)?, "everything": everything
    });
    let about = audit::Subject::new("terminal", terminal.terminal_id);
    audit::write(office, tx, actor, audit::Action::CommandTerminal, about, detail).await?;
    Ok(id)
}

/// The order without the name of a person: the log keeps deeds for ever, and the PIN says whose it was as long as anybody may
/// know.
fn nameless(order: &Order) -> Result<Value, ServiceError> {
    let mut said = serde_json::to_value(order).map_err(ServiceError::internal)?;
    if let Some(fields) = said.as_object_mut() {
        fields.remove("name");
    }
    Ok(said)
}

async fn order(
    office: &Office,
    tx: &mut Tx,
    terminal: &Terminal,
    command: SafeCommand,
) -> Result<Order, ServiceError> {
    Ok(match command {
        SafeCommand::Check | SafeCommand::ResendAll => Order::Recheck,
        SafeCommand::SendNew => Order::SendNew,
        SafeCommand::Info => Order::Info,
        SafeCommand::Reboot => Order::Reboot,
        SafeCommand::Count { first, last } if first <= last => {
            Order::CountPunches { from: first.at(0, 0, 0, 0), to: last.at(23, 59, 59, 0) }
        }
        SafeCommand::Count { .. } => {
            return Err(ServiceError::invalid(
                "Tanggal akhir lebih awal daripada tanggal mulai.",
                "The last day lies before the first.",
            ));
        }
        SafeCommand::UpdateUser { pin } => {
            let pin = Pin::parse(&pin).map_err(|_| nobody(&pin))?;
            let group = terminal.group_id.ok_or_else(|| nobody(pin.as_str()))?;
            let today = terminal.zone.local(office.now()).date();
            let owners = pin_map::of_pins(tx, group, &[pin.to_string()]).await?;
            let owner = pin_map::owner_on(&owners, today).ok_or_else(|| nobody(pin.as_str()))?;
            let name = employee::get(tx, owner).await?.employee.name;
            Order::UpdateUser(UserOrder { pin, name, privilege: 0, card: String::new() })
        }
    })
}

fn nobody(pin: &str) -> ServiceError {
    ServiceError::invalid(
        format!("PIN {pin} belum dipetakan ke pegawai. Petakan dahulu."),
        format!("PIN {pin} belongs to nobody. Map it first."),
    )
}
