//! `hadir schedule`: who follows which schedule since when.

use anyhow::Context;
use serde_json::json;
use service::{
    reference,
    work_schedule::{self, Assignment, Whose},
};

use super::{ACTOR, people};
use crate::{
    cli::{Format, ScheduleAssignArgs, ScheduleCommand, ScheduleGroupArgs},
    config::Config,
    output, system,
};

const HEADINGS: [&str; 5] = ["unit", "name", "schedule", "since", "from_unit"];

/// Carries one of the commands out.
pub async fn run(config: &Config, command: &ScheduleCommand, format: Format) -> anyhow::Result<()> {
    match command {
        ScheduleCommand::List => list(config, format).await,
        ScheduleCommand::Assign(args) => assign(config, args, format).await,
        ScheduleCommand::Group(args) => group(config, args, format).await,
    }
}

async fn list(config: &Config, format: Format) -> anyhow::Result<()> {
    let office = system::open_to_read(config).await?;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let reference = reference::current(&office, &mut tx).await?;
    let units = &reference.units;
    let today = units.home_zone().local(office.now()).date();
    let rows: Vec<[String; 5]> = units
        .iter()
        .map(|unit| {
            let followed = work_schedule::followed(&reference, unit.unit_id, today);
            let above = followed.as_ref().and_then(|f| units.get(f.from_unit)).map(|u| u.code.clone());
            let (code, since) = followed.map(|f| (f.code, f.since.to_string())).unwrap_or_default();
            [unit.code.clone(), unit.name.clone(), code, since, above.unwrap_or_default()]
        })
        .collect();
    match format {
        Format::Json => {
            let line = |[unit, name, schedule, since, from_unit]: &[String; 5]| json!({ "unit": unit, "name": name, "schedule": schedule, "since": since, "from_unit": from_unit });
            output::json(None, &rows.iter().map(line).collect::<Vec<_>>())
        }
        Format::Csv => output::csv(None, &HEADINGS, rows),
        Format::Text => {
            let head = std::iter::once(HEADINGS.map(str::to_uppercase).to_vec());
            let rows: Vec<Vec<String>> = head.chain(rows.into_iter().map(|r| r.to_vec())).collect();
            output::deliver(None, output::columns(&rows).as_bytes())
        }
        Format::Xlsx => Err(output::no_format("schedule list", format, "text, json or csv")),
    }
}

async fn assign(config: &Config, args: &ScheduleAssignArgs, format: Format) -> anyhow::Result<()> {
    let office = system::open_to_write(config).await?;
    let mut tx = office.db.begin_write(office.tenant).await?;
    let whose = match (&args.unit, &args.person) {
        (Some(code), _) => {
            let reference = reference::current(&office, &mut tx).await?;
            let unit = reference.units.by_code(code);
            Whose::Unit(unit.with_context(|| format!("there is no unit with the code '{code}'"))?.unit_id)
        }
        (None, number) => {
            Whose::Person(people::by_number(&mut tx, number.as_deref().unwrap_or_default()).await?)
        }
    };
    let code = Some(args.schedule.clone()).filter(|code| code != "unit");
    let new = Assignment { whose, code, from: args.from, reason: args.reason.clone() };
    work_schedule::assign(&office, &mut tx, new, ACTOR).await?;
    tx.commit().await?;
    match format {
        Format::Json => output::json(None, &json!({ "schedule": args.schedule, "from": args.from })),
        Format::Text => output::line(&format!("{} holds from {} on.", args.schedule, args.from)),
        _ => Err(output::no_format("schedule assign", format, "text or json")),
    }
}

async fn group(config: &Config, args: &ScheduleGroupArgs, format: Format) -> anyhow::Result<()> {
    let office = system::open_to_write(config).await?;
    let mut tx = office.db.begin_write(office.tenant).await?;
    let person = people::by_number(&mut tx, &args.person).await?;
    // People count groups from one, the cycle from zero.
    let fact = (person, args.group - 1, args.from);
    work_schedule::set_group(&office, &mut tx, fact, &args.reason, ACTOR).await?;
    tx.commit().await?;
    match format {
        Format::Json => {
            output::json(None, &json!({ "employee": person, "group": args.group, "from": args.from }))
        }
        Format::Text => output::line(&format!("Group {} holds from {} on.", args.group, args.from)),
        _ => Err(output::no_format("schedule group", format, "text or json")),
    }
}
