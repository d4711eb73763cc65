//! What an import did, at `/pegawai/impor/{key}` once it is done.

use askama::Template;

use super::{ImporTexts, ImportLine};
use crate::pages::layout::Shell;

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "impor/result.html")]
pub struct ResultPage {
    /// The frame.
    pub shell: Shell,
    /// The import.
    pub import: ImportLine,
    /// The day from which its values hold.
    pub effective: String,
    /// How many people did not change.
    pub same: u32,
    /// How many units it made.
    pub units: u32,
    /// How many PINs it gave.
    pub pins: u32,
}

impl ResultPage {
    fn t(&self) -> ImporTexts {
        ImporTexts(self.shell.lang)
    }
}
