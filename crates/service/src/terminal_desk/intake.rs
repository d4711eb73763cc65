//! An upload: journal, punches, lines set aside, stamp, counts and alerts in one transaction.

use std::collections::HashSet;

use domain::ids::RecordId;
use serde_json::json;
use store::{
    pin_map,
    punch::PunchRow,
    terminal::{self as register, JournalEntry, QuarantinedLine, Uploaded},
};
use terminal::{
    batch::{Quarantined, Reason},
    desk::{Ack, Upload},
    table::{
        attlog::{AttLine, ClockDoubt},
        operlog::OperRecord,
    },
    upload::{Content, Table},
};

use super::{
    Stop, TerminalDesk,
    alert::AlertKind,
    counts::Counts,
    door::Visit,
    drift,
    greet::{describe, is_stamped, keep_options},
    punch_row::{Origin, punch_row},
    two_places, users,
};

/// Bytes of a set-aside line that are shown to people; the journal keeps the whole body.
const RAW_KEPT: usize = 2048;

/// Longest stamp kept, in characters.
const MAX_STAMP: usize = 32;
/// Open lines set aside that are compared with new ones, so that the same line is not shown twice.
const COMPARED: i64 = 10_000;

/// An upload made ready for the store.
struct Ready {
    lines: Vec<AttLine>,
    punches: Vec<PunchRow>,
    quarantined: Vec<QuarantinedLine>,
}

impl TerminalDesk {
    /// Stores an upload. When it returns, everything is durable.
    pub(super) async fn take_in(&self, upload: Upload) -> Result<Ack, Stop> {
        let mut visit = self
            .enter(&upload.sender, |terminal| {
                if let Content::Options(options) = &upload.content {
                    describe(terminal, options);
                }
            })
            .await?;
        let journal_id = self.office.id(RecordId::new);
        let mut ready = self.prepare(&visit, &upload, journal_id);
        drop_known(&mut visit, &mut ready.quarantined).await?;
        pin_map::resolve(&mut visit.tx, &mut ready.punches).await?;
        let compared =
            if ready.punches.len() <= two_places::MAX_PUNCHES { ready.punches.clone() } else { Vec::new() };
        let journal = journal(&visit, &upload, journal_id);
        let stored = register::upload(
            &mut visit.tx,
            register::Upload {
                terminal_id: visit.terminal.terminal_id,
                journal,
                punches: ready.punches,
                quarantined: ready.quarantined,
                stamp: stamp(&upload),
                at: visit.now,
                ip: visit.terminal.last_ip.clone(),
            },
        )
        .await?;
        self.look_at_lines(&mut visit, &upload.content, &ready.lines, &compared, stored).await?;
        self.look_at_records(&mut visit, &upload).await?;
        visit.leave().await?;
        let count = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
        Ok(Ack { added: count(stored.new), duplicates: count(stored.duplicates) })
    }

    /// Makes rows of lines. Nothing is stored yet.
    fn prepare(&self, visit: &Visit, upload: &Upload, journal: RecordId) -> Ready {
        let lines: Vec<AttLine> = match &upload.content {
            Content::Punches(batch) => batch.records.clone(),
            Content::Events(batch) => batch.records.iter().filter_map(|event| event.punch()).collect(),
            _ => Vec::new(),
        };
        let origin =
            Origin { terminal: &visit.terminal, received: visit.now, journal: Some(journal), import: None };
        let mut punches = Vec::with_capacity(lines.len());
        let mut beyond = Vec::new();
        for line in &lines {
            match punch_row(&self.office, origin, line) {
                Some(row) => punches.push(row),
                None => beyond.push(line.to_wire().into_bytes()),
            }
        }
        let set_aside = |number: usize, raw: Vec<u8>, reason: Reason| QuarantinedLine {
            journal_id: journal,
            line_no: i64::try_from(number).unwrap_or(i64::MAX),
            terminal_id: visit.terminal.terminal_id,
            raw: raw.into_iter().take(RAW_KEPT).collect(),
            reason: reason.code().to_owned(),
            recorded_at: visit.now,
        };
        let mut quarantined: Vec<QuarantinedLine> = upload
            .content
            .quarantined()
            .iter()
            .filter(|line| line.reason.needs_attention())
            .map(|Quarantined { number, raw, reason }| set_aside(*number, raw.clone(), *reason))
            .collect();
        // Their place in the body is not known here; numbers behind the last line keep them apart.
        let end = upload.content.lines() + quarantined.len();
        let beyond =
            beyond.into_iter().enumerate().map(|(n, raw)| set_aside(end + n + 1, raw, Reason::BadTime));
        quarantined.extend(beyond);
        Ready { lines, punches, quarantined }
    }

    /// Counts and alerts that follow from punches.
    async fn look_at_lines(
        &self,
        visit: &mut Visit,
        content: &Content,
        lines: &[AttLine],
        punches: &[PunchRow],
        stored: Uploaded,
    ) -> Result<(), Stop> {
        let set_aside = content.quarantined().len();
        // A terminal counts the lines set aside among its punches. An upload of nothing but known punches was here before.
        if !matches!(content, Content::Records(_)) && (stored.new > 0 || stored.duplicates == 0) {
            let mut counts = Counts::of(&visit.terminal);
            let more = stored.new + u64::try_from(set_aside).unwrap_or(0);
            counts.stored = counts.stored.saturating_add(i64::try_from(more).unwrap_or(0));
            counts.keep(&mut visit.terminal);
        }
        let (now, terminal) = (visit.now, visit.terminal.clone());
        if stored.quarantined > 0 {
            let detail = json!({ "lines": stored.quarantined });
            self.raise(&mut visit.tx, Some(&terminal), AlertKind::Quarantine, "", detail, now).await?;
        }
        if stored.new == 0 {
            return Ok(());
        }
        let wrong = |line: &&AttLine| {
            matches!(line.clock_doubt(now, terminal.zone), Some(ClockDoubt::Future | ClockDoubt::Reset))
        };
        if let Some(first) = lines.iter().find(wrong) {
            let number = lines.iter().filter(wrong).count();
            let detail = json!({ "lines": number, "local_time": first.local.to_string() });
            self.raise(&mut visit.tx, Some(&terminal), AlertKind::WrongClock, "", detail, now).await?;
        }
        if let Some(seconds) = drift::measure(lines, &terminal, visit.last_contact, now) {
            (visit.terminal.drift_seconds, visit.terminal.drift_at) = (Some(seconds), Some(now));
            if seconds.abs() > drift::TOLERATED {
                let detail = json!({ "seconds": seconds });
                self.raise(&mut visit.tx, Some(&terminal), AlertKind::Drift, "", detail, now).await?;
            }
        }
        Ok(self.watch_places(&mut visit.tx, &terminal, punches, now).await?)
    }

    /// What follows from everything that is not a punch.
    async fn look_at_records(&self, visit: &mut Visit, upload: &Upload) -> Result<(), Stop> {
        let (now, terminal) = (visit.now, visit.terminal.terminal_id);
        match &upload.content {
            Content::Records(batch) => {
                let found = batch.records.iter().filter_map(|record| match record {
                    OperRecord::User(user) => Some(user),
                    _ => None,
                });
                users::remember(&mut visit.tx, terminal, found, now).await?;
                let done = batch.records.iter().filter_map(|record| match record {
                    OperRecord::Operation(operation) => Some(operation),
                    _ => None,
                });
                self.watch_operations(&mut visit.tx, &visit.terminal, done, now).await?;
            }
            Content::Options(options) => keep_options(&mut visit.terminal, options),
            Content::Unparsed(_) if is_unknown(&upload.table) => {
                let detail = json!({ "table": upload.table.name() });
                self.raise(&mut visit.tx, Some(&visit.terminal), AlertKind::UnknownTable, "", detail, now)
                    .await?;
            }
            _ => {}
        }
        Ok(())
    }
}

/// Leaves out lines that wait for a decision already, because the terminal sent them before.
async fn drop_known(visit: &mut Visit, lines: &mut Vec<QuarantinedLine>) -> Result<(), Stop> {
    if lines.is_empty() {
        return Ok(());
    }
    let open = register::quarantined(&mut visit.tx, Some(visit.terminal.terminal_id), COMPARED).await?;
    let known: HashSet<Vec<u8>> = open.into_iter().map(|line| line.raw).collect();
    let mut seen = HashSet::new();
    lines.retain(|line| !known.contains(&line.raw) && seen.insert(line.raw.clone()));
    Ok(())
}

fn journal(visit: &Visit, upload: &Upload, journal_id: RecordId) -> JournalEntry {
    let (method, target) = upload.request.split_once(' ').unwrap_or(("POST", &upload.request));
    JournalEntry {
        journal_id,
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

fn stamp(upload: &Upload) -> Option<(String, String)> {
    let name = upload.table.name().to_ascii_uppercase();
    let stamp = upload.stamp.as_ref().filter(|_| is_stamped(&name))?;
    Some((name, stamp.chars().take(MAX_STAMP).collect()))
}

/// Tables that no firmware we know sends.
fn is_unknown(table: &Table) -> bool {
    match table {
        Table::Other(name) => !matches!(name.to_ascii_uppercase().as_str(), "ERRORLOG" | "IDCARD"),
        _ => false,
    }
}
