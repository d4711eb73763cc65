//! "Kenapa angka ini": every cut of one person's month with its day, minutes, rule, article, percent and rupiah.

use askama::Template;
use domain::{
    lang,
    money::{Percent, Rupiah},
    month::Month,
};
use jiff::civil::Date;

use super::{PolicyBasis, TppState, TppTexts};
use crate::pages::{layout::Shell, person_head::PersonHead, unit_link::UnitLink};

/// The explanation at `/tpp/{unit}/{month}/{employee}`.
#[derive(Debug, Clone, Template)]
#[template(path = "tpp/explain.html")]
pub struct ExplainPage {
    /// The frame.
    pub shell: Shell,
    /// OPD of the list it belongs to.
    pub unit: UnitLink,
    /// The person.
    pub person: PersonHead,
    /// The month.
    pub month: Month,
    /// How far the list is.
    pub state: TppState,
    /// The policy.
    pub policy: PolicyBasis,
    /// TPP of the position before anything is taken off.
    pub amount: Rupiah,
    /// Its parts (discipline, productivity, …).
    pub parts: Vec<PartLine>,
    /// What follows after the parts: further sanctions, rounding, tax.
    pub after: Vec<AfterLine>,
    /// What is paid.
    pub pay: Rupiah,
    /// A sentence if nothing of this counts yet: `Masa uji coba.`
    pub not_cut: Option<String>,
}

/// One part of the TPP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartLine {
    /// Name: `Disiplin kerja`.
    pub name: String,
    /// Share of the whole.
    pub share: Percent,
    /// The part in rupiah.
    pub amount: Rupiah,
    /// What is taken off, in order of days.
    pub cuts: Vec<CutLine>,
    /// Sum of the percents after caps.
    pub cut_percent: Percent,
    /// Sum in rupiah.
    pub cut_amount: Rupiah,
    /// What remains.
    pub rest: Rupiah,
    /// Notes: `Dibatasi 100 % (Pasal 12).`
    pub notes: Vec<String>,
}

/// One cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CutLine {
    /// The day; `None` for a cut of the whole month.
    pub day: Option<Date>,
    /// What happened: `Terlambat`.
    pub what: String,
    /// Minutes, where minutes count.
    pub minutes: Option<i64>,
    /// The rule: `TL1`.
    pub rule: String,
    /// The article.
    pub article: String,
    /// Percent.
    pub percent: Percent,
    /// Rupiah.
    pub amount: Rupiah,
}

/// A step after the parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AfterLine {
    /// What: `Pembulatan ke rupiah penuh`.
    pub name: String,
    /// Its article, if any.
    pub article: String,
    /// What it changes; negative takes away.
    pub amount: Rupiah,
}

impl ExplainPage {
    fn t(&self) -> TppTexts {
        TppTexts(self.shell.lang)
    }

    fn month_title(&self) -> String {
        lang::month_title(self.month, self.shell.lang)
    }

    fn day(&self, date: &Date) -> String {
        let week = lang::weekday_name(date.weekday(), self.shell.lang);
        format!("{week}, {}", date.day())
    }
}
