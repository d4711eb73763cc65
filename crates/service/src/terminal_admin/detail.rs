//! One terminal with everything about it.

use domain::lang::Lang;
use store::{
    Tx, punch,
    terminal::{self as register, Alert, Command, Group, JournalHead, QuarantinedLine},
};
use terminal::{batch::Reason, command::Order};

use super::{
    find::by_serial,
    list::{Around, TerminalLine},
    unmapped::{UnmappedPin, unmapped_pins},
};
use crate::{Office, ServiceError, reference, terminal_desk::alert::AlertKind};

/// Uploads, commands and lines shown.
const SHOWN: i64 = 50;

/// A terminal with everything about it.
#[derive(Debug, Clone, PartialEq)]
pub struct TerminalDetail {
    /// The terminal as in the list.
    pub line: TerminalLine,
    /// Group whose PINs it uses.
    pub group: Option<Group>,
    /// Punches received from it today, by its own calendar.
    pub today: i64,
    /// Its last uploads, newest first.
    pub uploads: Vec<JournalHead>,
    /// Lines set aside that wait for a decision.
    pub quarantine: Vec<LineView>,
    /// Its last commands, newest first.
    pub commands: Vec<CommandView>,
    /// Its open alerts.
    pub alerts: Vec<AlertView>,
    /// PINs of its group without owner, the busiest first.
    pub unmapped: Vec<UnmappedPin>,
}

/// A line set aside.
#[derive(Debug, Clone, PartialEq)]
pub struct LineView {
    /// The line.
    pub line: QuarantinedLine,
}

impl LineView {
    /// The line with control characters made visible, decoded as well as possible.
    pub fn text(&self) -> String {
        let decoded = terminal::text::decode(&self.line.raw);
        decoded
            .chars()
            .map(|c| {
                if c == '\t' {
                    '→'
                } else if c.is_control() {
                    '·'
                } else {
                    c
                }
            })
            .collect()
    }

    /// Why it was set aside.
    pub fn reason(&self, lang: Lang) -> String {
        REASONS
            .into_iter()
            .find(|reason| reason.code() == self.line.reason)
            .map_or_else(|| self.line.reason.clone(), |reason| reason.text(lang).to_owned())
    }
}

const REASONS: [Reason; 7] = [
    Reason::TooFewFields,
    Reason::BadPin,
    Reason::Nobody,
    Reason::BadTime,
    Reason::UnknownRecord,
    Reason::BadNumber,
    Reason::TooLong,
];

/// A command.
#[derive(Debug, Clone, PartialEq)]
pub struct CommandView {
    /// As stored.
    pub command: Command,
    /// What it asks; `None` if this version cannot read it.
    pub order: Option<Order>,
}

/// An open alert.
#[derive(Debug, Clone, PartialEq)]
pub struct AlertView {
    /// As stored.
    pub alert: Alert,
}

impl AlertView {
    /// What happened and what to do.
    pub fn sentence(&self, lang: Lang) -> String {
        AlertKind::parse(&self.alert.kind)
            .map_or_else(|| self.alert.kind.clone(), |kind| kind.sentence(&self.alert.detail, lang))
    }

    /// Whether it should be looked at today.
    pub fn is_urgent(&self) -> bool {
        AlertKind::parse(&self.alert.kind).is_none_or(AlertKind::is_serious)
    }
}

/// Everything about a terminal.
///
/// # Errors
/// [`crate::Fault::NotFound`] for a serial number that was never seen.
pub async fn detail(office: &Office, tx: &mut Tx, serial: &str) -> Result<TerminalDetail, ServiceError> {
    let reference = reference::current(office, tx).await?;
    let terminal = by_serial(tx, serial).await?;
    let (id, zone, now) = (terminal.terminal_id, terminal.zone, office.now());
    let group = match terminal.group_id {
        Some(group) => register::groups(tx).await?.into_iter().find(|g| g.group_id == group),
        None => None,
    };
    let midnight = zone.instant(zone.local(now).date().at(0, 0, 0, 0)).unwrap_or(now);
    let latest = punch::latest(tx, midnight).await?;
    let today = latest.into_iter().find(|l| l.terminal_id == id).map_or(0, |l| l.punches);
    let uploads = register::journal_of(tx, id, SHOWN).await?;
    let quarantine = register::quarantined(tx, Some(id), SHOWN).await?;
    let commands = register::recent_commands(tx, id, SHOWN).await?;
    let around = Around::read(tx).await?;
    let alerts = around.open.iter().filter(|alert| alert.terminal_id == Some(id)).cloned();
    let alerts = alerts.map(|alert| AlertView { alert }).collect();
    let unmapped = match &group {
        Some(group) => unmapped_pins(office, tx, group.group_id, terminal.unit_id).await?,
        None => Vec::new(),
    };
    let view = |command: Command| CommandView { order: serde_json::from_str(&command.body).ok(), command };
    Ok(TerminalDetail {
        line: around.line(terminal, &reference.units, now),
        group,
        today,
        uploads,
        quarantine: quarantine.into_iter().map(|line| LineView { line }).collect(),
        commands: commands.into_iter().map(view).collect(),
        alerts,
        unmapped,
    })
}
