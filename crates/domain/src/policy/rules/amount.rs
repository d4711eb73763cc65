//! How large a cut is.

use rust_decimal::Decimal;

use super::pattern::Pattern;
use crate::policy::{
    input::Who,
    source::{At, Field, Section, Sink, say},
};

/// What the number of a cut means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// Percent of the base.
    Pct,
    /// Points of 100 of a component.
    Points,
    /// Rupiah.
    Rupiah,
    /// Everything that is left.
    Zero,
}

/// A number, the same for all or by some property of the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ByWho {
    /// For all.
    Flat(Decimal),
    /// By a property.
    Table {
        /// Which property.
        by: Property,
        /// First row that takes the value wins.
        rows: Vec<(Pattern, Decimal)>,
        /// For everybody else; `None` means 0.
        otherwise: Option<Decimal>,
    },
}

/// A property of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Property {
    /// Kind of employment.
    Employment,
    /// Golongan.
    Golongan,
    /// Kelas jabatan.
    Kelas,
    /// Eselon.
    Eselon,
    /// Jabatan.
    Jabatan,
    /// Kind of jabatan.
    JenisJabatan,
    /// OPD.
    Opd,
    /// A free attribute.
    Attribute(String),
}

/// How steps of `every` are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Steps {
    /// Only full steps.
    Full,
    /// Started steps count.
    Started,
    /// Parts of a step count as parts.
    Exact,
}

/// The size of a cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Size {
    /// What the number means.
    pub meaning: Meaning,
    /// The number.
    pub value: ByWho,
    /// The number holds for each so many units of the quantity; `None` means once.
    pub every: Option<Decimal>,
    /// How steps are counted.
    pub steps: Steps,
    /// Units of the quantity that are free.
    pub free: Decimal,
    /// Largest number in all.
    pub at_most: Option<Decimal>,
}

impl Property {
    fn parse(name: &str) -> Option<Property> {
        Some(match name {
            "employment" => Property::Employment,
            "golongan" => Property::Golongan,
            "kelas" => Property::Kelas,
            "eselon" => Property::Eselon,
            "jabatan" => Property::Jabatan,
            "jenis_jabatan" => Property::JenisJabatan,
            "opd" => Property::Opd,
            other => Property::Attribute(other.strip_prefix("attribute:")?.to_owned()),
        })
    }

    fn with<T>(&self, who: &Who, f: impl FnOnce(Option<&str>) -> T) -> T {
        match self {
            Property::Employment => f(Some(who.employment.code())),
            Property::Golongan => f(who.golongan.as_deref()),
            Property::Kelas => f(who.kelas.map(|k| k.to_string()).as_deref()),
            Property::Eselon => f(who.eselon.as_deref()),
            Property::Jabatan => f(who.jabatan.as_deref()),
            Property::JenisJabatan => f(who.jenis_jabatan.as_deref()),
            Property::Opd => f(who.opd.as_deref()),
            Property::Attribute(name) => f(who.attributes.get(name).map(String::as_str)),
        }
    }
}

impl ByWho {
    /// Reads a number or `{ by = "eselon", II = 400000, otherwise = 0 }`.
    pub fn read(field: &Field, key: &str, sink: &mut Sink) -> Option<ByWho> {
        if !field.is_section() {
            let number = field.decimal(sink)?;
            check_size(number, key, &field.at, sink);
            return Some(ByWho::Flat(number));
        }
        let mut section = field.section(sink)?;
        let name = section.required_text("by", sink);
        let by = Property::parse(&name);
        if by.is_none() && !name.is_empty() {
            let known = [
                "employment",
                "golongan",
                "kelas",
                "eselon",
                "jabatan",
                "jenis_jabatan",
                "opd",
                "attribute:NAME",
            ];
            sink.error(&section.at, say::unknown_name("property", &name, &known));
        }
        let mut rows = Vec::new();
        let mut otherwise = None;
        for (row, field) in section.entries() {
            if row == "by" {
                continue;
            }
            let Some(number) = field.decimal(sink) else { continue };
            check_size(number, key, &field.at, sink);
            match row.as_str() {
                "otherwise" => otherwise = Some(number),
                _ => rows.push((Pattern::parse(&row), number)),
            }
        }
        Some(ByWho::Table { by: by?, rows, otherwise })
    }

    /// The number for a person; `None` when the table has no row for them.
    pub fn find(&self, who: &Who) -> Option<Decimal> {
        match self {
            ByWho::Flat(number) => Some(*number),
            ByWho::Table { by, rows, otherwise } => by.with(who, |value| {
                let row = value.and_then(|value| rows.iter().find(|(pattern, _)| pattern.takes(value)));
                row.map(|(_, number)| *number).or(*otherwise)
            }),
        }
    }

    /// The number for a person, 0 when there is none.
    pub fn of(&self, who: &Who) -> Decimal {
        self.find(who).unwrap_or_default()
    }
}

fn check_size(number: Decimal, key: &str, at: &At, sink: &mut Sink) {
    if number < Decimal::ZERO {
        sink.error(at, say::negative(key));
    } else if key != "rupiah" && number > Decimal::ONE_HUNDRED {
        sink.error(at, say::out_of_range(key, "0-100"));
    }
}

impl Size {
    /// Reads `pct | points | rupiah | zero` with `every`, `steps`, `free`, `at_most`.
    pub fn read(section: &mut Section, sink: &mut Sink) -> Option<Size> {
        let mut found: Vec<(Meaning, ByWho)> = Vec::new();
        let mut named = 0;
        for (key, meaning) in
            [("pct", Meaning::Pct), ("points", Meaning::Points), ("rupiah", Meaning::Rupiah)]
        {
            if let Some(field) = section.get(key) {
                named += 1;
                found.extend(ByWho::read(&field, key, sink).map(|value| (meaning, value)));
            }
        }
        if section.flag("zero", sink) {
            named += 1;
            found.push((Meaning::Zero, ByWho::Flat(Decimal::ONE_HUNDRED)));
        }
        if named != 1 {
            sink.error(&section.at, say::exactly_one("pct, points, rupiah, zero", named));
        }
        let every = section.decimal("every", sink);
        if every.is_some_and(|n| n <= Decimal::ZERO) {
            sink.error(&section.at, say::out_of_range("every", "> 0"));
        }
        let steps = match section.text("steps", sink).as_deref() {
            None | Some("full") => Steps::Full,
            Some("started") => Steps::Started,
            Some("exact") => Steps::Exact,
            Some(other) => {
                sink.error(&section.at, say::unknown_name("steps", other, &["full", "started", "exact"]));
                Steps::Full
            }
        };
        let free = section.decimal("free", sink);
        if free.is_some_and(|n| n < Decimal::ZERO) {
            sink.error(&section.at, say::negative("free"));
        }
        let at_most = section.decimal("at_most", sink);
        if (free.is_some() || at_most.is_some()) && every.is_none() {
            let (id, en) = ("free dan at_most memerlukan every.", "free and at_most need every.");
            sink.error(&section.at, say::no_sense(id, en));
        }
        let (meaning, value) = found.into_iter().next()?;
        Some(Size { meaning, value, every, steps, free: free.unwrap_or_default(), at_most })
    }

    /// The number for a person and a quantity.
    pub fn number(&self, who: &Who, quantity: Decimal) -> Decimal {
        let value = self.value.of(who);
        let Some(every) = self.every else { return value };
        let counted = (quantity - self.free).max(Decimal::ZERO);
        let number = match self.steps {
            Steps::Full => value * within_reason((counted / every).floor()),
            Steps::Started => value * within_reason((counted / every).ceil()),
            // Multiplying first keeps thirds exact where the product is whole.
            Steps::Exact => (value * counted).checked_div(every).unwrap_or(Decimal::MAX),
        };
        self.limited(within_reason(number))
    }

    fn limited(&self, number: Decimal) -> Decimal {
        self.at_most.map_or(number, |most| number.min(most))
    }
}

/// No cut is larger than any budget; keeps products of absurd inputs calculable.
fn within_reason(number: Decimal) -> Decimal {
    number.min(Decimal::from(1_000_000_000_000_i64))
}
