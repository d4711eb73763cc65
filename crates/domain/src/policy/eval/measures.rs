//! The values of the measures of one person and month.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{
    bounded,
    facts::Fact,
    matching::{Matcher, quantity, within},
    number,
};
use crate::policy::{
    document::Policy,
    exact::InputValue,
    input::PersonMonth,
    rules::{
        measure::{Counting, DayCount, Divisor, Formula, InputKind, Kind, Phase},
        measure_names::{Builtin, summed},
        signal::Signal,
    },
    text::Text,
};

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nobody gave it, or it does not exist yet.
    Missing,
    /// A number.
    Number(Decimal),
    /// A word.
    Word(String),
}

/// The values of all measures of the policy.
#[derive(Debug)]
pub struct Values {
    all: Vec<Value>,
    /// Declared inputs that nobody gave.
    pub missing: Vec<Text>,
    /// Open runs at the end of the month.
    pub spells: BTreeMap<Text, Decimal>,
}

/// What later phases know.
pub struct Late<'a> {
    /// How often each rule fired.
    pub hits: &'a [u32],
    /// Score per component, and of the whole last.
    pub scores: &'a [Decimal],
}

impl Values {
    /// The values that exist before any rule.
    pub fn of_month(policy: &Policy, person: &PersonMonth, facts: &[Fact]) -> Values {
        let mut values = Values {
            all: vec![Value::Missing; policy.measures.len()],
            missing: Vec::new(),
            spells: BTreeMap::new(),
        };
        let late = Late { hits: &[], scores: &[] };
        values.compute(policy, person, facts, Phase::Month, &late);
        values
    }

    /// Adds the values of a later phase.
    pub fn compute(
        &mut self,
        policy: &Policy,
        person: &PersonMonth,
        facts: &[Fact],
        phase: Phase,
        late: &Late,
    ) {
        // A month in which nothing is in force yet is calculated as if it were, for information.
        let all_trial = facts.iter().all(|fact| !fact.in_force());
        for (id, measure) in policy.measures.iter().enumerate() {
            if measure.phase != phase {
                continue;
            }
            let counted = || facts.iter().filter(|fact| all_trial || fact.in_force());
            let value = match &measure.kind {
                Kind::Builtin(builtin) => self.builtin(*builtin, person, counted()),
                Kind::Status(pattern) => {
                    let days = counted().filter(|f| f.status.is_some_and(|code| pattern.takes(code)));
                    Value::Number(count(days))
                }
                Kind::Missed(pattern) => {
                    let missed = person.events.iter().filter(|event| {
                        event.attended == Some(false)
                            && person.month.contains(event.date)
                            && pattern.takes(&event.kind)
                    });
                    Value::Number(count(missed))
                }
                Kind::Held(pattern) => {
                    let held = person.events.iter().filter(|event| {
                        event.attended.is_some()
                            && person.month.contains(event.date)
                            && pattern.takes(&event.kind)
                    });
                    Value::Number(count(held))
                }
                Kind::Input(kind, default) => self.input(&measure.name, kind, default.as_ref(), person),
                Kind::Days(count) => self.days(policy, person, &measure.name, count, facts, all_trial),
                Kind::Formula(formula) => self.formula(formula),
                Kind::Year(inner) => match self.number(*inner) {
                    Some(month) => {
                        let name = policy.measures[*inner].name.as_str();
                        let before = person.year_to_date.get(name).copied().unwrap_or_default();
                        Value::Number(bounded(before) + month)
                    }
                    None => Value::Missing,
                },
                Kind::Hits(rule) => {
                    Value::Number(late.hits.get(*rule).map_or(Decimal::ZERO, |n| Decimal::from(*n)))
                }
                Kind::Score(component) => {
                    let at = component.unwrap_or(late.scores.len().saturating_sub(1));
                    late.scores.get(at).map_or(Value::Missing, |score| Value::Number(*score))
                }
                Kind::Day(_) => Value::Missing,
            };
            self.all[id] = value;
        }
    }

    /// Every sum over the days that the engine knows, by name.
    pub fn sums(&mut self, person: &PersonMonth, facts: &[Fact]) -> BTreeMap<Text, Decimal> {
        let mut sums = BTreeMap::new();
        for (name, builtin) in summed() {
            let counted = facts.iter().filter(|fact| fact.in_force());
            if let Value::Number(number) = self.builtin(builtin, person, counted)
                && !number.is_zero()
            {
                sums.insert(Text::from(name), number);
            }
        }
        sums
    }

    /// A number, unless missing or a word.
    pub fn number(&self, id: usize) -> Option<Decimal> {
        match &self.all[id] {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// A word, unless missing or a number.
    pub fn word(&self, id: usize) -> Option<&str> {
        match &self.all[id] {
            Value::Word(word) => Some(word),
            _ => None,
        }
    }

    /// A divisor; `None` when it is missing or not positive.
    pub fn divisor(&self, divisor: &Divisor) -> Option<Decimal> {
        let number = match divisor {
            Divisor::Number(number) => Some(*number),
            Divisor::Measure(id) => self.number(*id),
        };
        number.filter(|n| *n > Decimal::ZERO)
    }

    fn builtin<'a, 'f: 'a>(
        &mut self,
        builtin: Builtin,
        person: &PersonMonth,
        facts: impl Iterator<Item = &'a Fact<'f>>,
    ) -> Value {
        let workdays = Decimal::from(person.working_days);
        let calendar = number(i64::from(person.month.last().day()));
        let sum = |f: fn(&Fact) -> i64, facts: &mut dyn Iterator<Item = &'a Fact<'f>>| {
            Value::Number(number(facts.map(f).sum::<i64>()))
        };
        let mut facts = facts;
        let facts = &mut facts;
        match builtin {
            Builtin::LateMinutes => sum(|f| f.late.unwrap_or(0), facts),
            Builtin::EarlyMinutes => sum(|f| f.early.unwrap_or(0), facts),
            Builtin::BreakLateMinutes => sum(|f| f.break_late.unwrap_or(0), facts),
            Builtin::LateEarlyMinutes => sum(|f| f.late_early().unwrap_or(0), facts),
            Builtin::MinuteDays => {
                let minutes: i64 = facts.map(|f| f.late_early().unwrap_or(0)).sum();
                Value::Number(number(minutes / 450))
            }
            Builtin::ShortageMinutes => sum(|f| f.shortage().unwrap_or(0), facts),
            Builtin::WorkedMinutes => sum(|f| f.day.map_or(0, |d| d.worked_minutes), facts),
            Builtin::ExcusedMinutes => sum(|f| if f.status.is_some() { f.required } else { 0 }, facts),
            Builtin::MonthNumber => Value::Number(number(i64::from(person.month.number()))),
            Builtin::LateDays => sum(|f| i64::from(f.late.is_some_and(|m| m > 0)), facts),
            Builtin::EarlyDays => sum(|f| i64::from(f.early.is_some_and(|m| m > 0)), facts),
            Builtin::MissingInDays => sum(|f| i64::from(f.day.is_some_and(|d| d.missing_in)), facts),
            Builtin::MissingOutDays => sum(|f| i64::from(f.day.is_some_and(|d| d.missing_out)), facts),
            Builtin::MissingPunches => {
                sum(|f| f.day.map_or(0, |d| i64::from(d.missing_in) + i64::from(d.missing_out)), facts)
            }
            Builtin::TkDays => sum(|f| i64::from(f.absent), facts),
            Builtin::HalfDays => sum(|f| i64::from(f.half), facts),
            Builtin::PresentDays => sum(|f| i64::from(f.present), facts),
            Builtin::StatusDays => sum(|f| i64::from(f.status.is_some()), facts),
            Builtin::LongestTkRun => {
                let days = facts.map(|f| (f.absent, f.required_day()));
                let longest = self.longest_run("longest_tk_run", person, days);
                Value::Number(longest)
            }
            Builtin::WorkMinutes => Value::Number(Decimal::from(person.work_minutes)),
            Builtin::Workdays => Value::Number(workdays),
            Builtin::CalendarDays => Value::Number(calendar),
            Builtin::ActiveWorkdays => {
                Value::Number(person.active_working_days.map_or(workdays, Decimal::from))
            }
            Builtin::ActiveCalendarDays => {
                Value::Number(person.active_calendar_days.map_or(calendar, Decimal::from))
            }
            Builtin::AttendancePct if person.working_days == 0 => Value::Number(Decimal::ONE_HUNDRED),
            Builtin::AttendancePct => {
                let present = count(facts.filter(|f| f.present));
                Value::Number(present * Decimal::ONE_HUNDRED / workdays)
            }
            Builtin::Salary => person.salary.map_or(Value::Missing, |salary| Value::Number(bounded(salary))),
        }
    }

    /// The longest run of matching days; required days that do not match break it, free days do not.
    fn longest_run(
        &mut self,
        name: &str,
        person: &PersonMonth,
        days: impl Iterator<Item = (bool, bool)>,
    ) -> Decimal {
        let mut run = bounded(person.spells.get(name).copied().unwrap_or_default());
        let mut longest = Decimal::ZERO;
        for (matches, required) in days {
            if matches {
                run += Decimal::ONE;
                longest = longest.max(run);
            } else if required {
                run = Decimal::ZERO;
            }
        }
        if !run.is_zero() {
            self.spells.insert(Text::from(name), run);
        }
        longest
    }

    fn days(
        &mut self,
        policy: &Policy,
        person: &PersonMonth,
        name: &str,
        spec: &DayCount,
        facts: &[Fact],
        all_trial: bool,
    ) -> Value {
        let matcher = Matcher { person, measures: &policy.measures };
        let matched = |fact: &Fact, values: &Values| {
            let quantity = event_or_day(person, spec, fact)?;
            let takes = within(&spec.range, quantity)
                && spec.filter.who.takes(fact.who)
                && matcher.takes(&spec.filter, &spec.signal, fact, values);
            takes.then_some(quantity)
        };
        let counted = facts.iter().filter(|fact| all_trial || fact.in_force());
        let quantities: Vec<(Option<i64>, bool)> =
            counted.map(|fact| (matched(fact, self), expected(person, spec, fact))).collect();
        let found = quantities.iter().filter_map(|(quantity, _)| *quantity);
        match spec.counting {
            Counting::Count => Value::Number(count(found)),
            Counting::Total => Value::Number(number(found.sum())),
            Counting::LongestRun => {
                let days = quantities.iter().map(|(quantity, required)| (quantity.is_some(), *required));
                Value::Number(self.longest_run(name, person, days))
            }
        }
    }

    fn input(
        &mut self,
        name: &Text,
        kind: &InputKind,
        default: Option<&InputValue>,
        person: &PersonMonth,
    ) -> Value {
        let given = person.inputs.get(name.as_str()).or(default);
        let value = match (kind, given) {
            (_, None) => Value::Missing,
            (InputKind::Words(known), Some(given)) => {
                let word = match given {
                    InputValue::Text(word) => word.trim().to_owned(),
                    InputValue::Number(number) => number.normalize().to_string(),
                    InputValue::Flag(flag) => flag.to_string(),
                };
                let fits = known.is_empty() || known.iter().any(|own| own.eq_ignore_ascii_case(&word));
                if fits { Value::Word(word) } else { Value::Missing }
            }
            (_, Some(InputValue::Number(number))) => Value::Number(bounded(*number)),
            (_, Some(InputValue::Flag(flag))) => Value::Number(number(i64::from(*flag))),
            (_, Some(InputValue::Text(_))) => Value::Missing,
        };
        if value == Value::Missing {
            self.missing.push(name.clone());
        }
        value
    }

    fn formula(&self, formula: &Formula) -> Value {
        let total = |ids: &[usize]| ids.iter().map(|id| self.number(*id)).sum::<Option<Decimal>>();
        let (Some(sum), Some(minus)) = (total(&formula.sum), total(&formula.minus)) else {
            return Value::Missing;
        };
        let Some(divisor) = self.divisor(&formula.divide_by) else { return Value::Missing };
        let product =
            (sum - minus).checked_mul(formula.times).and_then(|product| product.checked_div(divisor));
        let Some(mut value) = product.map(bounded) else { return Value::Missing };
        if let Some(mode) = formula.round {
            value = mode.whole(value);
        }
        if let Some(least) = formula.at_least {
            value = value.max(least);
        }
        if let Some(most) = formula.at_most {
            value = value.min(most);
        }
        Value::Number(value)
    }
}

/// The quantity of a counted signal; for events, how many were missed on the day.
fn event_or_day(person: &PersonMonth, spec: &DayCount, fact: &Fact) -> Option<i64> {
    let Signal::Event(pattern) = &spec.signal else { return quantity(&spec.signal, fact) };
    let missed = person.events.iter().filter(|event| {
        event.date == fact.date && event.attended == Some(false) && pattern.takes(&event.kind)
    });
    i64::try_from(missed.count()).ok().filter(|n| *n > 0)
}

/// Whether the signal could have been seen on a day: a day without apel does not break a run of missed apel.
fn expected(person: &PersonMonth, spec: &DayCount, fact: &Fact) -> bool {
    match &spec.signal {
        Signal::Event(pattern) => {
            let mut duties = person.events.iter().filter(|event| event.date == fact.date);
            duties.any(|event| event.attended.is_some() && pattern.takes(&event.kind))
        }
        _ => fact.required_day(),
    }
}

fn count(items: impl Iterator) -> Decimal {
    Decimal::from(items.count())
}
