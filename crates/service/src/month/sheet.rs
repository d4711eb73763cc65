//! The judged month of a set of people: what the day list, the month matrix, the card and the pay list are made of.

use std::{collections::HashMap, sync::Arc};

use domain::{
    day::DayResult,
    discipline::Tally,
    employment::EmploymentKind,
    ids::{EmployeeId, TerminalId, UnitId},
    lang::Lang,
    month::Month,
    org::Stage,
    policy::TppResult,
    recap::Totals,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use store::{
    month_close::{CloseHead, CloseState},
    punch::PunchRow,
    status::PersonStatus,
};

use super::{
    past::Carried,
    problem::{Problem, of_person, of_sheet},
};
use crate::{actors::Actors, reference::Reference};

/// The judged days of people between two dates of one month.
#[derive(Debug, Clone)]
pub struct MonthSheet {
    /// What it was judged by.
    pub reference: Arc<Reference>,
    /// The unit asked for; `None` for single people.
    pub unit: Option<UnitId>,
    /// The month.
    pub month: Month,
    /// First judged day.
    pub from: Date,
    /// Last judged day.
    pub until: Date,
    /// As of when it was judged.
    pub as_of: Timestamp,
    /// "Today" in the zone of the unit.
    pub today: Date,
    /// The people, by name.
    pub people: Vec<PersonSheet>,
    /// Newest closing of the month, if the unit is an OPD that has closed it.
    pub close: Option<CloseHead>,
    /// Name of whoever closed it.
    pub close_by: String,
    /// Names of terminals.
    pub terminal_names: HashMap<TerminalId, String>,
    /// Who stands behind the actors of the statuses; only read for single people.
    pub actors: Actors,
    /// Instant of the newest data from any terminal of the unit.
    pub data_until: Option<Timestamp>,
    /// Terminals of the unit that have been silent for too long, by name.
    pub silent_terminals: Vec<String>,
}

/// The judged month of one person. Its JSON is what a lock stores, so fields are only ever added there with a default;
/// what is not judged is left out of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PersonSheet {
    /// The person.
    pub id: EmployeeId,
    /// Name with titles.
    pub name: String,
    /// NIP or NI PPPK, 18 digits.
    pub number: String,
    /// Kind of employment on the last day.
    pub kind: Option<EmploymentKind>,
    /// Golongan ruang on the last day.
    pub golongan: String,
    /// Post on the last day.
    pub jabatan: String,
    /// Eselon on the last day.
    pub eselon: String,
    /// Class on the last day.
    pub kelas: Option<u8>,
    /// Unit on the last day.
    pub unit: Option<UnitId>,
    /// Stage of the OPD on the last judged day.
    pub stage: Stage,
    /// Whether any schedule applies in the month.
    #[serde(skip, default = "settled")]
    pub has_schedule: bool,
    /// Whether a terminal knows the person; without that, no punch can arrive.
    #[serde(skip, default = "settled")]
    pub has_pin: bool,
    /// One result for each judged day.
    pub days: Vec<DayResult>,
    /// Days of the month on which the person belonged to another OPD than the one asked for.
    pub elsewhere: Vec<Date>,
    /// Days of TK that the office has confirmed.
    pub confirmed_absent: Vec<Date>,
    /// Leaves, duties and other statuses that touch the days.
    #[serde(skip)]
    pub statuses: Vec<PersonStatus>,
    /// Punches around the days.
    #[serde(skip)]
    pub punches: Vec<PunchRow>,
    /// TPP of the month; `None` where no policy covers the person or it was not asked for.
    pub tpp: Option<TppResult>,
    /// Absence and lost minutes since 1 January, of days on which the OPD was in force; `None` where not asked for.
    #[serde(skip)]
    pub year: Option<Tally>,
    /// What the month hands on to later ones; only made for the lock.
    #[serde(skip)]
    pub carried: Option<Carried>,
}

/// A month could not have been locked without it.
const fn settled() -> bool {
    true
}

impl PersonSheet {
    /// Totals of the judged days that belong to the unit asked for.
    pub fn totals(&self) -> Totals {
        if self.elsewhere.is_empty() {
            return Totals::of(&self.days);
        }
        let here: Vec<DayResult> =
            self.days.iter().filter(|d| !self.elsewhere.contains(&d.date)).cloned().collect();
        Totals::of(&here)
    }

    /// The judged day of `date`.
    pub fn day(&self, date: Date) -> Option<&DayResult> {
        self.days.iter().find(|d| d.date == date)
    }
}

impl MonthSheet {
    /// Everything that is still open, problems that prevent the lock first.
    pub fn problems(&self) -> Vec<Problem> {
        let mut found = of_sheet(self);
        for person in &self.people {
            found.extend(of_person(person, self));
        }
        found.sort_by_key(|p| !p.blocks());
        found
    }

    /// A person of the sheet.
    pub fn person(&self, id: EmployeeId) -> Option<&PersonSheet> {
        self.people.iter().find(|p| p.id == id)
    }

    /// Name of the unit asked for.
    pub fn unit_name(&self) -> &str {
        self.unit.map_or("", |unit| self.reference.units.name(unit))
    }

    /// Names of the holidays on the judged days, by the calendar of the unit.
    pub fn holiday(&self, date: Date) -> Option<String> {
        let unit = self.unit?;
        self.reference.calendar(unit).holiday(date).map(|mark| mark.name.clone())
    }

    /// The word for how far the month is: open, locked, verified.
    pub fn state_text(&self, lang: Lang) -> &'static str {
        match self.close.as_ref().map(|c| c.state) {
            None | Some(CloseState::Reopened) => lang.pick("Belum dikunci", "Not locked"),
            Some(CloseState::Locked) => lang.pick("Dikunci OPD", "Locked by the OPD"),
            Some(CloseState::Verified) => lang.pick("Diverifikasi BKPSDM", "Verified by BKPSDM"),
        }
    }
}
