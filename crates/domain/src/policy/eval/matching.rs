//! Whether a filter takes a day, and a condition a month.

use rust_decimal::Decimal;

use super::{facts::Fact, measures::Values, number};
use crate::{
    policy::{
        input::PersonMonth,
        rules::{
            filter::{Condition, Filter, Test, place_bit, weekday_bit},
            measure::{Kind, Measure},
            measure_names::DayMeasure,
            range::Range,
            signal::Signal,
        },
    },
    punch::PlaceState,
};

/// What matching needs besides the day.
pub struct Matcher<'a> {
    /// Periods of the month.
    pub person: &'a PersonMonth,
    /// The measures of the policy.
    pub measures: &'a [Measure],
}

/// The quantity of a signal on a day; `None` when the signal is not there.
pub fn quantity(signal: &Signal, fact: &Fact) -> Option<i64> {
    let once = |yes: bool| yes.then_some(1);
    match signal {
        Signal::Late => fact.late,
        Signal::Early => fact.early,
        Signal::BreakLate => fact.break_late,
        Signal::LateEarly => fact.late_early(),
        Signal::MissingIn => once(fact.missing_in),
        Signal::MissingOut => once(fact.missing_out),
        Signal::MissingBreak => once(fact.missing_break),
        Signal::Absent => once(fact.absent),
        Signal::HalfDay => once(fact.half),
        Signal::Status => once(fact.status.is_some()),
        Signal::PartialStatus => once(fact.partial.is_some()),
        Signal::Present => once(fact.present),
        Signal::Shortage => fact.shortage(),
        Signal::Worked => fact.worked,
        Signal::Event(_) | Signal::Month | Signal::Measure(_) => None,
    }
}

impl Matcher<'_> {
    /// Whether a filter (all but its people, which are asked separately) takes a signal of a day.
    pub fn takes(&self, filter: &Filter, signal: &Signal, fact: &Fact, values: &Values) -> bool {
        let day = fact.day;
        let flag = |wanted: Option<bool>, is: bool| wanted.is_none_or(|wanted| wanted == is);
        let in_period = |name: &String| match name.as_str() {
            "ramadan" if fact.ramadan => true,
            name => {
                self.person.periods.iter().any(|p| p.name == name && (p.from..=p.until).contains(&fact.date))
            }
        };
        (filter.weekdays == 0 || filter.weekdays & weekday_bit(fact.date.weekday()) != 0)
            && (filter.dates.is_empty() || filter.dates.iter().any(|(a, b)| (a..=b).contains(&&fact.date)))
            && flag(filter.first_after_holiday, day.is_some_and(|d| d.first_after_holiday))
            && flag(filter.last_before_holiday, day.is_some_and(|d| d.last_before_holiday))
            && flag(filter.ramadan, fact.ramadan)
            && (filter.in_period.is_empty() || filter.in_period.iter().any(in_period))
            && !filter.not_in_period.iter().any(in_period)
            && (filter.place == 0 || filter.place & places(signal, fact) != 0)
            && (filter.shift.is_empty()
                || filter.shift.take(day.and_then(|d| d.planned.as_ref()).map(|p| p.shift.as_str())))
            && self.status(filter, signal, fact)
            && filter.conditions.iter().all(|condition| self.holds(condition, Some(fact), values))
    }

    fn status(&self, filter: &Filter, signal: &Signal, fact: &Fact) -> bool {
        if !filter.except_status.is_empty() {
            let free = !fact.required_day() && fact.day.is_some();
            let codes = [fact.excuse, fact.partial, fact.absent.then_some("TK"), free.then_some("LIBUR")];
            if codes.iter().flatten().any(|code| filter.except_status.take(Some(code))) {
                return false;
            }
        }
        if filter.status.is_empty() {
            return true;
        }
        match signal {
            Signal::PartialStatus => filter.status.take(fact.partial),
            _ => fact.status.is_some() && filter.status.take(fact.status),
        }
    }

    /// Whether a condition holds. A value that nobody gave makes it false.
    pub fn holds(&self, condition: &Condition, fact: Option<&Fact>, values: &Values) -> bool {
        if let Kind::Day(measure) = self.measures[condition.measure].kind {
            let value = fact.and_then(|fact| day_value(measure, fact));
            return match (&condition.test, value) {
                (Test::Within(range), Some(value)) => range.contains(number(value)),
                _ => false,
            };
        }
        match &condition.test {
            Test::Within(range) => values.number(condition.measure).is_some_and(|n| range.contains(n)),
            Test::OneOf(words) => {
                let word = values.word(condition.measure);
                word.is_some_and(|word| words.iter().any(|own| own.eq_ignore_ascii_case(word)))
            }
        }
    }
}

fn day_value(measure: DayMeasure, fact: &Fact) -> Option<i64> {
    match measure {
        DayMeasure::Late => fact.late,
        DayMeasure::Early => fact.early,
        DayMeasure::LateEarly => fact.late_early(),
        DayMeasure::Worked => fact.worked,
        DayMeasure::Required => Some(fact.required),
        DayMeasure::Shortage => fact.shortage(),
    }
}

/// The places that a signal is about: of the check-in, of the check-out, or of both.
fn places(signal: &Signal, fact: &Fact) -> u8 {
    let (check_in, check_out) = match fact.day {
        Some(day) => (place_bit(day.in_place), place_bit(day.out_place)),
        None => (place_bit(PlaceState::Unknown), place_bit(PlaceState::Unknown)),
    };
    match signal {
        Signal::Late | Signal::MissingIn => check_in,
        Signal::Early | Signal::MissingOut => check_out,
        _ => check_in | check_out,
    }
}

/// Whether a quantity lies in a range of whole numbers.
pub fn within(range: &Range, quantity: i64) -> bool {
    range.is_open() || range.contains(Decimal::from(quantity))
}
