//! The two languages of the product and the Indonesian spelling of dates and times.

use jiff::civil::{Date, DateTime, Time, Weekday};
use serde::{Deserialize, Serialize};

use crate::{month::Month, zone::Zone};

/// A language of the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Bahasa Indonesia.
    #[default]
    Id,
    /// English.
    En,
}

impl Lang {
    /// Picks the text of this language.
    pub fn pick<'a>(self, id: &'a str, en: &'a str) -> &'a str {
        match self {
            Lang::Id => id,
            Lang::En => en,
        }
    }

    /// The code used in `lang=` and in links.
    pub const fn code(self) -> &'static str {
        match self {
            Lang::Id => "id",
            Lang::En => "en",
        }
    }
}

const MONTHS_ID: [&str; 12] = [
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
    "November", "Desember",
];
const MONTHS_EN: [&str; 12] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
];

/// The name of month 1..=12.
pub fn month_name(number: i8, lang: Lang) -> &'static str {
    let index = usize::try_from(number - 1).unwrap_or(0).min(11);
    match lang {
        Lang::Id => MONTHS_ID[index],
        Lang::En => MONTHS_EN[index],
    }
}

/// The full weekday name: `Senin`.
pub fn weekday_name(day: Weekday, lang: Lang) -> &'static str {
    let id = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"];
    let en = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let index = usize::try_from(day.to_monday_zero_offset()).unwrap_or(0);
    match lang {
        Lang::Id => id[index],
        Lang::En => en[index],
    }
}

/// `Senin, 2 Maret 2026`.
pub fn long_date(date: Date, lang: Lang) -> String {
    format!("{}, {}", weekday_name(date.weekday(), lang), plain_date(date, lang))
}

/// `2 Maret 2026`.
pub fn plain_date(date: Date, lang: Lang) -> String {
    format!("{} {} {}", date.day(), month_name(date.month(), lang), date.year())
}

/// `November 2026`.
pub fn month_title(month: Month, lang: Lang) -> String {
    format!("{} {}", month_name(month.number(), lang), month.year())
}

/// `07.30`: hours and minutes with a dot, as letters and screens write it.
pub fn clock_time(time: Time) -> String {
    format!("{:02}.{:02}", time.hour(), time.minute())
}

/// `07.30 WIB`.
pub fn zoned_time(at: DateTime, zone: Zone) -> String {
    format!("{} {}", clock_time(at.time()), zone.abbreviation())
}
