//! `hadir device add` and `revoke`: devices that send punches as JSON.

use anyhow::Context;
use serde_json::json;
use service::{
    api_device::{self, Place},
    reference, terminal_admin,
};

use super::{ACTOR, pin_group};
use crate::{
    cli::{DeviceAddArgs, DeviceCommand, Format},
    config::Config,
    output, system,
};

/// Makes a device or takes one out of service.
pub async fn run(config: &Config, command: &DeviceCommand, format: Format) -> anyhow::Result<()> {
    match command {
        DeviceCommand::Add(args) => add(config, args, format).await,
        DeviceCommand::Revoke { serial } => revoke(config, serial, format).await,
    }
}

async fn add(config: &Config, args: &DeviceAddArgs, format: Format) -> anyhow::Result<()> {
    let office = system::open_to_write(config).await?;
    let mut tx = office.db.begin_write(office.tenant).await?;
    let reference = reference::current(&office, &mut tx).await?;
    let unit = reference.units.by_code(&args.opd);
    let unit = unit.with_context(|| format!("there is no unit with the code '{}'", args.opd))?;
    let group = match &args.group {
        None => None,
        Some(code) => Some(pin_group::by_code(&mut tx, code).await?.group_id),
    };
    let place = Place { unit: unit.unit_id, name: &args.name, group };
    let made = api_device::add(&office, &mut tx, place, ACTOR).await?;
    let pins = pin_group::known(&mut tx, made.terminal.group_id).await?;
    tx.commit().await?;
    let (serial, name, token) = (&made.terminal.serial, &made.terminal.name, &made.token);
    match format {
        Format::Json => {
            let group = json!({ "code": pins.code, "pins": pins.count });
            output::json(
                None,
                &json!({ "serial": serial, "name": name, "unit": unit.code, "token": token, "group": group }),
            )
        }
        Format::Text => output::line(&format!(
            "{serial} ({name}) may send punches of {}.\n\n  {token}\n\nThis token is not shown again. Revoke it with: hadir device revoke {serial}\n{}",
            unit.name,
            pins.sentence()
        )),
        _ => Err(output::no_format("device add", format, "text or json")),
    }
}

async fn revoke(config: &Config, serial: &str, format: Format) -> anyhow::Result<()> {
    anyhow::ensure!(
        serial.starts_with(api_device::MARK),
        "'{serial}' is no device with a token; those begin with {} in `hadir terminal list`",
        api_device::MARK
    );
    let office = system::open_to_write(config).await?;
    let mut tx = office.db.begin_write(office.tenant).await?;
    let known = store::terminal::by_serial(&mut tx, serial).await?;
    anyhow::ensure!(
        known.is_some(),
        "there is no device '{serial}'; `hadir terminal list` shows those that there are"
    );
    let terminal = terminal_admin::retire(&office, &mut tx, serial, "", ACTOR).await?;
    tx.commit().await?;
    match format {
        Format::Json => {
            output::json(None, &json!({ "serial": terminal.serial, "state": terminal.state.code() }))
        }
        Format::Text => output::line(&format!(
            "{} ({}) is out of service; its token counts for one second more at most.",
            terminal.serial, terminal.name
        )),
        _ => Err(output::no_format("device revoke", format, "text or json")),
    }
}
