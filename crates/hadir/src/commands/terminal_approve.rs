//! `hadir terminal approve`: takes a terminal into service, or changes its settings.

use anyhow::Context;
use serde_json::json;
use service::{
    reference,
    terminal_admin::{self, Approval},
};

use super::{ACTOR, pin_group};
use crate::{
    cli::{Format, TerminalApproveArgs},
    config::Config,
    output, system,
};

/// Approves the terminal.
pub async fn run(config: &Config, args: &TerminalApproveArgs, format: Format) -> anyhow::Result<()> {
    let office = system::open_to_write(config).await?;
    let mut tx = office.db.begin_write(office.tenant).await?;
    let reference = reference::current(&office, &mut tx).await?;
    let unit = reference.units.by_code(&args.unit).with_context(|| {
        format!(
            "there is no unit with the code '{}'; the page Cakupan lists the codes of the OPDs",
            args.unit
        )
    })?;
    let group = match &args.group {
        None => None,
        Some(code) => Some(pin_group::by_code(&mut tx, code).await?.group_id),
    };
    let approval = Approval {
        name: args.name.clone().unwrap_or_default(),
        zone: args.zone,
        group,
        allowed_cidr: args.networks.clone(),
        ..Approval::at(unit.unit_id)
    };
    let terminal = terminal_admin::approve(&office, &mut tx, &args.serial, approval, ACTOR).await?;
    tx.commit().await?;
    match format {
        Format::Json => output::json(
            None,
            &json!({
                "serial": terminal.serial, "state": terminal.state.code(), "name": terminal.name,
                "unit": unit.code, "zone": terminal.zone,
            }),
        ),
        Format::Text => output::line(&format!(
            "{} ({}) is in service at {}, {}. It hands over what it kept with its next upload.",
            terminal.serial,
            terminal.name,
            unit.name,
            terminal.zone.abbreviation()
        )),
        _ => Err(output::no_format("terminal approve", format, "text or json")),
    }
}
