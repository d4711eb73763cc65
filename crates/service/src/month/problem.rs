//! What still stands between an OPD and the lock of its month: what it is, whether it prevents the lock, and the way on.

use domain::{
    day::DayCode,
    ids::EmployeeId,
    lang::{self, Lang},
    policy::Outcome,
};
use jiff::civil::Date;

use super::sheet::{MonthSheet, PersonSheet};

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
    /// No TPP policy is in force in the month, for anybody.
    NoPolicy,
    /// Policies are in force, but none covers the person.
    NotCovered,
    /// The kind of employment is not known, so no policy can be chosen.
    NoKind,
    /// A policy covers the person, and no amount is set.
    NoAmount,
}

/// An open matter, of a person or of the OPD.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The person, unless it concerns the OPD as a whole.
    pub person: Option<(EmployeeId, String)>,
    /// What it is.
    pub kind: ProblemKind,
    /// Whether the OPD was in force at the end of the month, so that pay depends on it.
    pub in_force: bool,
}

impl Problem {
    /// Whether the month cannot be locked before this is settled.
    ///
    /// What is not known of a day prevents the lock in every stage: a locked sheet must be whole. What is not known of
    /// pay prevents it once the OPD is in force, because the lock fixes the pay. A missing punch costs its own cut and
    /// may stay; that no policy covers somebody may be meant so.
    pub fn blocks(&self) -> bool {
        match self.kind {
            ProblemKind::MonthNotOver
            | ProblemKind::UnexplainedAbsence(_)
            | ProblemKind::NoData(_)
            | ProblemKind::NoSchedule
            | ProblemKind::NoPin => true,
            ProblemKind::MissingInput(_)
            | ProblemKind::NoPolicy
            | ProblemKind::NoKind
            | ProblemKind::NoAmount => self.in_force,
            ProblemKind::MissingPunch(_) | ProblemKind::NotCovered => false,
        }
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
            (ProblemKind::NoPolicy, Lang::Id) => "Belum ada aturan TPP yang berlaku pada bulan ini.".into(),
            (ProblemKind::NoPolicy, Lang::En) => "No TPP policy is in force in this month.".into(),
            (ProblemKind::NotCovered, Lang::Id) => "Tidak tercakup aturan TPP mana pun.".into(),
            (ProblemKind::NotCovered, Lang::En) => "No TPP policy covers this person.".into(),
            (ProblemKind::NoKind, Lang::Id) => "Jenis pegawai belum diketahui.".into(),
            (ProblemKind::NoKind, Lang::En) => "The kind of employment is not known.".into(),
            (ProblemKind::NoAmount, Lang::Id) => "Besaran TPP belum ditetapkan.".into(),
            (ProblemKind::NoAmount, Lang::En) => "No TPP amount is set.".into(),
        }
    }

    /// The way on: who does what.
    pub fn remedy(&self, lang: Lang) -> &'static str {
        let (id, en) = match self.kind {
            ProblemKind::MonthNotOver => ("Tunggu sampai bulan berakhir.", "Wait until the month is over."),
            ProblemKind::UnexplainedAbsence(_) => (
                "Buka harinya, catat surat atau nyatakan benar tanpa keterangan.",
                "Open the day; record a letter, or confirm the absence.",
            ),
            ProblemKind::MissingPunch(_) => (
                "Boleh dibiarkan: dipotong menurut aturannya. Bila ada surat, catat pada harinya.",
                "May stay: it is cut by its rule. If there is a letter, record it on the day.",
            ),
            ProblemKind::NoData(_) => (
                "Periksa terminal OPD ini; bila rusak, minta Diskominfo mencatat gangguan.",
                "Look at the terminals of the OPD; if one is broken, ask Diskominfo to declare the outage.",
            ),
            ProblemKind::NoSchedule => {
                ("Tetapkan di halaman Jadwal.", "Assign one on the page of schedules.")
            }
            ProblemKind::NoPin => {
                ("Hubungkan PIN di halaman Terminal.", "Connect the PIN on the page of terminals.")
            }
            ProblemKind::MissingInput(_) => (
                "Minta BKPSDM mengimpor angka bulan ini (hadir import figures). Bila memang nihil, isi 0.",
                "Ask BKPSDM to import the figures of the month (hadir import figures). If there is nothing, give 0.",
            ),
            ProblemKind::NoPolicy => (
                "Minta BKPSDM memberlakukan aturan TPP di halaman Aturan.",
                "Ask BKPSDM to activate a TPP policy on the page of rules.",
            ),
            ProblemKind::NotCovered => (
                "Boleh dibiarkan bila memang tidak menerima TPP. Bila keliru, minta BKPSDM memeriksa aturan atau data pegawai.",
                "May stay if the person gets no TPP. If not so, ask BKPSDM to check the policy or the person's data.",
            ),
            ProblemKind::NoKind => (
                "Lengkapi jenis pegawai lewat impor pegawai.",
                "Give the kind of employment through the import of employees.",
            ),
            ProblemKind::NoAmount => (
                "Lengkapi kelas jabatan atau besaran TPP lewat impor pegawai. Bila memang tidak menerima, isi 0.",
                "Give the class or the amount through the import of employees. If the person gets none, give 0.",
            ),
        };
        lang.pick(id, en)
    }
}

/// Finds the open matters that concern the OPD as a whole.
pub(super) fn of_sheet(sheet: &MonthSheet) -> Vec<Problem> {
    let in_force = sheet.people.iter().any(|p| p.stage.cuts_apply());
    let about = |kind| Problem { person: None, kind, in_force };
    let mut found = Vec::new();
    if sheet.today <= sheet.month.last() {
        found.push(about(ProblemKind::MonthNotOver));
    }
    if !sheet.people.is_empty() && !has_policy(sheet) {
        found.push(about(ProblemKind::NoPolicy));
    }
    found
}

fn has_policy(sheet: &MonthSheet) -> bool {
    let day = sheet.month.last();
    let holds = |p: &domain::policy::Policy| {
        p.effective_from() <= day && p.effective_until().is_none_or(|until| day <= until)
    };
    sheet.reference.policies.all().iter().any(holds)
}

/// Finds the open matters of one person.
pub(super) fn of_person(person: &PersonSheet, sheet: &MonthSheet) -> Vec<Problem> {
    let in_force = person.stage.cuts_apply();
    let about = |kind| Problem { person: Some((person.id, person.name.clone())), kind, in_force };
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
    if without_schedule && !person.has_schedule {
        found.push(about(ProblemKind::NoSchedule));
    }
    found.extend(of_pay(person, sheet).into_iter().map(about));
    found
}

/// What the pay of a person still lacks.
fn of_pay(person: &PersonSheet, sheet: &MonthSheet) -> Vec<ProblemKind> {
    // Only a whole month is paid, and somebody who has left to another OPD is paid there.
    if sheet.unit.is_none() || person.elsewhere.contains(&sheet.month.last()) || !has_policy(sheet) {
        return Vec::new();
    }
    let Some(tpp) = &person.tpp else {
        let kind = if person.kind.is_none() { ProblemKind::NoKind } else { ProblemKind::NotCovered };
        return vec![kind];
    };
    if tpp.outcome == Outcome::NoAmount {
        return vec![ProblemKind::NoAmount];
    }
    tpp.missing_inputs.iter().map(|name| ProblemKind::MissingInput(name.to_string())).collect()
}
