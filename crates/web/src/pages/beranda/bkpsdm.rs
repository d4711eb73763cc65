//! Start page of BKPSDM: how far the month of each OPD is.

use askama::Template;
use domain::{lang, month::Month};

use super::BerandaTexts;
use crate::pages::layout::Shell;

/// The page of BKPSDM.
#[derive(Debug, Clone, Template)]
#[template(path = "beranda/bkpsdm.html")]
pub struct BkpsdmHome {
    /// The frame.
    pub shell: Shell,
    /// The month whose way to pay is shown.
    pub month: Month,
    /// How many OPDs stand at each step.
    pub pipeline: Pipeline,
    /// Every OPD, those that need attention first.
    pub units: Vec<UnitMonth>,
    /// OPDs in force of all.
    pub in_force: (u32, u32),
    /// Serial numbers that wait for approval.
    pub pending_terminals: u32,
    /// Months whose TPP can be computed: all OPDs verified.
    pub tpp_ready: bool,
}

/// How many OPDs stand at each step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pipeline {
    /// Not locked.
    pub open: u32,
    /// Locked by the OPD.
    pub locked: u32,
    /// Verified.
    pub verified: u32,
}

/// A step on the way of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PipelineStep {
    /// Not locked by the OPD.
    Open,
    /// Locked by the OPD, waits for BKPSDM.
    Locked,
    /// Verified by BKPSDM.
    Verified,
}

impl PipelineStep {
    fn text(self, t: &BerandaTexts) -> &'static str {
        match self {
            PipelineStep::Open => t.step_open(),
            PipelineStep::Locked => t.step_locked(),
            PipelineStep::Verified => t.step_verified(),
        }
    }

    fn class(self) -> &'static str {
        match self {
            PipelineStep::Open => "warn",
            PipelineStep::Locked => "info",
            PipelineStep::Verified => "good",
        }
    }
}

/// The month of one OPD.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitMonth {
    /// Key in addresses.
    pub key: String,
    /// Name.
    pub name: String,
    /// Where it stands.
    pub step: PipelineStep,
    /// Since when, or the deadline that passed.
    pub since: String,
    /// Whether the deadline has passed.
    pub late: bool,
}

impl BkpsdmHome {
    fn t(&self) -> BerandaTexts {
        BerandaTexts(self.shell.lang)
    }

    fn month_title(&self) -> String {
        lang::month_title(self.month, self.shell.lang)
    }
}
