//! `hadir terminal map`: whose finger a PIN is.

use anyhow::Context;
use serde_json::json;
use service::terminal_admin::{self, NewOwner, Since};

use super::{ACTOR, people};
use crate::{
    cli::{Format, TerminalMapArgs},
    config::Config,
    output, system,
};

/// Gives the PIN to the person; punches that wait for an owner go along.
pub async fn run(config: &Config, args: &TerminalMapArgs, format: Format) -> anyhow::Result<()> {
    let office = system::open_to_write(config).await?;
    let mut tx = office.db.begin_write(office.tenant).await?;
    let terminal = store::terminal::by_serial(&mut tx, args.serial.trim()).await?.with_context(|| {
        format!("no terminal with the serial number {} has called; see `hadir terminal list`", args.serial)
    })?;
    let group = terminal.group_id.with_context(|| {
        let serial = &terminal.serial;
        format!("{serial} is not approved yet; run `hadir terminal approve {serial} --unit CODE` first")
    })?;
    let employee = people::by_number(&mut tx, &args.nip).await?;
    let since = args.since.map_or(Since::Beginning, Since::Day);
    let new = NewOwner { group, pin: args.pin.clone(), employee, since };
    let mapped = terminal_admin::map_pin(&office, &mut tx, new, ACTOR).await?;
    tx.commit().await?;
    match format {
        Format::Json => output::json(
            None,
            &json!({ "serial": terminal.serial, "pin": args.pin, "employee": employee, "punches": mapped.punches }),
        ),
        Format::Text if mapped.owners == 0 => output::line(&format!("PIN {} is theirs already.", args.pin)),
        Format::Text => {
            output::line(&format!("PIN {} is theirs now; {} punches went along.", args.pin, mapped.punches))
        }
        _ => Err(output::no_format("terminal map", format, "text or json")),
    }
}
