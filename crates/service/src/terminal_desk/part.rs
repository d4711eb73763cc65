//! One part of an upload, as work of the writer: journal, punches, lines set aside and stamp.

use std::{ops::Range, sync::Arc};

use async_trait::async_trait;
use store::{
    Result,
    punch::PunchRow,
    terminal::{self as register, Terminal},
};
use terminal::{
    desk::{Ack, Sender, Upload},
    upload::Content,
};

use super::{
    TerminalDesk,
    counts::Counts,
    greet::{describe, is_stamped},
    ready::{Progress, Ready, Whole, drop_known, journal, set_aside},
    two_places,
    visit::{Errand, Visit},
};

/// Longest stamp kept, in characters.
const MAX_STAMP: usize = 32;

/// A part that is not the last one.
pub(super) struct Part {
    pub(super) whole: Arc<Whole>,
    /// Its lines among those of the whole.
    pub(super) lines: Range<usize>,
    /// Its rows, unless the terminal was unknown when they should have been made.
    pub(super) ready: Option<Ready>,
    /// What was stored before it.
    pub(super) progress: Progress,
}

/// The last part, often the only one, and what follows from the upload as a whole.
pub(super) struct LastPart(pub(super) Part);

#[async_trait]
impl Errand for Part {
    /// The terminal as it is now, to make the next part ready with.
    type Answer = (Terminal, Progress);

    fn sender(&self) -> &Sender {
        &self.whole.upload.sender
    }

    fn rows(&self) -> usize {
        self.lines.len() + 1
    }

    fn remember(&self, waiting: &mut Terminal) {
        if let Content::Options(options) = &self.whole.upload.content {
            describe(waiting, options);
        }
    }

    async fn serve(mut self, desk: &TerminalDesk, visit: &mut Visit<'_>) -> Result<Self::Answer> {
        let punches = self.open(desk, visit);
        self.store(visit, punches, false).await?;
        Ok((visit.terminal.clone(), self.progress))
    }
}

#[async_trait]
impl Errand for LastPart {
    type Answer = Ack;

    fn sender(&self) -> &Sender {
        self.0.sender()
    }

    fn rows(&self) -> usize {
        self.0.rows()
    }

    fn remember(&self, waiting: &mut Terminal) {
        self.0.remember(waiting);
    }

    async fn serve(self, desk: &TerminalDesk, visit: &mut Visit<'_>) -> Result<Ack> {
        let Self(mut part) = self;
        let punches = part.open(desk, visit);
        let punches = part.store(visit, punches, true).await?;
        let Part { whole, progress, .. } = part;
        let compared: &[PunchRow] = if whole.lines.len() <= two_places::MAX_PUNCHES { &punches } else { &[] };
        desk.look_at_lines(visit, &whole, compared, &progress).await?;
        desk.look_at_records(visit, &whole.upload).await?;
        let count = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
        Ok(Ack { added: count(progress.stored.new), duplicates: count(progress.stored.duplicates) })
    }
}

impl Part {
    /// The rows: those made ready, unless somebody moved the terminal meanwhile.
    fn open(&mut self, desk: &TerminalDesk, visit: &Visit<'_>) -> Vec<PunchRow> {
        let lines = &self.whole.lines[self.lines.clone()];
        let ready = match self.ready.take() {
            Some(ready) if ready.fits(&visit.terminal) => ready,
            _ => desk.prepare(&visit.terminal, &self.whole, lines),
        };
        self.progress.last_contact.get_or_insert(visit.last_contact);
        self.progress.beyond.extend(ready.beyond);
        ready.punches
    }

    /// Stores the part and counts what it brought. Gives the punches back with their people.
    async fn store(
        &mut self,
        visit: &mut Visit<'_>,
        punches: Vec<PunchRow>,
        is_last: bool,
    ) -> Result<Vec<PunchRow>> {
        let mut quarantined = Vec::new();
        if is_last {
            quarantined = set_aside(visit, &self.whole, &self.progress.beyond);
            drop_known(visit, &mut quarantined).await?;
        }
        let mut rows = register::Upload {
            terminal_id: visit.terminal.terminal_id,
            journal: (!self.progress.is_begun).then(|| journal(visit, &self.whole)),
            punches,
            quarantined,
            stamp: is_last.then(|| stamp(&self.whole.upload)).flatten(),
            at: visit.now,
            ip: visit.terminal.last_ip.clone(),
        };
        let stored = register::upload(visit.tx, &mut rows).await?;
        count(&mut visit.terminal, stored.new);
        self.progress.is_begun = true;
        self.progress.add(stored);
        Ok(rows.punches)
    }
}

/// Adds to the lines of the terminal that are stored here.
pub(super) fn count(terminal: &mut Terminal, more: u64) {
    let mut counts = Counts::of(terminal);
    counts.stored = counts.stored.saturating_add(i64::try_from(more).unwrap_or(0));
    counts.keep(terminal);
}

fn stamp(upload: &Upload) -> Option<(String, String)> {
    let name = upload.table.name().to_ascii_uppercase();
    let stamp = upload.stamp.as_ref().filter(|_| is_stamped(&name))?;
    Some((name, stamp.chars().take(MAX_STAMP).collect()))
}
