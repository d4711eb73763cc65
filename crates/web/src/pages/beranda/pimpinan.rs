//! Start page of the Bupati and Sekda: one number, and "no data yet" apart from "absent".

use askama::Template;
use domain::lang;
use jiff::civil::Date;
use service::day_counts::DayCounts;

use super::BerandaTexts;
use crate::pages::{
    figures::{count, percent},
    layout::{Shell, Tone},
};

/// The page of the leadership. Read only.
#[derive(Debug, Clone, Template)]
#[template(path = "beranda/pimpinan.html")]
pub struct PimpinanHome {
    /// The frame.
    pub shell: Shell,
    /// Today.
    pub today: Date,
    /// Today so far; `None` before the first working hour or on a free day.
    pub counts: Option<DayCounts>,
    /// Yesterday's rate, `93,1`.
    pub yesterday: Option<String>,
    /// From when the first data is expected, `07.00`, shown before it arrives; `None` on a day free for all.
    pub first_data: Option<String>,
    /// What the leadership should know.
    pub alerts: Vec<Alert>,
    /// OPDs, lowest rate first.
    pub units: Vec<UnitRate>,
    /// OPDs with data of all OPDs in force.
    pub with_data: (u32, u32),
}

/// Something that stands out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// How serious.
    pub tone: Tone,
    /// Headline: `2 terminal belum mengirim data.`
    pub title: String,
    /// The rest.
    pub text: String,
}

/// The rate of one OPD.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitRate {
    /// Key in addresses.
    pub key: String,
    /// Name.
    pub name: String,
    /// Counts of today; `None` when no data has arrived.
    pub counts: Option<DayCounts>,
}

impl UnitRate {
    fn whole_rate(&self) -> Option<u32> {
        let counts = self.counts?;
        (counts.due > 0).then(|| counts.present * 100 / counts.due)
    }
}

impl PimpinanHome {
    fn t(&self) -> BerandaTexts {
        BerandaTexts(self.shell.lang)
    }

    fn date(&self) -> String {
        lang::long_date(self.today, self.shell.lang)
    }

    fn n(&self, number: &u32) -> String {
        count(*number)
    }

    fn of(&self, counts: &DayCounts) -> String {
        percent(counts.present, counts.due).unwrap_or_default()
    }
}
