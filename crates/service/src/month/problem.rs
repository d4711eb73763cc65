//! What still stands between an OPD and the lock of its month.

use domain::{
    day::DayCode,
    ids::EmployeeId,
    lang::{self, Lang},
};
use jiff::civil::Date;

use super::sheet::PersonSheet;

/// A kind of open matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// The month is not over.
    MonthNotOver,
    /// Absent without reason, and nobody has confirmed that it is so.
    UnexplainedAbsence(Date),
    /// A punch is missing.
    MissingPunch(Date),
    /// Nothing can be said yet: terminal silent, outage, data under way.
    NoData(Date),
    /// No schedule applies to a person who is employed.
    NoSchedule,
    /// No terminal knows the person: no PIN is connected, so nothing can be said of any day.
    NoPin,
    /// A figure that the policy needs and nobody gave, such as the minutes of the day reports.
    MissingInput(String),
}

/// An open matter, of a person or of the OPD.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The person, unless it concerns the OPD as a whole.
    pub person: Option<(EmployeeId, String)>,
    /// What it is.
    pub kind: ProblemKind,
}

impl Problem {
    /// Whether the month cannot be locked before this is settled. A missing punch costs its cut, a missing figure
    /// costs nothing; both may stay.
    pub fn blocks(&self) -> bool {
        !matches!(self.kind, ProblemKind::MissingPunch(_) | ProblemKind::MissingInput(_))
    }

    /// The matter as a sentence, without the name.
    pub fn text(&self, lang: Lang) -> String {
        let day = |date: &Date| lang::long_date(*date, lang);
        match (&self.kind, lang) {
            (ProblemKind::MonthNotOver, Lang::Id) => "Bulan ini belum berakhir.".into(),
            (ProblemKind::MonthNotOver, Lang::En) => "The month is not over.".into(),
            (ProblemKind::UnexplainedAbsence(d), Lang::Id) => {
                format!("TK tanpa klarifikasi pada {}.", day(d))
            }
            (ProblemKind::UnexplainedAbsence(d), Lang::En) => format!("Unexplained absence on {}.", day(d)),
            (ProblemKind::MissingPunch(d), Lang::Id) => format!("Presensi tidak lengkap pada {}.", day(d)),
            (ProblemKind::MissingPunch(d), Lang::En) => format!("A punch is missing on {}.", day(d)),
            (ProblemKind::NoData(d), Lang::Id) => format!("Belum ada data pada {}.", day(d)),
            (ProblemKind::NoData(d), Lang::En) => format!("No data yet on {}.", day(d)),
            (ProblemKind::NoSchedule, Lang::Id) => "Belum punya jadwal kerja.".into(),
            (ProblemKind::NoSchedule, Lang::En) => "Has no work schedule.".into(),
            (ProblemKind::NoPin, Lang::Id) => "PIN di terminal belum terhubung.".into(),
            (ProblemKind::NoPin, Lang::En) => "No PIN on a terminal is connected.".into(),
            (ProblemKind::MissingInput(name), Lang::Id) => format!("Angka '{name}' belum diisi."),
            (ProblemKind::MissingInput(name), Lang::En) => format!("The figure '{name}' is missing."),
        }
    }
}

/// Finds the open matters of one person.
pub(super) fn of_person(person: &PersonSheet) -> Vec<Problem> {
    let about = |kind| Problem { person: Some((person.id, person.name.clone())), kind };
    let mut found = Vec::new();
    let mut without_schedule = false;
    for day in person.days.iter().filter(|d| !person.elsewhere.contains(&d.date)) {
        match day.code {
            DayCode::Tk if !person.confirmed_absent.contains(&day.date) => {
                found.push(about(ProblemKind::UnexplainedAbsence(day.date)));
            }
            DayCode::Belum if !person.has_pin => {}
            DayCode::Belum => found.push(about(ProblemKind::NoData(day.date))),
            DayCode::TanpaJadwal => without_schedule = true,
            _ if day.missing_in || day.missing_out => found.push(about(ProblemKind::MissingPunch(day.date))),
            _ => {}
        }
    }
    if !person.has_pin {
        found.push(about(ProblemKind::NoPin));
    }
    let missing = person.tpp.iter().flat_map(|t| &t.missing_inputs);
    found.extend(missing.map(|name| about(ProblemKind::MissingInput(name.to_string()))));
    if without_schedule && !person.has_schedule {
        found.push(about(ProblemKind::NoSchedule));
    }
    found
}
