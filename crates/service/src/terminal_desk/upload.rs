//! An upload from its arrival to its answer.
//!
//! A long one is stored in parts, each made ready before its turn at the door, so that others get theirs in between. The
//! terminal hears `OK` only after the last one. When something breaks before, it sends everything again, and what is stored
//! already is found by its key.

use std::sync::Arc;

use domain::ids::RecordId;
use store::{
    StoreError,
    terminal::{self as register, Terminal},
};
use terminal::desk::{Ack, Upload};

use super::{
    Stop, TerminalDesk,
    part::{LastPart, Part},
    ready::{Progress, Whole},
};

/// Punches of one piece of work: enough to hide the cost of a commit, few enough that nobody waits long.
const PART: usize = 2000;

impl TerminalDesk {
    /// Stores an upload. When it returns, everything is durable.
    pub(super) async fn take_in(&self, upload: Upload) -> Result<Ack, Stop> {
        let mut terminal = self.peek(&upload).await?;
        let whole = Arc::new(Whole::new(self.office.id(RecordId::new), upload));
        let mut progress = Progress::default();
        let mut from = 0;
        while whole.lines.len() - from > PART {
            let part = self.part(&whole, from..from + PART, terminal.as_ref(), progress);
            let stored;
            (stored, progress) = self.visit(part).await?;
            terminal = Some(stored);
            from += PART;
        }
        let last = self.part(&whole, from..whole.lines.len(), terminal.as_ref(), progress);
        self.visit(LastPart(last)).await
    }

    /// The terminal as it is now, to make the first part ready with.
    async fn peek(&self, upload: &Upload) -> Result<Option<Terminal>, StoreError> {
        let mut tx = self.office.db.begin_read(self.office.tenant).await?;
        register::by_serial(&mut tx, upload.sender.serial.as_str()).await
    }

    fn part(
        &self,
        whole: &Arc<Whole>,
        lines: std::ops::Range<usize>,
        terminal: Option<&Terminal>,
        progress: Progress,
    ) -> Part {
        let ready = terminal.map(|terminal| self.prepare(terminal, whole, &whole.lines[lines.clone()]));
        Part { whole: Arc::clone(whole), lines, ready, progress }
    }
}
