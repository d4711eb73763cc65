//! Long work: how far it is, refreshed by the script, or by the browser itself where there is none.

pub mod handler;
mod texts;

pub use texts::KemajuanTexts;

use askama::Template;

use crate::pages::{figures, layout::Shell};

/// The progress of a job at `/pekerjaan/{key}`.
#[derive(Debug, Clone, Template)]
#[template(path = "kemajuan/kemajuan.html")]
pub struct KemajuanPage {
    /// The frame.
    pub shell: Shell,
    /// What is being done: `Impor pegawai siasn-november.xlsx`.
    pub title: String,
    /// How far it is.
    pub state: JobState,
}

/// How far a job is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobState {
    /// Waits for its turn.
    Waiting,
    /// Running.
    Running {
        /// Done so far.
        done: u64,
        /// Of how many; `None` if not known yet.
        total: Option<u64>,
        /// What is counted: `baris`.
        unit: String,
    },
    /// Done.
    Done {
        /// Where the result is.
        href: String,
    },
    /// Failed; nothing was changed.
    Failed {
        /// What happened.
        reason: String,
        /// Where to go back to.
        href: String,
    },
}

impl KemajuanPage {
    fn t(&self) -> KemajuanTexts {
        KemajuanTexts(self.shell.lang)
    }

    fn is_running(&self) -> bool {
        matches!(self.state, JobState::Waiting | JobState::Running { .. })
    }

    fn line(&self, done: &u64, total: &Option<u64>, unit: &str) -> String {
        let done = figures::count(*done);
        match total {
            Some(total) => self.t().done_of(done, figures::count(*total), unit),
            None => self.t().done(done, unit),
        }
    }
}
