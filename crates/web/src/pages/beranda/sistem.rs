//! Start page of the operator: machines, not people.

use askama::Template;

use super::BerandaTexts;
use crate::pages::layout::{Shell, Tone};

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
    /// Checks of the installation, those that failed first.
    pub checks: Vec<SystemCheck>,
}

/// One check of the installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SystemCheck {
    /// How it went.
    pub tone: Tone,
    /// What was checked: `Ruang disk`.
    pub name: String,
    /// What was found: `83 GB bebas`.
    pub finding: String,
    /// The command that mends it.
    pub remedy: Option<String>,
}

impl SistemHome {
    fn t(&self) -> BerandaTexts {
        BerandaTexts(self.shell.lang)
    }

    fn verdict(&self, tone: &Tone) -> &'static str {
        match tone {
            Tone::Info | Tone::Good => self.t().check_good(),
            Tone::Warn => self.t().check_warn(),
            Tone::Bad => self.t().check_bad(),
        }
    }
}
