//! Which days, people and circumstances a rule holds for.

use jiff::civil::{Date, Weekday};
use rust_decimal::Decimal;

use super::{
    measure::{InputKind, Kind, MeasureId, Phase},
    names::Names,
    pattern::Patterns,
    range::Range,
    who_filter::WhoFilter,
};
use crate::{
    policy::source::{Field, Section, Sink, say},
    punch::PlaceState,
};

/// All conditions must hold; an empty filter always holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// People.
    pub who: WhoFilter,
    /// Bit 0 is Monday; 0 means every day.
    pub weekdays: u8,
    /// Dates, both ends included; empty means every date.
    pub dates: Vec<(Date, Date)>,
    /// Only (or not) the first working day after a run of free days.
    pub first_after_holiday: Option<bool>,
    /// Only (or not) the last working day before a run of free days.
    pub last_before_holiday: Option<bool>,
    /// Only (or not) in Ramadan hours.
    pub ramadan: Option<bool>,
    /// Only in one of these periods.
    pub in_period: Vec<String>,
    /// Not in any of these periods.
    pub not_in_period: Vec<String>,
    /// Places of the punch, one bit per state; 0 means any.
    pub place: u8,
    /// Shift codes.
    pub shift: Patterns,
    /// Status codes.
    pub status: Patterns,
    /// Statuses of the day that excuse (also `TK` and `LIBUR`).
    pub except_status: Patterns,
    /// Conditions on measures.
    pub conditions: Vec<Condition>,
}

/// A condition on a measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The measure.
    pub measure: MeasureId,
    /// What must hold.
    pub test: Test,
}

/// What must hold of a measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// It lies in here; a flag is 1 or 0.
    Within(Range),
    /// It is one of these words.
    OneOf(Vec<String>),
}

impl Test {
    /// Whether no value passes both.
    pub fn disjoint(&self, other: &Test) -> bool {
        match (self, other) {
            (Test::Within(a), Test::Within(b)) => a.meet(b).is_empty(),
            (Test::OneOf(a), Test::OneOf(b)) => !a.iter().any(|word| b.contains(word)),
            _ => false,
        }
    }
}

/// The bit of a place state in [`Filter::place`].
pub fn place_bit(place: PlaceState) -> u8 {
    match place {
        PlaceState::Unknown => 1,
        PlaceState::Inside => 2,
        PlaceState::Unsure => 4,
        PlaceState::Outside => 8,
    }
}

impl Filter {
    /// Reads all filter keys of a rule. With `daily`, `where` may ask for `day:` measures.
    pub fn read(
        section: &mut Section,
        names: &mut Names,
        phase: Phase,
        daily: bool,
        sink: &mut Sink,
    ) -> Filter {
        let mut optional = |key: &'static str| section.get(key).and_then(|field| field.flag(sink));
        let first_after_holiday = optional("first_after_holiday");
        let last_before_holiday = optional("last_before_holiday");
        let ramadan = optional("ramadan");
        Filter {
            who: WhoFilter::read(section, sink),
            weekdays: read_weekdays(section, sink),
            dates: read_dates(section, sink),
            first_after_holiday,
            last_before_holiday,
            ramadan,
            in_period: section.texts("in_period", sink),
            not_in_period: section.texts("not_in_period", sink),
            place: read_place(section, sink),
            shift: Patterns::read(section, "shift", sink),
            status: Patterns::read(section, "status", sink),
            except_status: Patterns::read(section, "except_status", sink),
            conditions: read_where(section, names, phase, daily, sink),
        }
    }

    /// Whether the filter asks for something that only a day has.
    pub fn asks_for_a_day(&self) -> bool {
        let Filter { who, conditions, .. } = self;
        let rest = Filter { who: who.clone(), conditions: conditions.clone(), ..Filter::default() };
        *self != rest
    }

    /// Whether no case can pass both filters.
    pub fn disjoint(&self, other: &Filter) -> bool {
        let flags = |a: Option<bool>, b: Option<bool>| matches!((a, b), (Some(a), Some(b)) if a != b);
        let masks = |a: u8, b: u8| a != 0 && b != 0 && a & b == 0;
        let dates_apart = !self.dates.is_empty()
            && !other.dates.is_empty()
            && !self.dates.iter().any(|(a, b)| other.dates.iter().any(|(c, d)| a <= d && c <= b));
        let excluded = |ins: &[String], outs: &[String]| {
            !ins.is_empty() && ins.iter().all(|name| outs.iter().any(|out| out == name))
        };
        let conditions_apart = self.conditions.iter().any(|mine| {
            other
                .conditions
                .iter()
                .any(|theirs| mine.measure == theirs.measure && mine.test.disjoint(&theirs.test))
        });
        self.who.disjoint(&other.who)
            || masks(self.weekdays, other.weekdays)
            || masks(self.place, other.place)
            || dates_apart
            || flags(self.first_after_holiday, other.first_after_holiday)
            || flags(self.last_before_holiday, other.last_before_holiday)
            || flags(self.ramadan, other.ramadan)
            || excluded(&self.in_period, &other.not_in_period)
            || excluded(&other.in_period, &self.not_in_period)
            || self.shift.disjoint(&other.shift)
            || self.status.disjoint(&other.status)
            || conditions_apart
    }
}

const WEEKDAYS: [(&str, &str, Weekday); 7] = [
    ("senin", "monday", Weekday::Monday),
    ("selasa", "tuesday", Weekday::Tuesday),
    ("rabu", "wednesday", Weekday::Wednesday),
    ("kamis", "thursday", Weekday::Thursday),
    ("jumat", "friday", Weekday::Friday),
    ("sabtu", "saturday", Weekday::Saturday),
    ("minggu", "sunday", Weekday::Sunday),
];

/// The bit of a weekday in [`Filter::weekdays`].
pub fn weekday_bit(day: Weekday) -> u8 {
    WEEKDAYS.iter().position(|(_, _, own)| *own == day).map_or(0, |at| 1 << at)
}

fn read_weekdays(section: &mut Section, sink: &mut Sink) -> u8 {
    let mut mask = 0;
    for item in section.get("weekdays").map(|f| f.items()).unwrap_or_default() {
        let Some(name) = item.text(sink) else { continue };
        let lower = name.to_lowercase().replace('\'', "");
        match WEEKDAYS.iter().find(|(id, en, _)| *id == lower || *en == lower) {
            Some((_, _, day)) => mask |= weekday_bit(*day),
            None => {
                let known: Vec<&str> = WEEKDAYS.iter().flat_map(|(id, en, _)| [*id, *en]).collect();
                item.error(sink, say::unknown_name("weekday", &name, &known));
            }
        }
    }
    mask
}

fn read_dates(section: &mut Section, sink: &mut Sink) -> Vec<(Date, Date)> {
    let mut dates = Vec::new();
    for item in section.get("dates").map(|f| f.items()).unwrap_or_default() {
        match item.as_text().and_then(|text| text.split_once("..")) {
            Some((from, until)) => match (from.trim().parse(), until.trim().parse()) {
                (Ok(from), Ok(until)) if from <= until => dates.push((from, until)),
                _ => item.error(sink, say::bad_date(item.as_text().unwrap_or_default())),
            },
            None => dates.extend(item.date(sink).map(|date| (date, date))),
        }
    }
    dates
}

fn read_place(section: &mut Section, sink: &mut Sink) -> u8 {
    let mut mask = 0;
    for item in section.get("place").map(|f| f.items()).unwrap_or_default() {
        let Some(name) = item.text(sink) else { continue };
        mask |= match name.as_str() {
            "inside" => place_bit(PlaceState::Inside),
            "outside" => place_bit(PlaceState::Outside),
            "unsure" => place_bit(PlaceState::Unsure),
            "unknown" => place_bit(PlaceState::Unknown),
            "not_outside" => 1 | 2 | 4,
            _ => {
                let known = ["inside", "outside", "unsure", "unknown", "not_outside"];
                item.error(sink, say::unknown_name("place", &name, &known));
                0
            }
        };
    }
    mask
}

/// Reads `where = { measure = test, … }`.
pub fn read_where(
    section: &mut Section,
    names: &mut Names,
    phase: Phase,
    daily: bool,
    sink: &mut Sink,
) -> Vec<Condition> {
    let Some(table) = section.section("where", sink) else { return Vec::new() };
    let mut conditions = Vec::new();
    for (name, field) in table.entries() {
        let day = daily && name.starts_with("day:");
        let found = if day { names.measure(&name) } else { names.measure_at(&name, phase, &field.at, sink) };
        if day && found.is_none() {
            let known: Vec<&str> = super::measure_names::DAY_MEASURES.iter().map(|(name, _)| *name).collect();
            field.error(sink, say::unknown_name("measure", &name, &known));
        }
        let Some(measure) = found else { continue };
        let kind = &names.measures.all[measure].kind;
        let whole = names.measures.all[measure].whole;
        if let Some(test) = read_test(&field, kind, whole, sink) {
            conditions.push(Condition { measure, test });
        }
    }
    conditions
}

fn read_test(field: &Field, kind: &Kind, whole: bool, sink: &mut Sink) -> Option<Test> {
    if let Kind::Input(InputKind::Words(known), _) = kind {
        let words = field.texts(sink);
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        for word in &words {
            if !known.is_empty() && !known.contains(&word.as_str()) {
                field.error(sink, say::unknown_name("value", word, &known));
            }
        }
        return Some(Test::OneOf(words));
    }
    if let Some(flag) = field.as_flag() {
        let value = if flag { Decimal::ONE } else { Decimal::ZERO };
        return Some(Test::Within(Range::between(value, value)));
    }
    if field.is_section() {
        let mut section = field.section(sink)?;
        let range = Range::read(&mut section, whole, sink);
        section.finish(sink);
        return Some(Test::Within(range));
    }
    let numbers: Vec<Decimal> = field.items().iter().filter_map(|item| item.decimal(sink)).collect();
    match numbers.as_slice() {
        [value] => Some(Test::Within(Range::between(*value, *value))),
        [low, high] if low <= high => Some(Test::Within(Range::between(*low, *high))),
        _ => {
            field.error(sink, say::wrong_kind("[from, to], a number, true/false or { min, max }", "this"));
            None
        }
    }
}
