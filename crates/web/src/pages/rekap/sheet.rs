//! The month sheet (X2) of one OPD, as a matrix of days or as a list of people.

use std::collections::HashSet;

use askama::Template;
use domain::{
    lang::{self, Lang},
    money::Percent,
    month::Month,
    org::Stage,
};
use jiff::civil::{Date, Weekday};

use super::{MonthState, Problem, RekapTexts, SheetActions};
use crate::pages::{
    layout::Shell,
    mark::{Mark, MarkTone, legend},
    markup::Icon,
    people_list::{PageNumbers, paged},
    unit_link::UnitLink,
};

/// The month of one OPD. Lives at `/rekap/{unit}/{month}/`; addresses inside are relative to it.
#[derive(Debug, Clone, Template)]
#[template(path = "rekap/sheet.html")]
pub struct RekapPage {
    /// The frame.
    pub shell: Shell,
    /// The OPD shown.
    pub unit: UnitLink,
    /// Others that may be chosen; empty if there is only this one.
    pub units: Vec<UnitLink>,
    /// The month shown.
    pub month: Month,
    /// The last month that may be opened: the current one.
    pub newest: Month,
    /// Stage of the OPD; outside `Berlaku` a banner says that nothing is cut.
    pub stage: Stage,
    /// State of the month.
    pub state: MonthState,
    /// What may be done now.
    pub actions: SheetActions,
    /// What keeps the month from being locked.
    pub problems: Vec<Problem>,
    /// Matrix or list.
    pub view: SheetView,
    /// Name or NIP searched for.
    pub search: String,
    /// Days of the month.
    pub days: Vec<DayHead>,
    /// People.
    pub rows: Vec<RekapRow>,
    /// Pages, where there are more people than fit on one.
    pub pages: PageNumbers,
}

/// How the month is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SheetView {
    /// People x days.
    #[default]
    Matrix,
    /// People with what is out of the ordinary; better on a phone.
    List,
}

/// The head of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayHead {
    /// The date.
    pub date: Date,
    /// Name of the holiday, if it is one.
    pub holiday: Option<String>,
}

impl DayHead {
    /// Day of the month.
    pub fn number(&self) -> i8 {
        self.date.day()
    }

    /// First letters of the weekday: `Sn`, `Mg`.
    pub fn weekday(&self, language: &Lang) -> &'static str {
        let all = match language {
            Lang::Id => ["Sn", "Sl", "Rb", "Km", "Jm", "Sb", "Mg"],
            Lang::En => ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"],
        };
        all[usize::try_from(self.date.weekday().to_monday_zero_offset()).unwrap_or(0)]
    }

    /// Whether the column is shaded as a whole (holiday or Sunday).
    pub fn is_free(&self) -> bool {
        self.holiday.is_some() || self.date.weekday() == Weekday::Sunday
    }
}

/// One person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RekapRow {
    /// Number in the list, from 1.
    pub number: usize,
    /// Key of the employee in addresses; letters, digits and hyphens.
    pub key: String,
    /// Name with titles.
    pub name: String,
    /// NIP as printed.
    pub nip: String,
    /// Golongan, `III/d`; empty for people without one.
    pub grade: String,
    /// One cell for each day.
    pub cells: Vec<Cell>,
    /// Sums.
    pub totals: Totals,
}

impl RekapRow {
    /// Whether the list has nothing to mention.
    pub fn all_in_order(&self) -> bool {
        !self.cells.iter().any(Cell::is_notable)
    }
}

/// One day of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Its mark.
    pub mark: Mark,
    /// Whether there is anything to open behind it.
    pub link: bool,
    /// Whether somebody corrected the day; underlined.
    pub corrected: bool,
}

impl Cell {
    /// Classes of the cell; empty for the plain present day.
    pub fn class(&self) -> String {
        let fixed = if self.corrected { "x" } else { "" };
        format!("{} {fixed}", self.mark.tone.class()).trim().to_owned()
    }

    /// Whether the list of people should mention the day.
    pub fn is_notable(&self) -> bool {
        !matches!(self.mark.tone, MarkTone::Hadir | MarkTone::Free | MarkTone::Open)
    }
}

/// The sums of a person (X2/X3). Days unless said otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Working days that apply.
    pub due: u32,
    /// Present.
    pub present: u32,
    /// Sick.
    pub sick: u32,
    /// Permission.
    pub permission: u32,
    /// Leave.
    pub leave: u32,
    /// Duty elsewhere.
    pub duty: u32,
    /// Study assignment.
    pub study: u32,
    /// Training, dispensation, technical reasons and the like.
    pub other: u32,
    /// Without notice.
    pub absent: u32,
    /// Times late.
    pub late: u32,
    /// Minutes late in all.
    pub late_minutes: i64,
    /// Times left early.
    pub early: u32,
    /// Punches missing.
    pub missing: u32,
    /// Cut of the discipline part.
    pub cut: Percent,
}

impl Totals {
    /// The cut as a bare number for a narrow column: `4,5`.
    pub fn cut_number(&self) -> String {
        domain::money::grouped(self.cut.0)
    }
}

impl RekapPage {
    fn t(&self) -> RekapTexts {
        RekapTexts(self.shell.lang)
    }

    /// The address of a page of the sheet, with the search and the view that were chosen.
    fn page_href(&self, page: &usize) -> String {
        let view = if self.view == SheetView::List { "daftar" } else { "" };
        paged(&[("cari", &self.search), ("tampil", view)], *page)
    }

    /// The address of another view of what was searched for.
    fn view_href(&self, view: &str) -> String {
        paged(&[("cari", &self.search), ("tampil", view)], 1)
    }

    fn month_title(&self) -> String {
        lang::month_title(self.month, self.shell.lang)
    }

    fn newest_title(&self) -> String {
        lang::month_title(self.newest, self.shell.lang)
    }

    /// The meaning of the codes that stand on this page.
    fn legend(&self) -> Vec<(Mark, String)> {
        let shown: HashSet<&Mark> = self.rows.iter().flat_map(|r| &r.cells).map(|c| &c.mark).collect();
        legend(self.shell.lang).into_iter().filter(|(mark, _)| shown.contains(mark)).collect()
    }

    fn blocked(&self) -> bool {
        self.problems.iter().any(|p| p.blocks)
    }

    /// What the heading counts: that which prevents the lock, or else all notes.
    fn problem_count(&self) -> usize {
        let blocked = self.blocked();
        self.problems.iter().filter(|p| p.blocks == blocked).map(|p| p.count).sum()
    }

    fn day_label(&self, index: &usize) -> String {
        self.days.get(*index).map_or_else(String::new, |day| lang::long_date(day.date, self.shell.lang))
    }

    fn download_icon(&self) -> crate::pages::markup::Markup {
        Icon::Download.svg()
    }

    fn lock_icon(&self) -> crate::pages::markup::Markup {
        Icon::Lock.svg()
    }
}
