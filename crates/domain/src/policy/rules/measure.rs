//! Measures: numbers and words that conditions, bands and month rules look at.

use rust_decimal::Decimal;

use super::{
    filter::Filter,
    measure_names::{BUILTINS, Builtin, DAY_MEASURES, DayMeasure},
    names::Names,
    pattern::Pattern,
    range::Range,
    rounding::Mode,
    signal::Signal,
};
use crate::policy::{
    exact::InputValue,
    result::Unit,
    source::{At, Sink, say},
    text::Text,
};

/// Position of a measure in [`Measures::all`].
pub type MeasureId = usize;

/// When the value of a measure exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Before any rule.
    Month,
    /// After the rules of the days.
    Hits,
    /// After the components.
    Score,
}

/// What a measure is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Computed by the engine.
    Builtin(Builtin),
    /// Days with a status (`status:S`, `status:C*`).
    Status(Pattern),
    /// Missed events (`missed:apel_senin`).
    Missed(Pattern),
    /// Events at which the person should have been, attended or missed (`held:apel*`); excuses are left out.
    Held(Pattern),
    /// How often a day rule fired (`hits:TL4`).
    Hits(usize),
    /// Earned part of a component, or of the whole, of 100 (`score:disiplin`, `score:total`).
    Score(Option<usize>),
    /// The measure since 1 January (`year:tk_days`).
    Year(MeasureId),
    /// Given from outside.
    Input(InputKind, Option<InputValue>),
    /// Days (or minutes) that a signal with a filter has.
    Days(Box<DayCount>),
    /// Sums and quotients of other measures.
    Formula(Box<Formula>),
    /// Something of the day (`day:late`).
    Day(DayMeasure),
}

/// What an input may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InputKind {
    /// A number.
    Number,
    /// Rupiah.
    Rupiah,
    /// Yes or no.
    Flag,
    /// One of these words; any word when the list is empty.
    Words(Vec<String>),
}

/// How days are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counting {
    /// The number of days.
    Count,
    /// The sum of their quantities (minutes).
    Total,
    /// The longest run of days; free days neither count nor break it.
    LongestRun,
}

/// A count of days with a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayCount {
    /// How.
    pub counting: Counting,
    /// Of what.
    pub signal: Signal,
    /// Only quantities in here.
    pub range: Range,
    /// Only such days and people.
    pub filter: Filter,
}

/// `(sum - minus) × times ÷ divide_by`, then rounded, then kept between `at_least` and `at_most`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula {
    /// Added.
    pub sum: Vec<MeasureId>,
    /// Taken off.
    pub minus: Vec<MeasureId>,
    /// Factor.
    pub times: Decimal,
    /// Divisor.
    pub divide_by: Divisor,
    /// Rounding to a whole number.
    pub round: Option<Mode>,
    /// Lower limit.
    pub at_least: Option<Decimal>,
    /// Upper limit.
    pub at_most: Option<Decimal>,
}

/// A number, fixed or measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Divisor {
    /// Fixed.
    Number(Decimal),
    /// Measured.
    Measure(MeasureId),
}

/// A named measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// Its name.
    pub name: Text,
    /// What it is made of.
    pub kind: Kind,
    /// What it counts.
    pub unit: Unit,
    /// Whether only whole numbers occur.
    pub whole: bool,
    /// When its value exists.
    pub phase: Phase,
}

/// All measures a policy uses; what a measure is made of stands before it.
#[derive(Debug, Default, Clone)]
pub struct Measures {
    /// In order of dependence.
    pub all: Vec<Measure>,
}

impl Measure {
    /// From its parts.
    pub(super) fn new(name: &str, kind: Kind, unit: Unit, whole: bool, phase: Phase) -> Measure {
        Measure { name: Text::from(name), kind, unit, whole, phase }
    }

    /// Whether the value is a word.
    pub fn is_word(&self) -> bool {
        matches!(self.kind, Kind::Input(InputKind::Words(_), _))
    }
}

impl Names {
    /// Finds a measure by name, making those that need no declaration. `None` when there is no such measure.
    pub fn measure(&mut self, name: &str) -> Option<MeasureId> {
        if let Some(id) = self.measures.all.iter().position(|m| m.name.as_str() == name) {
            return Some(id);
        }
        let measure = self.undeclared(name)?;
        self.measures.all.push(measure);
        Some(self.measures.all.len() - 1)
    }

    fn undeclared(&mut self, name: &str) -> Option<Measure> {
        if let Some((_, builtin, unit, whole)) = BUILTINS.iter().find(|(own, ..)| *own == name) {
            return Some(Measure::new(name, Kind::Builtin(*builtin), *unit, *whole, Phase::Month));
        }
        if let Some((_, day)) = DAY_MEASURES.iter().find(|(own, _)| *own == name) {
            return Some(Measure::new(name, Kind::Day(*day), Unit::Minutes, true, Phase::Month));
        }
        let (prefix, rest) = name.split_once(':')?;
        if rest.is_empty() {
            return None;
        }
        match prefix {
            "status" => {
                let kind = Kind::Status(Pattern::parse(rest));
                Some(Measure::new(name, kind, Unit::Days, true, Phase::Month))
            }
            "missed" => {
                let kind = Kind::Missed(Pattern::parse(rest));
                Some(Measure::new(name, kind, Unit::Times, true, Phase::Month))
            }
            "held" => {
                let kind = Kind::Held(Pattern::parse(rest));
                Some(Measure::new(name, kind, Unit::Times, true, Phase::Month))
            }
            "hits" => {
                let rule = self.rule(rest)?;
                Some(Measure::new(name, Kind::Hits(rule), Unit::Times, true, Phase::Hits))
            }
            "score" => {
                let component = if rest == "total" { None } else { Some(self.component(rest)?) };
                Some(Measure::new(name, Kind::Score(component), Unit::Percent, false, Phase::Score))
            }
            "year" => {
                let inner = self.measure(rest)?;
                let of = &self.measures.all[inner];
                let countable =
                    !matches!(of.kind, Kind::Day(_) | Kind::Score(_) | Kind::Year(_)) && !of.is_word();
                countable.then(|| Measure::new(name, Kind::Year(inner), of.unit, of.whole, of.phase))
            }
            _ => None,
        }
    }

    /// Finds a measure whose value exists at `phase`, or says what is wrong.
    pub fn measure_at(&mut self, name: &str, phase: Phase, at: &At, sink: &mut Sink) -> Option<MeasureId> {
        let Some(id) = self.measure(name) else {
            let mut known: Vec<&str> = BUILTINS.iter().map(|(name, ..)| *name).collect();
            known.extend(self.measures.all.iter().map(|m| m.name.as_str()));
            known.extend([
                "status:CODE",
                "missed:EVENT",
                "held:EVENT",
                "year:MEASURE",
                "hits:RULE",
                "score:COMPONENT",
            ]);
            sink.error(at, say::unknown_name("measure", name, &known));
            return None;
        };
        let measure = &self.measures.all[id];
        if measure.phase > phase || matches!(measure.kind, Kind::Day(_)) {
            sink.error(at, say::too_early(name));
        }
        Some(id)
    }
}
