//! Start page of the personnel clerk of an OPD: the work that is left, with counts.

use askama::Template;
use domain::{lang, month::Month, org::Stage};
use jiff::civil::Date;
use service::day_counts::DayCounts;

use super::BerandaTexts;
use crate::pages::layout::Shell;

/// The page of the clerk.
#[derive(Debug, Clone, Template)]
#[template(path = "beranda/admin_opd.html")]
pub struct AdminOpdHome {
    /// The frame.
    pub shell: Shell,
    /// Name of the OPD.
    pub unit: String,
    /// Stage of the OPD.
    pub stage: Stage,
    /// Today.
    pub today: Date,
    /// Today so far; `None` on a free day or before working hours.
    pub counts: Option<DayCounts>,
    /// What is left to do.
    pub tasks: Vec<Task>,
    /// The month to lock next.
    pub month: Month,
    /// Until when it must be locked.
    pub lock_by: Date,
    /// Days left until then; negative when late.
    pub days_left: i32,
}

/// A kind of work with its count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// What.
    pub kind: TaskKind,
    /// How many; zero shows that it is done.
    pub count: usize,
    /// Where it is done.
    pub href: String,
}

/// The kinds of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskKind {
    /// Days without notice that nobody has looked at.
    AbsentUnexplained,
    /// Days with one punch only.
    MissingPunch,
    /// PINs on terminals that belong to nobody.
    UnmappedPin,
    /// People without a schedule.
    NoSchedule,
    /// Terminals that are silent.
    TerminalSilent,
}

impl Task {
    /// The words of the task.
    pub fn text(&self, t: &BerandaTexts) -> &'static str {
        match self.kind {
            TaskKind::AbsentUnexplained => t.task_absent(),
            TaskKind::MissingPunch => t.task_missing(),
            TaskKind::UnmappedPin => t.task_pin(),
            TaskKind::NoSchedule => t.task_schedule(),
            TaskKind::TerminalSilent => t.task_terminal(),
        }
    }

    fn class(&self) -> &'static str {
        match (self.count, self.kind) {
            (0, _) => "done",
            (_, TaskKind::AbsentUnexplained | TaskKind::TerminalSilent) => "bad",
            _ => "",
        }
    }
}

impl AdminOpdHome {
    fn t(&self) -> BerandaTexts {
        BerandaTexts(self.shell.lang)
    }

    fn date(&self) -> String {
        lang::long_date(self.today, self.shell.lang)
    }

    fn month_title(&self) -> String {
        lang::month_title(self.month, self.shell.lang)
    }

    fn lock_date(&self) -> String {
        lang::plain_date(self.lock_by, self.shell.lang)
    }
}
