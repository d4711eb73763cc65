//! The rollout: how many OPDs are in force, and what the others still lack.

pub mod handler;
mod texts;

pub use texts::CakupanTexts;

use askama::Template;
use domain::{lang, org::Stage};
use jiff::civil::Date;

use crate::pages::{figures, layout::Shell};

/// The tracker at `/cakupan`.
#[derive(Debug, Clone, Template)]
#[template(path = "cakupan/cakupan.html")]
pub struct CakupanPage {
    /// The frame.
    pub shell: Shell,
    /// Every OPD.
    pub units: Vec<RolloutRow>,
    /// Employees in OPDs in force, and of all.
    pub people: (u32, u32),
}

/// One OPD on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RolloutRow {
    /// Key in addresses.
    pub key: String,
    /// Name.
    pub name: String,
    /// Where it stands; `None` has not begun.
    pub stage: Option<Stage>,
    /// Since when.
    pub since: Option<Date>,
    /// Employees.
    pub people: u32,
    /// What it still lacks for the next stage, as sentences.
    pub lacks: Vec<String>,
}

impl CakupanTexts {
    /// Words of a stage; `None` has not begun.
    pub const fn stage_of(self, stage: &Option<Stage>) -> &'static str {
        match stage {
            None => self.not_begun(),
            Some(stage) => self.stage_name(stage),
        }
    }

    /// Words of a stage.
    pub const fn stage_name(self, stage: &Stage) -> &'static str {
        match stage {
            Stage::Pendataan => self.collecting(),
            Stage::UjiCoba => self.trial(),
            Stage::Berlaku => self.in_force(),
        }
    }
}

impl RolloutRow {
    fn stage_class(&self) -> &'static str {
        stage_class(self.stage)
    }
}

const fn stage_class(stage: Option<Stage>) -> &'static str {
    match stage {
        None => "",
        Some(Stage::Pendataan) => "info",
        Some(Stage::UjiCoba) => "warn",
        Some(Stage::Berlaku) => "good",
    }
}

impl CakupanPage {
    fn t(&self) -> CakupanTexts {
        CakupanTexts(self.shell.lang)
    }

    fn at(&self, stage: Option<Stage>) -> usize {
        self.units.iter().filter(|u| u.stage == stage).count()
    }

    fn in_force(&self) -> usize {
        self.at(Some(Stage::Berlaku))
    }

    fn steps(&self) -> [(usize, &'static str, &'static str); 4] {
        [None, Some(Stage::Pendataan), Some(Stage::UjiCoba), Some(Stage::Berlaku)]
            .map(|stage| (self.at(stage), self.t().stage_of(&stage), stage_class(stage)))
    }

    fn n(&self, number: &u32) -> String {
        figures::count(*number)
    }

    fn share(&self) -> String {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        figures::percent(count(self.in_force()), count(self.units.len())).unwrap_or_else(|| "0".into())
    }

    fn date(&self, date: &Date) -> String {
        lang::plain_date(*date, self.shell.lang)
    }
}

/// Moving one OPD to another stage at `/cakupan/{unit}`.
#[derive(Debug, Clone, Template)]
#[template(path = "cakupan/tahap.html")]
pub struct TahapPage {
    /// The frame.
    pub shell: Shell,
    /// The OPD as it stands.
    pub unit: RolloutRow,
    /// Stages it went through: stage, since, letter.
    pub history: Vec<(Stage, Date, String)>,
    /// The form.
    pub form: TahapForm,
    /// Whether the person may change the stage.
    pub may_change: bool,
}

/// The form that moves an OPD.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TahapForm {
    /// The stage chosen.
    pub stage: Stage,
    /// From which day, `YYYY-MM-DD`.
    pub from: String,
    /// Number of the circular or decision.
    pub letter: String,
    /// What is wrong, as a sentence.
    pub error: Option<String>,
}

impl TahapPage {
    fn t(&self) -> CakupanTexts {
        CakupanTexts(self.shell.lang)
    }

    fn stages(&self) -> [(Stage, &'static str, &'static str); 3] {
        let t = self.t();
        Stage::ALL.map(|stage| {
            let meaning = match stage {
                Stage::Pendataan => t.collecting_text(),
                Stage::UjiCoba => t.trial_text(),
                Stage::Berlaku => t.in_force_text(),
            };
            (stage, t.stage_name(&stage), meaning)
        })
    }

    fn date(&self, date: &Date) -> String {
        lang::plain_date(*date, self.shell.lang)
    }

    fn n(&self, number: &u32) -> String {
        figures::count(*number)
    }
}
