//! What came of a file.

use domain::{ids::ImportId, lang::Lang};
use jiff::civil::DateTime;
use terminal::{
    batch::{Batch, Quarantined, Reason},
    table::attlog_dat::DatLine,
};

use super::import::Stored;

/// What came of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttlogReport {
    /// The import, to take it back.
    pub import: ImportId,
    /// Lines that are not empty.
    pub lines: usize,
    /// Punches not known before.
    pub added: u64,
    /// Punches known before.
    pub duplicates: u64,
    /// Punches of PINs that belong to nobody.
    pub unmapped: usize,
    /// Events of the terminal itself (PIN 0), which are no punches.
    pub events: usize,
    /// Local times of the first and the last punch.
    pub span: Option<(DateTime, DateTime)>,
    /// Lines that could not be read.
    pub problems: Vec<LineProblem>,
    /// Further lines that could not be read and are only counted.
    pub more_problems: usize,
}

impl AttlogReport {
    pub(super) fn of(import: ImportId, batch: &Batch<DatLine>, stored: Stored) -> Self {
        let is_event = |line: &&Quarantined| line.reason == Reason::Nobody;
        Self {
            import,
            lines: batch.lines,
            added: stored.added,
            duplicates: u64::try_from(stored.punches).unwrap_or(u64::MAX).saturating_sub(stored.added),
            unmapped: stored.unmapped,
            events: batch.quarantined.iter().filter(is_event).count(),
            span: stored.span,
            problems: batch.quarantined.iter().filter(|line| !is_event(line)).map(LineProblem::of).collect(),
            more_problems: batch.quarantined_beyond,
        }
    }
}

/// A line that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineProblem {
    /// Line number in the file, from 1.
    pub line: usize,
    /// The line, control characters made visible.
    pub text: String,
    /// Why.
    pub reason: Reason,
}

/// Longest piece of a line shown, in characters.
const SHOWN: usize = 120;

impl LineProblem {
    pub(super) fn of(line: &Quarantined) -> Self {
        let decoded = terminal::text::decode(&line.raw);
        let visible = |c: char| {
            if c == '\t' {
                '→'
            } else if c.is_control() {
                '·'
            } else {
                c
            }
        };
        let text = decoded.chars().map(visible).take(SHOWN).collect();
        Self { line: line.number, text, reason: line.reason }
    }

    /// `Baris 12: tanggal atau jam tidak terbaca (“2→2026-13-40 …”).`
    pub fn sentence(&self, lang: Lang) -> String {
        let word = lang.pick("Baris", "Line");
        format!("{word} {}: {} (“{}”).", self.line, self.reason.text(lang), self.text)
    }
}
