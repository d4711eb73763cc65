//! What a percentage is taken of, and what loses the money.

use super::{
    measure::{Divisor, InputKind, Kind, MeasureId, Phase},
    measure_names::Builtin,
    measure_read::read_divisor,
    names::Names,
};
use crate::policy::{
    source::{Section, Sink, say},
    text::Text,
};

/// Where a base amount comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The whole TPP (or wage).
    Whole,
    /// One criterion of the amount.
    Criterion(usize),
    /// One component.
    Component(usize),
    /// A measure in rupiah (an input or the salary).
    Money(MeasureId),
    /// What is left when the step is reached; for modifiers.
    Remaining,
    /// The TPP before tax; for deductions.
    Earned,
}

/// A base: an amount, perhaps divided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base {
    /// Its name in results.
    pub name: Text,
    /// The amount.
    pub source: Source,
    /// Divided by.
    pub divisor: Option<Divisor>,
}

/// What a cut lessens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// The sum of all components.
    Whole,
    /// One component.
    Component(usize),
}

/// The step of the calculation a base is used in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Rules and caps.
    Rule,
    /// Modifiers: `remaining` exists.
    Modifier,
    /// Deductions: `earned` exists.
    Deduction,
}

impl Base {
    /// The whole amount.
    pub fn whole(names: &Names) -> Base {
        Base { name: names.whole.clone(), source: Source::Whole, divisor: None }
    }

    /// Reads `of` and `divide_by`. `None` when `of` is absent or wrong.
    pub fn read(section: &mut Section, names: &mut Names, step: Step, sink: &mut Sink) -> Option<Base> {
        let divide_by = section.get("divide_by");
        let field = section.get("of")?;
        let name = field.text(sink)?;
        let (daily, inner) = match name.strip_prefix("daily:") {
            Some(inner) => (true, inner),
            None if name == "daily" => (true, names.whole.as_str()),
            None => (false, name.as_str()),
        };
        let inner = inner.to_owned();
        let Some(source) = source(&inner, names, step) else {
            let mut known: Vec<&str> = vec!["tpp", "daily", "daily:NAME"];
            known.extend(names.components.iter().chain(&names.criteria).map(Text::as_str));
            known.extend(match step {
                Step::Rule => [].as_slice(),
                Step::Modifier => ["remaining"].as_slice(),
                Step::Deduction => ["earned", "salary"].as_slice(),
            });
            field.error(sink, say::unknown_name("base", &inner, &known));
            return None;
        };
        let mut divisor = divide_by.and_then(|field| read_divisor(&field, names, sink));
        if daily {
            if divisor.is_some() {
                sink.error(&section.at, say::exactly_one("of = \"daily…\", divide_by", 2));
            }
            divisor = names.measure("workdays").map(Divisor::Measure);
        }
        let name = match &divisor {
            _ if daily => Text::from(format!("daily:{inner}")),
            Some(Divisor::Number(number)) => Text::from(format!("{inner} / {number}")),
            Some(Divisor::Measure(id)) => Text::from(format!("{inner} / {}", names.measures.all[*id].name)),
            None => Text::from(inner),
        };
        Some(Base { name, source, divisor })
    }

    /// The target that belongs to this base unless `from` says otherwise.
    pub fn target(&self) -> Target {
        match self.source {
            Source::Component(component) => Target::Component(component),
            _ => Target::Whole,
        }
    }
}

fn source(name: &str, names: &mut Names, step: Step) -> Option<Source> {
    if name == "tpp" || name == "upah" || name == names.whole.as_str() {
        return Some(Source::Whole);
    }
    match (name, step) {
        ("remaining", Step::Modifier) => return Some(Source::Remaining),
        ("earned", Step::Deduction) => return Some(Source::Earned),
        _ => {}
    }
    if let Some(component) = names.component(name) {
        return Some(Source::Component(component));
    }
    if let Some(criterion) = names.criteria.iter().position(|c| c.as_str() == name) {
        return Some(Source::Criterion(criterion));
    }
    let id = names.measure(name)?;
    let measure = &names.measures.all[id];
    let money = matches!(measure.kind, Kind::Input(InputKind::Rupiah, _) | Kind::Builtin(Builtin::Salary))
        || matches!((&measure.kind, measure.unit), (Kind::Formula(_), crate::policy::result::Unit::Rupiah));
    (money && measure.phase == Phase::Month).then_some(Source::Money(id))
}

impl Target {
    /// Reads `from`: the component (or `tpp`) that loses the money.
    pub fn read(section: &mut Section, names: &Names, sink: &mut Sink) -> Option<Target> {
        let field = section.get("from")?;
        let name = field.text(sink)?;
        if name == "tpp" || name == names.whole.as_str() {
            return Some(Target::Whole);
        }
        let found = names.component(&name).map(Target::Component);
        if found.is_none() {
            let mut known: Vec<&str> = vec!["tpp"];
            known.extend(names.components.iter().map(Text::as_str));
            field.error(sink, say::unknown_name("component", &name, &known));
        }
        found
    }
}
