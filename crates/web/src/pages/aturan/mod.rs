//! Policies: which are in force, what one says, what is wrong with a new one.

pub mod handler;
mod texts;

pub use texts::AturanTexts;

use askama::Template;
use domain::lang;
use jiff::civil::Date;

use crate::pages::layout::Shell;

/// All policies at `/aturan`.
#[derive(Debug, Clone, Template)]
#[template(path = "aturan/list.html")]
pub struct AturanPage {
    /// The frame.
    pub shell: Shell,
    /// Policies, those in force first.
    pub policies: Vec<PolicyRow>,
    /// Whether the person may check and activate.
    pub may_manage: bool,
}

/// A policy in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyRow {
    /// Key in addresses.
    pub key: String,
    /// Name.
    pub name: String,
    /// Version.
    pub version: String,
    /// Legal basis.
    pub basis: String,
    /// State.
    pub state: PolicyState,
}

/// The state of a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyState {
    /// In force since a day.
    Active {
        /// First day.
        since: Date,
    },
    /// Will be in force.
    Planned {
        /// First day.
        from: Date,
    },
    /// Was in force.
    Ended {
        /// Last day.
        until: Date,
    },
    /// Shipped or uploaded, never in force.
    Draft,
}

/// One policy at `/aturan/{key}`, or the result of a check at `/aturan/periksa`.
#[derive(Debug, Clone, Template)]
#[template(path = "aturan/detail.html")]
pub struct PolicyPage {
    /// The frame.
    pub shell: Shell,
    /// The policy as far as it could be read; `None` if the file is not readable at all.
    pub policy: Option<PolicyRow>,
    /// What is wrong, in order of lines.
    pub problems: Vec<PolicyProblem>,
    /// What it says, in plain sentences with their articles.
    pub says: Vec<(String, String)>,
    /// The file.
    pub source: String,
    /// First day proposed for activation, `YYYY-MM-DD`; `None` if it may not be activated.
    pub activate_from: Option<String>,
}

/// Something wrong with a policy file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyProblem {
    /// Line in the file, from 1.
    pub line: usize,
    /// What is wrong.
    pub problem: String,
    /// How to mend it.
    pub remedy: String,
}

impl PolicyState {
    fn text(&self, t: &AturanTexts) -> String {
        let date = |date: &Date| lang::plain_date(*date, t.0);
        match self {
            PolicyState::Active { since } => t.active(date(since)),
            PolicyState::Planned { from } => t.planned(date(from)),
            PolicyState::Ended { until } => t.ended(date(until)),
            PolicyState::Draft => t.draft().to_owned(),
        }
    }

    fn class(&self) -> &'static str {
        match self {
            PolicyState::Active { .. } => "good",
            PolicyState::Planned { .. } => "info",
            PolicyState::Ended { .. } | PolicyState::Draft => "",
        }
    }
}

impl AturanPage {
    fn t(&self) -> AturanTexts {
        AturanTexts(self.shell.lang)
    }
}

impl PolicyPage {
    fn t(&self) -> AturanTexts {
        AturanTexts(self.shell.lang)
    }

    fn title(&self) -> &str {
        self.policy.as_ref().map_or_else(|| self.t().check_result(), |p| p.name.as_str())
    }

    /// The lines of the file with their numbers and whether something is wrong there.
    fn lines(&self) -> Vec<(usize, &str, bool)> {
        let wrong = |n: usize| self.problems.iter().any(|p| p.line == n);
        self.source.lines().enumerate().map(|(i, line)| (i + 1, line, wrong(i + 1))).collect()
    }
}
