//! Start page of the operator: machines, not people.

use askama::Template;

use super::BerandaTexts;
use crate::pages::layout::Shell;

/// The page of the operator at Diskominfo.
#[derive(Debug, Clone, Template)]
#[template(path = "beranda/sistem.html")]
pub struct SistemHome {
    /// The frame.
    pub shell: Shell,
    /// Terminals that sent something lately, of all approved ones.
    pub alive: (u32, u32),
    /// Serial numbers that wait for approval.
    pub pending: u32,
    /// Lines in quarantine.
    pub quarantine: u32,
}

impl SistemHome {
    fn t(&self) -> BerandaTexts {
        BerandaTexts(self.shell.lang)
    }
}
