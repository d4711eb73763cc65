//! `hadir calendar`: the holidays of a year, and what is added to or taken from them.

use anyhow::Context;
use domain::{calendar::HolidayKind, ids::RecordId};
use serde::Serialize;
use serde_json::json;
use service::{
    calendar_admin::{self, NewDay, NewPeriod, Place},
    reference::{self, Units},
};
use store::calendar::DayRule;

use super::ACTOR;
use crate::{
    cli::{
        CalendarAddArgs, CalendarCommand, CalendarKind, CalendarListArgs, CalendarRamadanArgs,
        CalendarRevokeArgs, Format,
    },
    config::Config,
    output, system,
};

/// A line of the list: a day or the days of Ramadan.
#[derive(Debug, Serialize)]
struct Line {
    first: String,
    last: String,
    /// `libur`, `cuti_bersama`, `masuk` or `ramadan`.
    kind: String,
    name: String,
    /// `national`, `province`, `regency` or `unit:CODE`.
    place: String,
    basis: String,
    /// Number of the entry; `null` for what ships with the program.
    entry: Option<String>,
}

const HEADINGS: [&str; 7] = ["first", "last", "kind", "name", "place", "basis", "entry"];

impl Line {
    fn cells(self) -> [String; 7] {
        [self.first, self.last, self.kind, self.name, self.place, self.basis, self.entry.unwrap_or_default()]
    }
}

/// Carries one of the commands out.
pub async fn run(config: &Config, command: &CalendarCommand, format: Format) -> anyhow::Result<()> {
    match command {
        CalendarCommand::List(args) => list(config, args, format).await,
        CalendarCommand::Add(args) => add(config, args, format).await,
        CalendarCommand::Ramadan(args) => ramadan(config, args, format).await,
        CalendarCommand::Revoke(args) => revoke(config, args, format).await,
    }
}

async fn list(config: &Config, args: &CalendarListArgs, format: Format) -> anyhow::Result<()> {
    let office = system::open_to_read(config).await?;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let reference = reference::current(&office, &mut tx).await?;
    let units = &reference.units;
    let unit = match &args.unit {
        None => None,
        Some(code) => {
            let found = units.by_code(code);
            Some(found.with_context(|| format!("there is no unit with the code '{code}'"))?.unit_id)
        }
    };
    let view = calendar_admin::year(&office, &mut tx, args.year, unit).await?;
    let days = view.days.iter().map(|d| Line {
        first: d.day.to_string(),
        last: d.day.to_string(),
        kind: d.kind().to_owned(),
        name: d.name.clone(),
        place: d.place.code(units),
        basis: d.basis.clone(),
        entry: d.id.map(|id| id.to_string()),
    });
    let periods = view.periods.iter().map(|p| Line {
        first: p.first_day.to_string(),
        last: p.last_day.to_string(),
        kind: p.kind.clone(),
        name: p.name.clone(),
        place: Place::of(p.layer, p.unit_id).code(units),
        basis: p.source.clone(),
        entry: Some(p.period_id.to_string()),
    });
    let lines: Vec<Line> = days.chain(periods).collect();
    match format {
        Format::Json => output::json(None, &lines),
        Format::Csv => output::csv(None, &HEADINGS, lines.into_iter().map(Line::cells)),
        Format::Text => {
            let mut rows = vec![HEADINGS.map(str::to_uppercase).to_vec()];
            rows.extend(lines.into_iter().map(|line| line.cells().to_vec()));
            output::deliver(None, output::columns(&rows).as_bytes())?;
            if !view.ships {
                output::line(&format!("The national holidays of {} do not ship yet.", args.year))?;
            }
            Ok(())
        }
        Format::Xlsx => Err(output::no_format("calendar list", format, "text, json or csv")),
    }
}

async fn add(config: &Config, args: &CalendarAddArgs, format: Format) -> anyhow::Result<()> {
    let office = system::open_to_write(config).await?;
    let mut tx = office.db.begin_write(office.tenant).await?;
    let reference = reference::current(&office, &mut tx).await?;
    let new = NewDay {
        place: place(&args.why.place, &reference.units)?,
        day: args.day,
        rule: match args.kind {
            CalendarKind::Libur => DayRule::Free(HolidayKind::Libur),
            CalendarKind::CutiBersama => DayRule::Free(HolidayKind::CutiBersama),
            CalendarKind::Masuk => DayRule::Withdrawn,
        },
        name: args.name.clone(),
        basis: args.why.basis.clone(),
        reason: args.why.reason.clone(),
    };
    let added = calendar_admin::add_day(&office, &mut tx, new, ACTOR).await?;
    tx.commit().await?;
    match format {
        Format::Json => output::json(None, &json!({ "entry": added.id, "locked_opds": added.locked })),
        Format::Text if added.locked > 0 => output::line(&format!(
            "Added as {}. {} OPDs have locked that month; their sheets stay as they are.",
            added.id, added.locked
        )),
        Format::Text => output::line(&format!("Added as {}.", added.id)),
        _ => Err(output::no_format("calendar add", format, "text or json")),
    }
}

async fn ramadan(config: &Config, args: &CalendarRamadanArgs, format: Format) -> anyhow::Result<()> {
    let office = system::open_to_write(config).await?;
    let mut tx = office.db.begin_write(office.tenant).await?;
    let reference = reference::current(&office, &mut tx).await?;
    let new = NewPeriod {
        place: place(&args.why.place, &reference.units)?,
        first: args.from,
        last: args.until,
        basis: args.why.basis.clone(),
        reason: args.why.reason.clone(),
    };
    let id = calendar_admin::add_period(&office, &mut tx, new, ACTOR).await?;
    tx.commit().await?;
    match format {
        Format::Json => output::json(None, &json!({ "entry": id })),
        Format::Text => output::line(&format!("Added as {id}.")),
        _ => Err(output::no_format("calendar ramadan", format, "text or json")),
    }
}

async fn revoke(config: &Config, args: &CalendarRevokeArgs, format: Format) -> anyhow::Result<()> {
    let office = system::open_to_write(config).await?;
    let id = RecordId::parse(&args.entry).with_context(|| {
        format!("'{}' is not the number of an entry; see `hadir calendar list`", args.entry)
    })?;
    let mut tx = office.db.begin_write(office.tenant).await?;
    let entry = calendar_admin::revoke(&office, &mut tx, id, &args.reason, ACTOR).await?;
    tx.commit().await?;
    let (first, last) = entry.days();
    match format {
        Format::Json => {
            output::json(None, &json!({ "entry": id, "first": first, "last": last, "name": entry.name() }))
        }
        Format::Text => output::line(&format!("Revoked: {} ({first}).", entry.name())),
        _ => Err(output::no_format("calendar revoke", format, "text or json")),
    }
}

fn place(code: &str, units: &Units) -> anyhow::Result<Place> {
    Place::parse(code, units).with_context(|| {
        format!(
            "'{code}' is not a place; write national, province, regency or unit:CODE with a code that exists"
        )
    })
}
