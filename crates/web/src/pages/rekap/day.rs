//! The day behind a cell: plan, punches, reasons, effect on pay, corrections, and the form for a note.

use askama::Template;
use domain::{
    lang,
    money::{Percent, Rupiah},
    month::Month,
};
use jiff::civil::Date;

use super::RekapTexts;
use crate::pages::{layout::Shell, mark::Mark, person_head::PersonHead, unit_link::UnitLink};

/// One day of one person at `/rekap/{unit}/{month}/{employee}/{day}`.
///
/// A page of its own without script; the script shows its `.drawer` beside the sheet.
#[derive(Debug, Clone, Template)]
#[template(path = "rekap/day.html")]
pub struct DayPage {
    /// The frame.
    pub shell: Shell,
    /// OPD of the sheet it belongs to.
    pub unit: UnitLink,
    /// The person.
    pub person: PersonHead,
    /// The day.
    pub date: Date,
    /// The mark in the cell.
    pub mark: Mark,
    /// The judgement as a sentence: `Terlambat 24 menit.`
    pub headline: String,
    /// What was planned; empty on a free day.
    pub plan: Vec<PlanLine>,
    /// All punches of the day, counted or not.
    pub punches: Vec<PunchLine>,
    /// Why it was judged so.
    pub reasons: Vec<String>,
    /// What it costs. Empty if nothing.
    pub effects: Vec<Effect>,
    /// A sentence if the effects do not count: `Masa uji coba.`
    pub not_cut: Option<String>,
    /// Corrections and notes, oldest first.
    pub history: Vec<HistoryEntry>,
    /// Why an entry could not be taken back, as a sentence.
    pub revoke_error: Option<String>,
    /// The form; `None` where the person who looks may not write, or the month is locked.
    pub form: Option<StatusForm>,
    /// Why there is no form: `Bulan ini sudah dikunci 4 Desember.`
    pub closed: Option<String>,
}

/// A line of the plan: `Jam kerja` - `07.30 - 16.00`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanLine {
    /// What.
    pub label: String,
    /// Value.
    pub value: String,
}

/// One punch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PunchLine {
    /// Local time with seconds: `07.54.12`.
    pub time: String,
    /// Where it came from: `Terminal lobi (CKJF…)`, `impor berkas`.
    pub source: String,
    /// What was made of it.
    pub used: PunchUse,
    /// Address of its receipt.
    pub receipt: String,
}

/// What was made of a punch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PunchUse {
    /// The check-in.
    In,
    /// The check-out.
    Out,
    /// Seen but not counted.
    Ignored {
        /// Why.
        reason: String,
    },
}

/// What a day costs by one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// The rule: `TL1: terlambat 1-30 menit`.
    pub rule: String,
    /// The article: `Perbup 12/2026 Pasal 9 ayat (2)`.
    pub article: String,
    /// Percent.
    pub percent: Percent,
    /// Of what the percent is taken: `bagian disiplin`.
    pub basis: String,
    /// Rupiah; `None` if the person who looks may not see amounts.
    pub amount: Option<Rupiah>,
}

/// One correction or note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryEntry {
    /// When: `17 November 2026 09.12`.
    pub at: String,
    /// Who.
    pub by: String,
    /// What: `TK menjadi DL`.
    pub what: String,
    /// Why and with which document.
    pub why: String,
    /// Address of its receipt.
    pub receipt: String,
    /// Key of the entry, where whoever looks may take it back.
    pub revocable: Option<String>,
}

/// The form "Catat keterangan".
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StatusForm {
    /// Codes that may be chosen.
    pub choices: Vec<StatusChoice>,
    /// Chosen code.
    pub code: String,
    /// First day, `YYYY-MM-DD`.
    pub from: String,
    /// Last day, `YYYY-MM-DD`.
    pub until: String,
    /// Number of the document.
    pub document: String,
    /// Note.
    pub note: String,
    /// What is wrong with the input: field name and sentence.
    pub errors: Vec<(String, String)>,
}

/// A code to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusChoice {
    /// `DL`.
    pub code: String,
    /// `Dinas luar`.
    pub label: String,
}

impl StatusForm {
    /// The mistake of a field, if any.
    pub fn error(&self, field: &str) -> Option<&str> {
        self.errors.iter().find(|(name, _)| name == field).map(|(_, text)| text.as_str())
    }
}

impl DayPage {
    fn t(&self) -> RekapTexts {
        RekapTexts(self.shell.lang)
    }

    fn month(&self) -> Month {
        Month::of(self.date)
    }

    fn title(&self) -> String {
        lang::long_date(self.date, self.shell.lang)
    }
}
