//! What an upload makes ready before its transactions begin, and what it carries from one to the next.

use std::collections::HashSet;

use domain::ids::RecordId;
use jiff::Timestamp;
use store::{
    Result,
    punch::PunchRow,
    terminal::{self as register, JournalEntry, QuarantinedLine, Terminal, Uploaded},
};
use terminal::{
    batch::{Quarantined, RAW_KEPT, Reason},
    desk::Upload,
    table::attlog::AttLine,
    upload::Content,
};

use super::{
    TerminalDesk,
    punch_row::{Origin, punch_row},
    visit::Visit,
};

/// Open lines set aside that are compared with new ones, so that the same line is not shown twice.
const COMPARED: i64 = 10_000;

/// An upload as it came.
pub(super) struct Whole {
    /// Its entry in the journal, written with the first part.
    pub(super) journal_id: RecordId,
    /// The request.
    pub(super) upload: Upload,
    /// Its punches.
    pub(super) lines: Vec<AttLine>,
}

impl Whole {
    pub(super) fn new(journal_id: RecordId, upload: Upload) -> Self {
        let lines = match &upload.content {
            Content::Punches(batch) => batch.records.clone(),
            Content::Events(batch) => batch.records.iter().filter_map(|event| event.punch()).collect(),
            _ => Vec::new(),
        };
        Self { journal_id, upload, lines }
    }
}

/// What is known of an upload when some of its parts are stored.
#[derive(Default)]
pub(super) struct Progress {
    /// Whether a part is stored.
    pub(super) is_begun: bool,
    /// The contact of the terminal before this upload; known from the first part on.
    pub(super) last_contact: Option<Timestamp>,
    /// Lines whose time lies beyond the calendar.
    pub(super) beyond: Vec<Vec<u8>>,
    /// What was stored so far.
    pub(super) stored: Uploaded,
}

impl Progress {
    /// Counts what a part brought.
    pub(super) fn add(&mut self, part: Uploaded) {
        self.stored.new += part.new;
        self.stored.duplicates += part.duplicates;
        self.stored.quarantined += part.quarantined;
        self.stored.unmapped += part.unmapped;
    }
}

/// A part of an upload made ready for the store.
pub(super) struct Ready {
    /// The terminal as it was when the rows were made.
    terminal: Terminal,
    /// Its rows.
    pub(super) punches: Vec<PunchRow>,
    /// Lines whose time lies beyond the calendar.
    pub(super) beyond: Vec<Vec<u8>>,
}

impl Ready {
    /// Whether the rows would still be the same: nobody has moved the terminal in between.
    pub(super) fn fits(&self, now: &Terminal) -> bool {
        let made_of = |t: &Terminal| (t.terminal_id, t.zone, t.group_id, t.role);
        made_of(&self.terminal) == made_of(now)
    }
}

impl TerminalDesk {
    /// Makes rows of lines. Nothing is stored yet.
    pub(super) fn prepare(&self, terminal: &Terminal, whole: &Whole, part: &[AttLine]) -> Ready {
        let received = whole.upload.sender.received;
        let origin = Origin { terminal, received, journal: Some(whole.journal_id), import: None };
        let mut punches = Vec::with_capacity(part.len());
        let mut beyond = Vec::new();
        for line in part {
            match punch_row(&self.office, origin, line) {
                Some(row) => punches.push(row),
                None => beyond.push(line.to_wire().into_bytes()),
            }
        }
        Ready { terminal: terminal.clone(), punches, beyond }
    }
}

/// The lines of an upload that an officer should look at.
pub(super) fn set_aside(visit: &Visit<'_>, whole: &Whole, beyond: &[Vec<u8>]) -> Vec<QuarantinedLine> {
    let Whole { journal_id, upload, .. } = whole;
    let line = |number: usize, raw: &[u8], reason: Reason| QuarantinedLine {
        journal_id: *journal_id,
        line_no: i64::try_from(number).unwrap_or(i64::MAX),
        terminal_id: visit.terminal.terminal_id,
        raw: raw.iter().copied().take(RAW_KEPT).collect(),
        reason: reason.code().to_owned(),
        recorded_at: visit.now,
    };
    let mut quarantined: Vec<QuarantinedLine> = upload
        .content
        .quarantined()
        .iter()
        .filter(|line| line.reason.needs_attention())
        .map(|Quarantined { number, raw, reason }| line(*number, raw, *reason))
        .collect();
    // Their place in the body is not known here; numbers behind the last line keep them apart.
    let end = upload.content.lines() + quarantined.len();
    quarantined.extend(beyond.iter().enumerate().map(|(n, raw)| line(end + n + 1, raw, Reason::BadTime)));
    quarantined
}

/// Leaves out lines that wait for a decision already, because the terminal sent them before.
pub(super) async fn drop_known(visit: &mut Visit<'_>, lines: &mut Vec<QuarantinedLine>) -> Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    let open = register::quarantined(visit.tx, Some(visit.terminal.terminal_id), COMPARED).await?;
    let known: HashSet<Vec<u8>> = open.into_iter().map(|line| line.raw).collect();
    let mut seen = HashSet::new();
    lines.retain(|line| !known.contains(&line.raw) && seen.insert(line.raw.clone()));
    Ok(())
}

/// The request as it came, for the journal.
pub(super) fn journal(visit: &Visit<'_>, whole: &Whole) -> JournalEntry {
    let Whole { journal_id, upload, .. } = whole;
    let (method, target) = upload.request.split_once(' ').unwrap_or(("POST", &upload.request));
    JournalEntry {
        journal_id: *journal_id,
        serial: visit.terminal.serial.clone(),
        terminal_id: Some(visit.terminal.terminal_id),
        received_at: visit.now,
        peer: upload.sender.peer.to_string(),
        method: method.to_owned(),
        target: target.to_owned(),
        body: upload.journal.clone(),
        outcome: outcome(upload),
    }
}

/// In words that need no translation: `ATTLOG 9812 lines, 3 set aside`.
fn outcome(upload: &Upload) -> String {
    let table = if upload.table.name().is_empty() { "?" } else { upload.table.name() };
    let lines = upload.content.lines();
    match (&upload.content, upload.content.quarantined().len()) {
        (Content::Unparsed(_), _) => format!("{table} {lines} lines, kept as they are"),
        (_, 0) => format!("{table} {lines} lines"),
        (_, set_aside) => format!("{table} {lines} lines, {set_aside} set aside"),
    }
}
