//! The day list (X1): who is in, who is not, and whose data has not arrived.

pub mod handler;
mod texts;

pub use texts::HariIniTexts;

use askama::Template;
use domain::{lang, org::Stage};
use jiff::civil::Date;
use service::day_counts::DayCounts;

use crate::pages::{
    layout::Shell,
    mark::Mark,
    markup::{Icon, Markup},
    people_list::PageNumbers,
    unit_link::UnitLink,
};

/// The list of one day at `/hari-ini`.
#[derive(Debug, Clone, Template)]
#[template(path = "hari_ini/hari_ini.html")]
pub struct HariIniPage {
    /// The frame.
    pub shell: Shell,
    /// OPD shown; `None` shows all that the person may see.
    pub unit: Option<UnitLink>,
    /// OPDs that may be chosen; empty if there is only one.
    pub units: Vec<UnitLink>,
    /// Stage of the OPD shown.
    pub stage: Stage,
    /// The day.
    pub date: Date,
    /// Today: the last day that may be opened.
    pub today: Date,
    /// What kind of day it is.
    pub state: DayState,
    /// Counts of the whole list, whatever is filtered.
    pub counts: DayCounts,
    /// Which people are shown.
    pub filter: DayFilter,
    /// Name or NIP searched for.
    pub search: String,
    /// People.
    pub rows: Vec<DayRow>,
    /// Pages.
    pub pages: PageNumbers,
}

/// What kind of day it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DayState {
    /// A working day that has begun.
    Working,
    /// Today, before anybody is due.
    BeforeHours {
        /// When the first shift may punch: `06.00`.
        opens: String,
    },
    /// A holiday; people on shift may still be listed.
    Holiday {
        /// Its name: `Hari Raya Natal`, `Sabtu`.
        name: String,
    },
}

/// Which people are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DayFilter {
    /// Everybody.
    #[default]
    All,
    /// Without data.
    Unknown,
    /// Late.
    Late,
    /// Without notice.
    Absent,
    /// On duty elsewhere or on leave.
    Away,
}

impl DayFilter {
    /// All filters in order.
    pub const ALL: [DayFilter; 5] =
        [DayFilter::All, DayFilter::Unknown, DayFilter::Late, DayFilter::Absent, DayFilter::Away];

    /// Value of the query parameter `tampil`.
    pub const fn code(self) -> &'static str {
        match self {
            DayFilter::All => "semua",
            DayFilter::Unknown => "belum",
            DayFilter::Late => "terlambat",
            DayFilter::Absent => "tk",
            DayFilter::Away => "dl-cuti",
        }
    }

    /// Reads the query parameter; anything unknown shows everybody.
    pub fn parse(text: &str) -> DayFilter {
        DayFilter::ALL.into_iter().find(|f| f.code() == text).unwrap_or_default()
    }
}

/// One person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayRow {
    /// Number in the list, from 1.
    pub number: usize,
    /// Key of the employee in addresses.
    pub key: String,
    /// Name with titles.
    pub name: String,
    /// NIP as printed.
    pub nip: String,
    /// Position, or the OPD where all are shown.
    pub place: String,
    /// Check-in, `07.21`; empty if none.
    pub check_in: String,
    /// Check-out; empty if none.
    pub check_out: String,
    /// Mark of the day.
    pub mark: Mark,
    /// In words: `terlambat 24 menit`.
    pub remark: String,
    /// Where the day is explained.
    pub href: String,
}

impl HariIniPage {
    fn t(&self) -> HariIniTexts {
        HariIniTexts(self.shell.lang)
    }

    fn date_title(&self) -> String {
        lang::long_date(self.date, self.shell.lang)
    }

    fn tabs(&self) -> Vec<(DayFilter, &'static str, u32)> {
        let (t, c) = (self.t(), self.counts);
        let people = u32::try_from(self.pages.people).unwrap_or(u32::MAX);
        DayFilter::ALL
            .into_iter()
            .map(|filter| match filter {
                DayFilter::All => (filter, t.all(), people),
                DayFilter::Unknown => (filter, t.unknown(), c.unknown),
                DayFilter::Late => (filter, t.late(), c.late),
                DayFilter::Absent => (filter, t.absent(), c.absent),
                DayFilter::Away => (filter, t.away(), c.duty + c.leave),
            })
            .collect()
    }

    /// The query that keeps what was chosen: `tanggal=2026-11-23&opd=DISDIK`.
    fn query(&self) -> String {
        let unit = self.unit.as_ref().map_or("", |u| u.key.as_str());
        format!("tanggal={}&opd={unit}", self.date)
    }

    fn is_shown(&self, unit: &UnitLink) -> bool {
        self.unit.as_ref() == Some(unit)
    }

    fn before_hours(&self) -> bool {
        matches!(self.state, DayState::BeforeHours { .. })
    }

    fn is_today(&self) -> bool {
        self.date == self.today
    }

    fn download_icon(&self) -> Markup {
        Icon::Download.svg()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_read_back_from_its_code() {
        for filter in DayFilter::ALL {
            assert_eq!(DayFilter::parse(filter.code()), filter);
        }
        assert_eq!(DayFilter::parse("'; drop"), DayFilter::All);
    }
}
