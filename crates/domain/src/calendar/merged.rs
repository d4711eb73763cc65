//! All layers of one place laid over each other.

use jiff::civil::Date;

use super::{Certainty, HolidayKind, Layer, Level, Period, national};

/// What the calendar says of a date that some layer mentions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayMark {
    /// The date.
    pub date: Date,
    /// Libur or cuti bersama.
    pub kind: HolidayKind,
    /// The name of the day.
    pub name: String,
    /// The layer that added it.
    pub level: Level,
    /// How sure the date is.
    pub certainty: Certainty,
    /// Set when a lower layer withdrew the day: the layer's level and its reason.
    pub withdrawn: Option<(Level, String)>,
}

/// The calendar of one place: what holds after all its layers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    marks: Vec<DayMark>,
    periods: Vec<Period>,
    years: Vec<i16>,
}

impl Calendar {
    /// Only the national layer.
    pub fn national() -> Calendar {
        Calendar::merge([national()])
    }

    /// The national layer and `layers` over it.
    pub fn national_with<'a>(layers: impl IntoIterator<Item = &'a Layer>) -> Calendar {
        Calendar::merge(std::iter::once(national()).chain(layers))
    }

    /// Lays `layers` over each other, in the order of their [`Level`] whatever order they come in.
    pub fn merge<'a>(layers: impl IntoIterator<Item = &'a Layer>) -> Calendar {
        let mut layers: Vec<&Layer> = layers.into_iter().collect();
        layers.sort_by_key(|l| l.level);
        let mut calendar = Calendar::default();
        for layer in layers {
            calendar.add(layer);
        }
        calendar
    }

    fn add(&mut self, layer: &Layer) {
        for day in &layer.days {
            let mark = DayMark {
                date: day.date,
                kind: day.kind,
                name: day.name.clone(),
                level: layer.level,
                certainty: day.certainty,
                withdrawn: None,
            };
            match self.marks.binary_search_by_key(&day.date, |m| m.date) {
                // Two layers naming one free day: the higher one's name stays, unless a layer between withdrew it.
                Ok(at) if self.marks[at].withdrawn.is_some() => self.marks[at] = mark,
                Ok(_) => {}
                Err(at) => self.marks.insert(at, mark),
            }
        }
        for withdrawal in &layer.withdrawals {
            if let Ok(at) = self.marks.binary_search_by_key(&withdrawal.date, |m| m.date) {
                self.marks[at].withdrawn = Some((layer.level, withdrawal.reason.clone()));
            }
        }
        for period in &layer.periods {
            self.periods.retain(|p| p.name != period.name || p.until < period.from || period.until < p.from);
            self.periods.push(period.clone());
        }
        if layer.level == Level::National {
            self.years.extend(&layer.years);
        }
    }

    /// What is noted for `date`, including a day that was withdrawn.
    pub fn mark(&self, date: Date) -> Option<&DayMark> {
        self.marks.binary_search_by_key(&date, |m| m.date).ok().map(|at| &self.marks[at])
    }

    /// The free day that `date` is; `None` on ordinary days and where the day was withdrawn.
    pub fn holiday(&self, date: Date) -> Option<&DayMark> {
        self.mark(date).filter(|m| m.withdrawn.is_none())
    }

    /// Every free day from `from` to `until`, both included.
    pub fn holidays(&self, from: Date, until: Date) -> impl Iterator<Item = &DayMark> {
        self.marks.iter().filter(move |m| m.withdrawn.is_none() && from <= m.date && m.date <= until)
    }

    /// Whether `date` lies in a period called `name`.
    pub fn in_period(&self, name: &str, date: Date) -> bool {
        self.periods.iter().any(|p| p.name == name && p.from <= date && date <= p.until)
    }

    /// All named periods.
    pub fn periods(&self) -> &[Period] {
        &self.periods
    }

    /// Whether the national holidays of `year` are known. Where they are not, working days cannot be trusted.
    pub fn knows(&self, year: i16) -> bool {
        self.years.contains(&year)
    }
}
