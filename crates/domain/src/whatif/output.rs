//! What a judge file answers.

use jiff::civil::{Date, DateTime};
use serde::Serialize;

use crate::{
    day::DayResult,
    document::Problem,
    lang::{Lang, weekday_name},
    policy::TppResult,
    recap::Totals,
    zone::Zone,
};

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Output {
    /// Version of the format.
    pub version: u32,
    /// The zone of all times.
    pub zone: Zone,
    /// First day judged.
    pub from: Date,
    /// Last day judged.
    pub until: Date,
    /// The moment as of which was judged.
    pub as_of: DateTime,
    /// The people in the order of the file.
    pub persons: Vec<PersonOutput>,
    /// Doubts that did not prevent an answer.
    pub warnings: Vec<Problem>,
}

/// One person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonOutput {
    /// As in the file.
    pub id: String,
    /// As in the file.
    pub name: String,
    /// Every day of the range, in order.
    pub days: Vec<DayOutput>,
    /// The days in numbers.
    pub totals: Totals,
    /// One TPP for each whole month of the range.
    pub tpp: Vec<TppResult>,
}

/// One day, with its reasons as sentences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DayOutput {
    /// The weekday in Bahasa Indonesia.
    pub weekday: &'static str,
    /// The judged day.
    #[serde(flatten)]
    pub day: DayResult,
    /// The reasons in Bahasa Indonesia.
    pub text_id: Vec<String>,
    /// The reasons in English.
    pub text_en: Vec<String>,
}

impl DayOutput {
    pub(super) fn of(day: DayResult) -> DayOutput {
        let sentences = |lang| day.reasons.iter().map(|r| r.text(lang)).collect();
        DayOutput {
            weekday: weekday_name(day.date.weekday(), Lang::Id),
            text_id: sentences(Lang::Id),
            text_en: sentences(Lang::En),
            day,
        }
    }
}
