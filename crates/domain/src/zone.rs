//! The three civil time zones of Indonesia. They have fixed offsets and no daylight saving time.

use jiff::{Timestamp, civil::DateTime, tz::Offset};
use serde::{Deserialize, Serialize};

/// A civil time zone of Indonesia.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Default)]
#[serde(rename_all = "UPPERCASE")]
pub enum Zone {
    /// Waktu Indonesia Barat, UTC+7.
    #[default]
    Wib,
    /// Waktu Indonesia Tengah, UTC+8.
    Wita,
    /// Waktu Indonesia Timur, UTC+9.
    Wit,
}

impl Zone {
    /// All zones, west to east.
    pub const ALL: [Zone; 3] = [Zone::Wib, Zone::Wita, Zone::Wit];

    /// Whole hours east of UTC; this is also what a ZKTeco terminal is told as `TimeZone`.
    pub const fn hours(self) -> i8 {
        match self {
            Zone::Wib => 7,
            Zone::Wita => 8,
            Zone::Wit => 9,
        }
    }

    /// The abbreviation printed after a time: `07.30 WIB`.
    pub const fn abbreviation(self) -> &'static str {
        match self {
            Zone::Wib => "WIB",
            Zone::Wita => "WITA",
            Zone::Wit => "WIT",
        }
    }

    /// Reads `WIB`, `wita`, ….
    pub fn parse(text: &str) -> Option<Zone> {
        Zone::ALL.into_iter().find(|z| z.abbreviation().eq_ignore_ascii_case(text.trim()))
    }

    /// The civil date and time that a wall clock in this zone shows at `at`.
    pub fn local(self, at: Timestamp) -> DateTime {
        Offset::constant(self.hours()).to_datetime(at)
    }

    /// The instant at which a wall clock in this zone shows `local`; `None` beyond the year range of jiff.
    pub fn instant(self, local: DateTime) -> Option<Timestamp> {
        Offset::constant(self.hours()).to_timestamp(local).ok()
    }
}
