//! The calendar of the government: a year as a picture, what was added here, and the forms that add and revoke.

mod build;
mod entry;
pub mod entry_handler;
pub mod handler;
mod texts;

pub use build::months;
pub use entry::EntryPage;
pub use texts::KalenderTexts;

use askama::Template;
use domain::lang::{self, Lang};
use jiff::civil::Date;

use crate::pages::{layout::Shell, terminal::Choice, unit_link::UnitLink};

/// A year at `/kalender`.
#[derive(Debug, Clone, Template)]
#[template(path = "kalender/year.html")]
pub struct KalenderPage {
    /// The frame.
    pub shell: Shell,
    /// The year shown.
    pub year: i16,
    /// The unit whose calendar it is; `None` for everybody.
    pub unit: Option<UnitLink>,
    /// Units that may be looked at.
    pub units: Vec<UnitLink>,
    /// Whether the national holidays of the year ship with the program.
    pub ships: bool,
    /// The twelve months.
    pub months: Vec<MonthPicture>,
    /// All days of the year with a rule.
    pub days: Vec<DayLine>,
    /// Periods with Ramadan hours.
    pub periods: Vec<PeriodLine>,
    /// The forms; `None` for whoever may only look.
    pub forms: Option<Forms>,
}

/// One month as a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthPicture {
    /// `Agustus`.
    pub name: &'static str,
    /// Weeks from Monday on; `None` outside the month.
    pub weeks: Vec<[Option<DayCell>; 7]>,
}

/// One day of the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayCell {
    /// Day of the month.
    pub day: i8,
    /// What it is.
    pub look: DayLook,
    /// Whether Ramadan hours hold.
    pub ramadan: bool,
    /// Whether it is today.
    pub today: bool,
    /// What it is, in words; empty on ordinary days.
    pub title: String,
}

/// What a day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayLook {
    /// An ordinary day.
    Plain,
    /// Saturday or Sunday.
    Weekend,
    /// Hari libur.
    Holiday,
    /// Cuti bersama.
    SharedLeave,
    /// A holiday elsewhere, a working day here.
    Working,
}

impl DayLook {
    /// Class of the stylesheet.
    pub const fn class(self) -> &'static str {
        match self {
            DayLook::Plain => "",
            DayLook::Weekend => "l",
            DayLook::Holiday => "k",
            DayLook::SharedLeave => "c",
            DayLook::Working => "t",
        }
    }

    /// The letters in the cell, for whoever cannot tell the colours apart.
    pub const fn letters(self) -> &'static str {
        match self {
            DayLook::Plain | DayLook::Weekend => "",
            DayLook::Holiday => "L",
            DayLook::SharedLeave => "CB",
            DayLook::Working => "M",
        }
    }
}

/// A day of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayLine {
    /// The day.
    pub date: Date,
    /// Its name.
    pub name: String,
    /// What it is.
    pub look: DayLook,
    /// Who says so: `Nasional`, `Dinas Pendidikan`.
    pub place: String,
    /// The decree.
    pub basis: String,
    /// Key of the entry, where it was added here.
    pub key: Option<String>,
    /// Whether a narrower place made it a working day.
    pub overruled: bool,
}

/// A period of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodLine {
    /// Key of the entry.
    pub key: String,
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
    /// For whom.
    pub place: String,
    /// The circular.
    pub basis: String,
}

/// The two forms and what was typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Forms {
    /// Places that may be changed.
    pub places: Vec<Choice>,
    /// The day as typed.
    pub day: DayForm,
    /// Ramadan as typed.
    pub ramadan: RamadanForm,
}

/// The form for a day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DayForm {
    /// Code of the place.
    pub place: String,
    /// `YYYY-MM-DD`.
    pub day: String,
    /// `libur`, `cuti_bersama` or `masuk`.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// The decree.
    pub basis: String,
    /// Why.
    pub reason: String,
    /// What is wrong, as a sentence.
    pub error: Option<String>,
}

/// The form for Ramadan hours.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RamadanForm {
    /// Code of the place.
    pub place: String,
    /// First day, `YYYY-MM-DD`.
    pub first: String,
    /// Last day, `YYYY-MM-DD`.
    pub last: String,
    /// The circular.
    pub basis: String,
    /// Why.
    pub reason: String,
    /// What is wrong, as a sentence.
    pub error: Option<String>,
}

impl KalenderPage {
    fn t(&self) -> KalenderTexts {
        KalenderTexts(self.shell.lang)
    }

    fn weekdays(&self) -> [&'static str; 7] {
        match self.shell.lang {
            Lang::Id => ["Sn", "Sl", "Rb", "Km", "Jm", "Sb", "Mg"],
            Lang::En => ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"],
        }
    }

    fn kinds(&self) -> [(&'static str, &'static str); 3] {
        let t = self.t();
        [("libur", t.holiday()), ("cuti_bersama", t.shared()), ("masuk", t.working())]
    }

    fn kind_of(&self, look: &DayLook) -> &'static str {
        let t = self.t();
        match look {
            DayLook::Holiday => t.holiday(),
            DayLook::SharedLeave => t.shared(),
            DayLook::Working => t.working(),
            DayLook::Plain | DayLook::Weekend => "",
        }
    }

    fn date(&self, date: &Date) -> String {
        lang::long_date(*date, self.shell.lang)
    }

    fn range(&self, first: &Date, last: &Date) -> String {
        let say = |d: &Date| lang::plain_date(*d, self.shell.lang);
        format!("{} – {}", say(first), say(last))
    }

    /// Address of another year for the same unit.
    fn at(&self, year: i16) -> String {
        handler::address(year, self.unit.as_ref().map(|u| u.key.as_str()))
    }

    fn is_chosen(&self, unit: &UnitLink) -> bool {
        self.unit.as_ref().is_some_and(|u| u.key == unit.key)
    }
}
