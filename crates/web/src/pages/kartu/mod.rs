//! The card of one person: a month as a calendar, what it costs, and the counters of the year.

pub mod handler;
mod texts;
mod year;

pub use texts::KartuTexts;

use askama::Template;
use domain::{
    lang,
    money::{Percent, Rupiah},
    month::Month,
};
use jiff::civil::Date;

use crate::pages::{
    layout::{Shell, Tone},
    mark::{Mark, MarkTone},
    person_head::PersonHead,
};

/// The card at `/kartu/{employee}/{month}`.
#[derive(Debug, Clone, Template)]
#[template(path = "kartu/kartu.html")]
pub struct KartuPage {
    /// The frame.
    pub shell: Shell,
    /// The person.
    pub person: PersonHead,
    /// The month.
    pub month: Month,
    /// The last month that may be opened.
    pub newest: Month,
    /// Today.
    pub today: Date,
    /// Whether it is the reader's own card.
    pub own: bool,
    /// The four totals.
    pub totals: CardTotals,
    /// Every day of the month, in order.
    pub days: Vec<CardDay>,
    /// What needs doing: `Senin 16 November tercatat TK.`
    pub alerts: Vec<String>,
    /// Cuts, by rule.
    pub cuts: Vec<CardCut>,
    /// Sum of the cuts.
    pub cut_percent: Percent,
    /// Sum in rupiah; `None` if the reader may not see amounts.
    pub cut_amount: Option<Rupiah>,
    /// Legal basis of the cuts; empty if there is no policy.
    pub basis: String,
    /// Where every rupiah is explained; `None` if the reader may not.
    pub explain: Option<String>,
    /// Whether the month may still change.
    pub provisional: bool,
    /// Counters of the year.
    pub year: Vec<YearCounter>,
}

/// The four totals of a month, in days (late: times).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CardTotals {
    /// Present.
    pub present: u32,
    /// Late.
    pub late: u32,
    /// On duty elsewhere.
    pub duty: u32,
    /// Without notice.
    pub absent: u32,
}

/// One day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardDay {
    /// The date.
    pub date: Date,
    /// Its mark.
    pub mark: Mark,
    /// Minutes late or early, shown beside the mark; zero shows nothing.
    pub minutes: i64,
    /// Where the day is explained; `None` where there is nothing to explain.
    pub href: Option<String>,
}

/// Cuts by one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardCut {
    /// `TL1 · 2 kali x 0,5 %`.
    pub label: String,
    /// Sum.
    pub percent: Percent,
}

/// A counter of the year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearCounter {
    /// What is counted: `Tanpa keterangan`.
    pub label: String,
    /// The value with unit: `2 hari`.
    pub value: String,
    /// What comes next: `1 hari lagi menuju teguran lisan (PP 94/2021).`
    pub next: String,
    /// How serious it is.
    pub tone: Tone,
}

impl KartuPage {
    fn t(&self) -> KartuTexts {
        KartuTexts(self.shell.lang)
    }

    fn month_title(&self) -> String {
        lang::month_title(self.month, self.shell.lang)
    }

    /// The days in weeks from Monday; `None` stands before the first and after the last day.
    fn weeks(&self) -> Vec<Vec<Option<&CardDay>>> {
        let lead = self
            .days
            .first()
            .and_then(|d| usize::try_from(d.date.weekday().to_monday_zero_offset()).ok())
            .unwrap_or(0);
        let mut cells: Vec<Option<&CardDay>> = vec![None; lead];
        cells.extend(self.days.iter().map(Some));
        cells.resize(cells.len().div_ceil(7) * 7, None);
        cells.chunks(7).map(<[_]>::to_vec).collect()
    }

    fn weekdays(&self) -> [&'static str; 7] {
        match self.shell.lang {
            lang::Lang::Id => ["Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min"],
            lang::Lang::En => ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        }
    }

    fn is_today(&self, day: &CardDay) -> bool {
        day.date == self.today
    }
}

impl CardDay {
    /// Letters of the mark; a plain present day is `H` here, because there is room.
    fn letters(&self) -> &str {
        match self.mark.tone {
            MarkTone::Hadir => "H",
            _ => &self.mark.text,
        }
    }

    fn letter_class(&self) -> &'static str {
        match self.mark.tone {
            MarkTone::Hadir => "h",
            _ => "",
        }
    }
}
