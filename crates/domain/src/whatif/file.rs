//! The file as it is written.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{calendar::CalendarPart, punches::Punches, range::Moment};
use crate::{
    day::{DayPart, Gap},
    employment::EmploymentKind,
    month::Month,
    org::Stage,
    policy::{Correction, EventDuty, InputValue},
    schedule::{Roster, Schedule, builtin},
    status::StatusCode,
    zone::Zone,
};

/// The version of the format.
pub const VERSION: u32 = 1;

/// A judge file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JudgeFile {
    /// Version of the format; 1.
    #[serde(default = "version")]
    pub version: u32,
    /// Free text for the reader.
    #[serde(default)]
    pub title: String,
    /// The zone of the place of work; only punches written with an offset need it.
    #[serde(default)]
    pub zone: Zone,
    /// The month to judge.
    #[serde(default)]
    pub month: Option<Month>,
    /// First day to judge, instead of a month.
    #[serde(default)]
    pub from: Option<Date>,
    /// Last day to judge.
    #[serde(default)]
    pub until: Option<Date>,
    /// The moment as of which is judged; by default when everything is over.
    #[serde(default)]
    pub as_of: Option<Moment>,
    /// Code of the schedule of everybody who names none.
    #[serde(default = "schedule")]
    pub schedule: String,
    /// The TPP policy: an id or path, or the whole document as a table.
    #[serde(default)]
    pub policy: Option<PolicyPart>,
    /// The TPP policy as TOML text, instead of `policy`.
    #[serde(default)]
    pub policy_text: Option<String>,
    /// Stage of the OPD; cuts apply only in `berlaku`.
    #[serde(default)]
    pub stage: Option<Stage>,
    /// What is added to the national calendar.
    #[serde(default)]
    pub calendar: CalendarPart,
    /// Schedules written in this file.
    #[serde(default)]
    pub schedules: Vec<Schedule>,
    /// Data gaps and outages that concern everybody.
    #[serde(default)]
    pub gaps: Vec<Gap>,
    /// Obligatory events that concern everybody; who was there is said by each person's `missed`.
    #[serde(default)]
    pub events: Vec<EventDuty>,
    /// The people.
    #[serde(default, rename = "person")]
    pub persons: Vec<Person>,
}

fn version() -> u32 {
    VERSION
}

fn schedule() -> String {
    builtin::DEFAULT.to_owned()
}

/// How a policy is given.
#[derive(Debug, Clone)]
pub enum PolicyPart {
    /// By id or path.
    Named(String),
    /// As a table.
    Document(serde_json::Map<String, serde_json::Value>),
}

impl<'de> Deserialize<'de> for PolicyPart {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        match serde_json::Value::deserialize(d)? {
            serde_json::Value::String(name) => Ok(PolicyPart::Named(name)),
            serde_json::Value::Object(table) => Ok(PolicyPart::Document(table)),
            _ => Err(serde::de::Error::custom(
                "a policy is an id or path in quotes, or the policy document as a table",
            )),
        }
    }
}

/// One person.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Any text that tells this person from the others.
    pub id: String,
    /// Name for the reader.
    #[serde(default)]
    pub name: String,
    /// Kind of employment.
    #[serde(default = "pns")]
    pub kind: EmploymentKind,
    /// `III/b`, `IX`.
    #[serde(default)]
    pub golongan: Option<String>,
    /// Kelas jabatan.
    #[serde(default)]
    pub kelas: Option<u8>,
    /// Jabatan.
    #[serde(default)]
    pub jabatan: Option<String>,
    /// Kind of jabatan.
    #[serde(default)]
    pub jenis_jabatan: Option<String>,
    /// Eselon.
    #[serde(default)]
    pub eselon: Option<String>,
    /// Code of the OPD.
    #[serde(default)]
    pub opd: Option<String>,
    /// Anything else the policy asks for.
    #[serde(default)]
    pub attributes: BTreeMap<String, String>,
    /// The whole TPP in rupiah.
    #[serde(default)]
    pub tpp: Option<InputValue>,
    /// Rupiah per criterion, instead of `tpp`.
    #[serde(default)]
    pub amounts: BTreeMap<String, InputValue>,
    /// Monthly salary in rupiah, for contributions with a ceiling.
    #[serde(default)]
    pub salary: Option<InputValue>,
    /// First day of employment.
    #[serde(default)]
    pub employed_from: Option<Date>,
    /// Last day of employment.
    #[serde(default)]
    pub employed_until: Option<Date>,
    /// Code of the schedule, or schedule codes by the date from which they hold.
    #[serde(default)]
    pub schedule: Option<ScheduleUse>,
    /// How many days the person's group runs behind group 0 of a cycle.
    #[serde(default)]
    pub cycle_offset: i32,
    /// Shift codes by date.
    #[serde(default)]
    pub roster: Roster,
    /// The punches.
    #[serde(default)]
    pub punches: Punches,
    /// Punches invented for working days of which the file says nothing.
    #[serde(default)]
    pub fill: Fill,
    /// Dates left without punches by `fill`.
    #[serde(default)]
    pub absent: Vec<Date>,
    /// Leave, duty and other statuses.
    #[serde(default)]
    pub statuses: Vec<StatusEntry>,
    /// Data gaps and outages of this person.
    #[serde(default)]
    pub gaps: Vec<Gap>,
    /// Obligatory events of this person.
    #[serde(default)]
    pub events: Vec<EventDuty>,
    /// Dates of the common events that this person missed; the others were attended.
    #[serde(default)]
    pub missed: Vec<Date>,
    /// Inputs that the policy asks for: `lkh_minutes = 6250`.
    #[serde(default)]
    pub inputs: BTreeMap<String, InputValue>,
    /// Sums of the earlier months of the year.
    #[serde(default)]
    pub year_to_date: BTreeMap<String, InputValue>,
    /// Runs open at the end of the month before.
    #[serde(default)]
    pub spells: BTreeMap<String, InputValue>,
    /// Corrections of locked months.
    #[serde(default)]
    pub corrections: Vec<Correction>,
    /// Stage of the person's OPD, where it differs from the file's.
    #[serde(default)]
    pub stage: Option<Stage>,
    /// Id or path of the person's policy, where it differs from the file's.
    #[serde(default)]
    pub policy: Option<String>,
}

fn pns() -> EmploymentKind {
    EmploymentKind::Pns
}

/// The schedule of a person.
#[derive(Debug, Clone)]
pub enum ScheduleUse {
    /// One throughout.
    Always(String),
    /// By the first date on which each holds.
    Since(BTreeMap<Date, String>),
}

impl<'de> Deserialize<'de> for ScheduleUse {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        use serde::de::Error;
        match serde_json::Value::deserialize(d)? {
            serde_json::Value::String(code) => Ok(ScheduleUse::Always(code)),
            table @ serde_json::Value::Object(_) => {
                serde_json::from_value(table).map(ScheduleUse::Since).map_err(D::Error::custom)
            }
            _ => Err(D::Error::custom(
                "a schedule is a code in quotes, or codes by date: { 2026-01-01 = \"kantor\" }",
            )),
        }
    }
}

/// What to invent for working days without punches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fill {
    /// Nothing: such a day is absence.
    #[default]
    None,
    /// Punches exactly at the start and at the end of each shift.
    OnTime,
}

/// A status as the file writes it: one `date`, or `from` and `until`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusEntry {
    /// The code: `CT`, `DL`, `S`.
    pub code: StatusCode,
    /// The one date.
    #[serde(default)]
    pub date: Option<Date>,
    /// First date.
    #[serde(default)]
    pub from: Option<Date>,
    /// Last date, included.
    #[serde(default)]
    pub until: Option<Date>,
    /// The part of the day.
    #[serde(default)]
    pub part: DayPart,
    /// Number of the letter.
    #[serde(default)]
    pub document: String,
    /// Of several on one day the lowest rank wins.
    #[serde(default)]
    pub rank: Option<u8>,
    /// Only the place of work changes; punches are still judged.
    #[serde(default)]
    pub punches_expected: bool,
}
