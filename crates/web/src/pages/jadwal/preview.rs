//! What an imported roster would do.

use askama::Template;
use domain::{lang, month::Month};

use super::JadwalTexts;
use crate::pages::{layout::Shell, unit_link::UnitLink};

/// The preview after `/jadwal/{unit}/{month}/impor`.
#[derive(Debug, Clone, Template)]
#[template(path = "jadwal/preview.html")]
pub struct PreviewPage {
    /// The frame.
    pub shell: Shell,
    /// The unit.
    pub unit: UnitLink,
    /// The month.
    pub month: Month,
    /// Name of the file.
    pub file: String,
    /// People, shifts that change, shifts known already, cells left out.
    pub counts: [usize; 4],
    /// The changes, person by person: name and `3: P → M`.
    pub changes: Vec<(String, String)>,
    /// What is left out.
    pub problems: Vec<ProblemLine>,
    /// The changes as they are sent back; nothing else of the file is kept.
    pub table: String,
}

/// One cell or row that is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemLine {
    /// Row of the file.
    pub row: u32,
    /// Column and value.
    pub value: String,
    /// Why, and what to do.
    pub problem: String,
}

impl PreviewPage {
    fn t(&self) -> JadwalTexts {
        JadwalTexts(self.shell.lang)
    }

    fn may_apply(&self) -> bool {
        self.counts[1] > 0
    }

    fn month_title(&self) -> String {
        lang::month_title(self.month, self.shell.lang)
    }
}
