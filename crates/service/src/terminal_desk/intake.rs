//! An upload: journal, punches, lines set aside, stamp, counts and alerts.
//!
//! A long upload is stored in parts, each made ready outside of its transaction, so that other terminals get their turn
//! in between. The terminal hears `OK` only after the last one. When something breaks before, it sends everything again,
//! and what is stored already is found by its key.

use serde_json::json;
use store::{
    pin_map,
    punch::PunchRow,
    terminal::{self as register, Terminal},
};
use terminal::{
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
    ready::{Ready, Whole, drop_known, journal, set_aside},
    two_places, users,
};

/// Punches of one transaction: enough to hide the cost of a commit, few enough that nobody waits long.
const PART: usize = 2000;
/// Longest stamp kept, in characters.
const MAX_STAMP: usize = 32;

impl TerminalDesk {
    /// Stores an upload. When it returns, everything is durable.
    pub(super) async fn take_in(&self, upload: Upload) -> Result<Ack, Stop> {
        let mut whole = Whole::new(self.office.id(domain::ids::RecordId::new), &upload);
        let lines = std::mem::take(&mut whole.lines);
        let mut parts: Vec<&[AttLine]> = lines.chunks(PART).collect();
        let last = parts.pop().unwrap_or_default();
        let mut terminal = self.peek(&upload).await?;
        for part in parts {
            let ready = terminal.as_ref().map(|terminal| self.prepare(terminal, &whole, part));
            terminal = Some(self.store_part(&upload, &mut whole, part, ready).await?);
        }
        let ready = terminal.as_ref().map(|terminal| self.prepare(terminal, &whole, last));
        self.store_last(&upload, whole, &lines, last, ready).await
    }

    /// The terminal as it is now, to make the first part ready with.
    async fn peek(&self, upload: &Upload) -> Result<Option<Terminal>, Stop> {
        let mut tx = self.office.db.begin_read(self.office.tenant).await?;
        Ok(register::by_serial(&mut tx, upload.sender.serial.as_str()).await?)
    }

    /// Lets the terminal in and gives the rows of a part: those made ready, unless the terminal was changed meanwhile.
    async fn open_part(
        &self,
        upload: &Upload,
        whole: &mut Whole,
        part: &[AttLine],
        ready: Option<Ready>,
    ) -> Result<(Visit, Vec<PunchRow>), Stop> {
        let visit = self
            .enter(&upload.sender, |terminal| {
                if let Content::Options(options) = &upload.content {
                    describe(terminal, options);
                }
            })
            .await?;
        let ready = match ready {
            Some(ready) if ready.fits(&visit.terminal) => ready,
            _ => self.prepare(&visit.terminal, whole, part),
        };
        whole.last_contact.get_or_insert(visit.last_contact);
        whole.beyond.extend(ready.beyond);
        Ok((visit, ready.punches))
    }

    /// Stores a part that is not the last one.
    async fn store_part(
        &self,
        upload: &Upload,
        whole: &mut Whole,
        part: &[AttLine],
        ready: Option<Ready>,
    ) -> Result<Terminal, Stop> {
        let (mut visit, punches) = self.open_part(upload, whole, part, ready).await?;
        let journal = (!whole.is_begun).then(|| journal(&visit, upload, whole.journal_id));
        let mut batch = register::Upload {
            terminal_id: visit.terminal.terminal_id,
            journal,
            punches,
            quarantined: Vec::new(),
            stamp: None,
            at: visit.now,
            ip: visit.terminal.last_ip.clone(),
        };
        let stored = register::upload(&mut visit.tx, &mut batch).await?;
        count(&mut visit.terminal, stored.new);
        let terminal = visit.terminal.clone();
        visit.leave().await?;
        whole.is_begun = true;
        whole.add(stored);
        Ok(terminal)
    }

    /// Stores the last part, often the only one, and what follows from the upload as a whole.
    async fn store_last(
        &self,
        upload: &Upload,
        mut whole: Whole,
        lines: &[AttLine],
        part: &[AttLine],
        ready: Option<Ready>,
    ) -> Result<Ack, Stop> {
        let (mut visit, mut punches) = self.open_part(upload, &mut whole, part, ready).await?;
        let mut quarantined = set_aside(&visit, upload, &mut whole);
        drop_known(&mut visit, &mut quarantined).await?;
        pin_map::resolve(&mut visit.tx, &mut punches).await?;
        let journal = (!whole.is_begun).then(|| journal(&visit, upload, whole.journal_id));
        let mut batch = register::Upload {
            terminal_id: visit.terminal.terminal_id,
            journal,
            punches,
            quarantined,
            stamp: stamp(upload),
            at: visit.now,
            ip: visit.terminal.last_ip.clone(),
        };
        let stored = register::upload(&mut visit.tx, &mut batch).await?;
        count(&mut visit.terminal, stored.new);
        whole.add(stored);
        let compared: &[PunchRow] = if lines.len() <= two_places::MAX_PUNCHES { &batch.punches } else { &[] };
        self.look_at_lines(&mut visit, &upload.content, lines, compared, &whole).await?;
        self.look_at_records(&mut visit, upload).await?;
        visit.leave().await?;
        let count = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
        Ok(Ack { added: count(whole.stored.new), duplicates: count(whole.stored.duplicates) })
    }

    /// Counts and alerts that follow from punches.
    async fn look_at_lines(
        &self,
        visit: &mut Visit,
        content: &Content,
        lines: &[AttLine],
        punches: &[PunchRow],
        whole: &Whole,
    ) -> Result<(), Stop> {
        let stored = whole.stored;
        // A terminal counts the lines set aside among its punches. An upload of nothing but known punches was here before.
        if !matches!(content, Content::Records(_)) && (stored.new > 0 || stored.duplicates == 0) {
            count(&mut visit.terminal, u64::try_from(content.quarantined().len()).unwrap_or(0));
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
        if let Some(seconds) = drift::measure(lines, &terminal, whole.last_contact.unwrap_or(now), now) {
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

/// Adds to the lines of the terminal that are stored here.
fn count(terminal: &mut Terminal, more: u64) {
    let mut counts = Counts::of(terminal);
    counts.stored = counts.stored.saturating_add(i64::try_from(more).unwrap_or(0));
    counts.keep(terminal);
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
