//! Whose calendar an entry belongs to.

use domain::{calendar::Level, ids::UnitId, lang::Lang};

use crate::reference::Units;

/// Whose calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// The country; for amendments of the decree and years that do not ship yet.
    National,
    /// The province.
    Province,
    /// The kabupaten or kota.
    Regency,
    /// A unit and everything below it.
    Unit(UnitId),
}

impl Place {
    /// The places that hold for everybody.
    pub const WIDE: [Place; 3] = [Place::National, Place::Province, Place::Regency];

    /// The place of a stored entry.
    pub fn of(level: Level, unit: Option<UnitId>) -> Place {
        match (level, unit) {
            (_, Some(unit)) => Place::Unit(unit),
            (Level::National, None) => Place::National,
            (Level::Province, None) => Place::Province,
            (Level::Regency | Level::Unit, None) => Place::Regency,
        }
    }

    /// The layer.
    pub const fn level(self) -> Level {
        match self {
            Place::National => Level::National,
            Place::Province => Level::Province,
            Place::Regency => Level::Regency,
            Place::Unit(_) => Level::Unit,
        }
    }

    /// The unit, for the layer of a unit.
    pub const fn unit(self) -> Option<UnitId> {
        match self {
            Place::Unit(unit) => Some(unit),
            _ => None,
        }
    }

    /// The code in forms and on the command line; a unit is `unit:CODE`.
    pub fn code(self, units: &Units) -> String {
        match self {
            Place::National => "national".to_owned(),
            Place::Province => "province".to_owned(),
            Place::Regency => "regency".to_owned(),
            Place::Unit(unit) => format!("unit:{}", units.get(unit).map_or("", |u| u.code.as_str())),
        }
    }

    /// Reads a [`Place::code`]; `None` for a word or unit that does not exist.
    pub fn parse(code: &str, units: &Units) -> Option<Place> {
        match code.trim() {
            "national" => Some(Place::National),
            "province" => Some(Place::Province),
            "regency" => Some(Place::Regency),
            other => units.by_code(other.strip_prefix("unit:")?).map(|u| Place::Unit(u.unit_id)),
        }
    }

    /// Its name: `Kabupaten/Kota`, `Dinas Pendidikan`.
    pub fn label(self, units: &Units, lang: Lang) -> String {
        match self {
            Place::National => lang.pick("Nasional", "National").to_owned(),
            Place::Province => lang.pick("Provinsi", "Province").to_owned(),
            Place::Regency => lang.pick("Kabupaten/Kota", "Regency or city").to_owned(),
            Place::Unit(unit) => units.name(unit).to_owned(),
        }
    }
}
