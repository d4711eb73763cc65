//! The pay list X7 of one OPD at `/tpp/{unit}/{month}/`.

use askama::Template;
use domain::{lang, month::Month, org::Stage};

use super::TppTexts;
use crate::pages::{
    layout::Shell,
    markup::{Icon, Markup},
    people_list::{PageNumbers, paged},
    unit_link::UnitLink,
};

/// The pay list. The columns come from the policy, so they are data here.
#[derive(Debug, Clone, Template)]
#[template(path = "tpp/list.html")]
pub struct TppPage {
    /// The frame.
    pub shell: Shell,
    /// The OPD shown.
    pub unit: UnitLink,
    /// Others that may be chosen.
    pub units: Vec<UnitLink>,
    /// The month.
    pub month: Month,
    /// The last month that may be opened.
    pub newest: Month,
    /// Stage of the OPD; outside `Berlaku` nothing is paid from the list.
    pub stage: Stage,
    /// How far it is.
    pub state: TppState,
    /// By which policy it was computed; `None` if none is in force.
    pub policy: Option<PolicyBasis>,
    /// The columns after name, grade and position.
    pub heads: Vec<TppHead>,
    /// People.
    pub rows: Vec<TppLine>,
    /// Sums below the columns; empty where a column is not summed.
    pub sums: Vec<String>,
    /// Name or NIP searched for.
    pub search: String,
    /// Pages.
    pub pages: PageNumbers,
}

/// How far a pay list is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TppState {
    /// Computed from an open month; may still change.
    Provisional,
    /// Computed from a verified month and fixed.
    Final {
        /// When: `6 Desember 2026 10.05 WIB`.
        at: String,
        /// Who.
        by: String,
    },
}

/// The policy a list was computed by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyBasis {
    /// Key in addresses.
    pub key: String,
    /// Name.
    pub name: String,
    /// Version.
    pub version: String,
    /// Legal basis: `Perbup 12/2026`.
    pub basis: String,
}

/// The head of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TppHead {
    /// Heading.
    pub heading: String,
    /// Number and formula: `9=7x8`.
    pub formula: String,
}

/// One person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TppLine {
    /// Number in the list, from 1.
    pub number: usize,
    /// Key of the employee in addresses.
    pub key: String,
    /// Name with titles.
    pub name: String,
    /// NIP as printed.
    pub nip: String,
    /// Golongan.
    pub grade: String,
    /// Position and class.
    pub position: String,
    /// One value for each column, as printed; empty where nothing applies.
    pub values: Vec<String>,
}

impl TppPage {
    fn t(&self) -> TppTexts {
        TppTexts(self.shell.lang)
    }

    /// The address of a page of the list, with what was searched for.
    fn page_href(&self, page: &usize) -> String {
        paged(&[("cari", &self.search)], *page)
    }

    fn month_title(&self) -> String {
        lang::month_title(self.month, self.shell.lang)
    }

    fn head(&self, index: &usize) -> &str {
        self.heads.get(*index).map_or("", |h| h.heading.as_str())
    }

    fn download_icon(&self) -> Markup {
        Icon::Download.svg()
    }
}
