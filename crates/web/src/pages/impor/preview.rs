//! What an import would do, before it does it, at `/pegawai/impor/{key}`.

use askama::Template;

use super::ImporTexts;
use crate::pages::layout::Shell;

/// The preview. Long lists are cut; the counts are of everything.
#[derive(Debug, Clone, Template)]
#[template(path = "impor/preview.html")]
pub struct PreviewPage {
    /// The frame.
    pub shell: Shell,
    /// Key in addresses.
    pub key: String,
    /// Name of the file.
    pub file: String,
    /// Rows read.
    pub read: u32,
    /// Unchanged.
    pub same: u32,
    /// How many are new, and the first of them.
    pub added: (u32, Vec<PreviewRow>),
    /// How many change, and the first of them.
    pub changed: (u32, Vec<PreviewRow>),
    /// How many are here but not in the file, and the first of them. They are not removed by the import.
    pub left: (u32, Vec<PreviewRow>),
    /// How many rows are refused, and the first of them.
    pub bad: (u32, Vec<BadRow>),
    /// How many values are doubtful or left out although the row is taken, and the first of them.
    pub notes: (u32, Vec<BadRow>),
    /// Units that would be made.
    pub new_units: Vec<String>,
    /// Columns of the file that were not used.
    pub unused: Vec<String>,
}

/// One person in a preview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewRow {
    /// Line in the file; zero if not from the file.
    pub line: u32,
    /// Name.
    pub name: String,
    /// NIP as printed.
    pub nip: String,
    /// OPD.
    pub unit: String,
    /// What changes.
    pub changes: Vec<ChangedField>,
}

/// A field that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedField {
    /// Name of the field.
    pub field: String,
    /// Before.
    pub before: String,
    /// After.
    pub after: String,
}

/// A refused row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    /// Line in the file.
    pub line: u32,
    /// What stood there, shortened.
    pub value: String,
    /// What is wrong and how to mend it.
    pub problem: String,
}

impl PreviewPage {
    fn t(&self) -> ImporTexts {
        ImporTexts(self.shell.lang)
    }

    /// How many of a list are not shown; `None` if all are.
    fn hidden(&self, list: &(u32, Vec<PreviewRow>)) -> Option<usize> {
        let all = usize::try_from(list.0).unwrap_or(usize::MAX);
        all.checked_sub(list.1.len()).filter(|n| *n > 0)
    }

    fn may_apply(&self) -> bool {
        self.added.0 + self.changed.0 > 0
    }
}
