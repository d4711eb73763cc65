//! What a TPP calculation needs to know of one person and one month.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::exact::{self, InputValue};
use crate::{dated::Timeline, day::DayResult, employment::EmploymentKind, month::Month, org::Stage};

/// Who the person is, as far as rules may ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    /// Kind of employment.
    pub employment: EmploymentKind,
    /// `III/b` for PNS, `IX` for PPPK.
    #[serde(default)]
    pub golongan: Option<String>,
    /// Kelas jabatan 1..=17.
    #[serde(default)]
    pub kelas: Option<u8>,
    /// Name of the jabatan.
    #[serde(default)]
    pub jabatan: Option<String>,
    /// Kind of jabatan, for example `struktural`, `fungsional`, `pelaksana`.
    #[serde(default)]
    pub jenis_jabatan: Option<String>,
    /// `II.b`, `III.a`, …
    #[serde(default)]
    pub eselon: Option<String>,
    /// Code of the OPD.
    #[serde(default)]
    pub opd: Option<String>,
    /// Anything else a regency asks for: `tempat = terpencil`, `profesi = dokter_spesialis`.
    #[serde(default)]
    pub attributes: BTreeMap<String, String>,
}

impl Who {
    /// A person of whom only the kind of employment is known.
    pub fn of(employment: EmploymentKind) -> Who {
        Who {
            employment,
            golongan: None,
            kelas: None,
            jabatan: None,
            jenis_jabatan: None,
            eselon: None,
            opd: None,
            attributes: BTreeMap::new(),
        }
    }
}

/// An obligation to appear at something other than the desk: apel, upacara, senam, sidak, …
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventDuty {
    /// The date.
    pub date: Date,
    /// Free name, as the policy spells it: `apel_senin`.
    pub kind: String,
    /// Sub-event where an event has several on one day: `pagi`, `sore`.
    #[serde(default)]
    pub part: Option<String>,
    /// Whether the person was there. Only `Some(false)` costs; `None` means not recorded yet.
    #[serde(default)]
    pub attended: Option<bool>,
}

/// A named range of dates that rules may ask for: `ramadan`, `ujian`, `bencana`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// Its name.
    pub name: String,
    /// First day.
    pub from: Date,
    /// Last day, included.
    pub until: Date,
}

/// A correction of an earlier month that is already locked, settled in this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// The month that is corrected.
    pub month: Month,
    /// Rupiah owed to the person; negative when the person owes.
    #[serde(deserialize_with = "exact::decimal")]
    pub rupiah: Decimal,
    /// Why, with the document.
    pub reason: String,
}

/// One person and one month, as the evaluator takes it. Everything is data: no clock, no database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonMonth {
    /// The month.
    pub month: Month,
    /// Who the person is, from which date on. Month rules use the last day of the month.
    pub who: Timeline<Who>,
    /// Rupiah per criterion (`beban_kerja`, …) or under `tpp` for the whole; empty means the policy's own table.
    #[serde(default, deserialize_with = "exact::decimals")]
    pub amounts: BTreeMap<String, Decimal>,
    /// Working days of the month for this person's schedule (5-day, 6-day or roster).
    pub working_days: u32,
    /// Required net minutes of the month.
    #[serde(default)]
    pub work_minutes: u32,
    /// Working days on which the person held the post, when not the whole month (new, moved, left).
    #[serde(default)]
    pub active_working_days: Option<u32>,
    /// Calendar days on which the person held the post, when not the whole month.
    #[serde(default)]
    pub active_calendar_days: Option<u32>,
    /// Judged days, any order, one per date.
    pub days: Vec<DayResult>,
    /// Stage of the OPD from which date on. A date without a stage counts as `berlaku`.
    #[serde(default)]
    pub stage: Timeline<Stage>,
    /// Obligations with their outcome.
    #[serde(default)]
    pub events: Vec<EventDuty>,
    /// Named periods that touch the month.
    #[serde(default)]
    pub periods: Vec<Period>,
    /// Inputs that the policy declares under `[inputs]`.
    #[serde(default)]
    pub inputs: BTreeMap<String, InputValue>,
    /// Sums of the earlier months of the year, by measure name: [`super::TppResult::counters`] added up.
    #[serde(default, deserialize_with = "exact::decimals")]
    pub year_to_date: BTreeMap<String, Decimal>,
    /// Runs that were still open at the end of the month before: its [`super::TppResult::spells`].
    #[serde(default, deserialize_with = "exact::decimals")]
    pub spells: BTreeMap<String, Decimal>,
    /// Monthly salary, for contributions with a common ceiling (BPJS).
    #[serde(default, deserialize_with = "exact::optional_decimal")]
    pub salary: Option<Decimal>,
    /// Corrections of locked months.
    #[serde(default)]
    pub corrections: Vec<Correction>,
}

impl PersonMonth {
    /// A month without days, of a person who is `who` throughout.
    pub fn new(month: Month, who: Who, working_days: u32) -> PersonMonth {
        PersonMonth {
            month,
            who: Timeline::always(who),
            amounts: BTreeMap::new(),
            working_days,
            work_minutes: working_days * 450,
            active_working_days: None,
            active_calendar_days: None,
            days: Vec::new(),
            stage: Timeline::default(),
            events: Vec::new(),
            periods: Vec::new(),
            inputs: BTreeMap::new(),
            year_to_date: BTreeMap::new(),
            spells: BTreeMap::new(),
            salary: None,
            corrections: Vec::new(),
        }
    }
}
