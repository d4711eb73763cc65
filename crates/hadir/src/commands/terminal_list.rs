//! `hadir terminal list`: every terminal with what is wrong with it.

use jiff::Timestamp;
use serde::Serialize;
use service::terminal_admin::{self, TerminalLine};

use crate::{cli::Format, config::Config, output, system};

/// A terminal in the list.
#[derive(Debug, Serialize)]
struct Line {
    serial: String,
    /// `pending`, `approved` or `retired`.
    state: &'static str,
    name: String,
    unit: String,
    zone: &'static str,
    model: String,
    firmware: String,
    ip: String,
    last_seen: Timestamp,
    silent: bool,
    /// Seconds by which its clock is ahead of ours.
    drift_seconds: Option<i64>,
    /// Punches that it holds and that are not here.
    backlog: Option<i64>,
    /// PINs of its group that belong to nobody.
    unmapped_pins: usize,
    open_alerts: usize,
}

impl Line {
    fn of(line: TerminalLine) -> Line {
        let t = line.terminal;
        Line {
            serial: t.serial,
            state: t.state.code(),
            name: t.name,
            unit: line.unit_name,
            zone: t.zone.abbreviation(),
            model: t.model,
            firmware: t.firmware,
            ip: t.last_ip,
            last_seen: t.last_seen,
            silent: line.is_silent,
            drift_seconds: t.drift_seconds,
            backlog: line.backlog,
            unmapped_pins: line.unmapped,
            open_alerts: line.alerts,
        }
    }

    fn cells(&self) -> [String; 11] {
        let number = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
        [
            self.serial.clone(),
            self.state.to_owned(),
            self.name.clone(),
            self.unit.clone(),
            self.ip.clone(),
            self.last_seen.to_string(),
            if self.silent { "silent" } else { "" }.to_owned(),
            number(self.drift_seconds),
            number(self.backlog),
            self.unmapped_pins.to_string(),
            self.open_alerts.to_string(),
        ]
    }
}

/// The headings of text and CSV.
const HEADINGS: [&str; 11] = [
    "serial",
    "state",
    "name",
    "unit",
    "ip",
    "last_seen",
    "silent",
    "drift_seconds",
    "backlog",
    "unmapped_pins",
    "open_alerts",
];

/// Prints the list.
pub async fn run(config: &Config, format: Format) -> anyhow::Result<()> {
    let office = system::open_to_read(config).await?;
    let mut tx = office.db.begin_read(office.tenant).await?;
    let lines: Vec<Line> = terminal_admin::list(&office, &mut tx).await?.into_iter().map(Line::of).collect();
    match format {
        Format::Json => output::json(None, &lines),
        Format::Csv => output::csv(None, &HEADINGS, lines.iter().map(Line::cells)),
        Format::Text if lines.is_empty() => output::line(
            "No terminal has called yet. Enter this server's address and terminal port in its ADMS menu.",
        ),
        Format::Text => {
            let mut rows = vec![HEADINGS.map(str::to_uppercase).to_vec()];
            rows.extend(lines.iter().map(|line| line.cells().to_vec()));
            output::deliver(None, output::columns(&rows).as_bytes())
        }
        Format::Xlsx => Err(output::no_format("terminal list", format, "text, json or csv")),
    }
}
