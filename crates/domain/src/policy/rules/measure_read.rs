//! Reading `[inputs]` and `[[measure]]`.

use rust_decimal::Decimal;

use super::{
    filter::Filter,
    measure::{Counting, DayCount, Divisor, Formula, InputKind, Kind, Measure, Phase},
    names::Names,
    range::Range,
    rounding::Mode,
    signal::{self, Signal},
};
use crate::policy::{
    exact::InputValue,
    result::Unit,
    source::{Field, Section, Sink, say},
};

impl Names {
    /// Reads `[inputs]`: the numbers, flags and words that come from outside.
    pub fn read_inputs(&mut self, root: &mut Section, sink: &mut Sink) {
        let Some(table) = root.section("inputs", sink) else { return };
        for (name, field) in table.entries() {
            let Some(mut input) = field.section(sink) else { continue };
            let kind = input.required_text("type", sink);
            let words = input.texts("values", sink);
            let (kind, unit) = match kind.as_str() {
                "number" => (InputKind::Number, Unit::Number),
                "minutes" => (InputKind::Number, Unit::Minutes),
                "days" => (InputKind::Number, Unit::Days),
                "times" => (InputKind::Number, Unit::Times),
                "percent" => (InputKind::Number, Unit::Percent),
                "rupiah" => (InputKind::Rupiah, Unit::Rupiah),
                "flag" => (InputKind::Flag, Unit::Times),
                "text" => (InputKind::Words(words), Unit::Number),
                other => {
                    let known = ["number", "minutes", "days", "times", "percent", "rupiah", "flag", "text"];
                    sink.error(&input.at, say::unknown_name("type", other, &known));
                    (InputKind::Number, Unit::Number)
                }
            };
            let default = input.get("default").and_then(|field| default_value(&field, &kind, sink));
            input.get("title");
            let whole = matches!(kind, InputKind::Flag) || matches!(unit, Unit::Minutes | Unit::Times);
            if self.measure(&name).is_some() {
                sink.error(&input.at, say::duplicate("measure", &name));
            } else {
                self.measures.all.push(Measure::new(
                    &name,
                    Kind::Input(kind, default),
                    unit,
                    whole,
                    Phase::Month,
                ));
            }
            input.finish(sink);
        }
    }

    /// Reads `[[measure]]`: counts of days and small formulas. A measure may use those above it.
    pub fn read_measures(&mut self, root: &mut Section, sink: &mut Sink) {
        for mut section in root.sections("measure", sink) {
            let name = section.required_text("id", sink);
            section.get("title");
            if !name.is_empty() && self.measure(&name).is_some() {
                sink.error(&section.at, say::duplicate("measure", &name));
            }
            let counted = [
                ("count", Counting::Count),
                ("total", Counting::Total),
                ("longest_run", Counting::LongestRun),
            ]
            .into_iter()
            .filter_map(|(key, counting)| Some((counting, section.get(key)?)))
            .collect::<Vec<_>>();
            let measure = match counted.as_slice() {
                [] => self.read_formula(&name, &mut section, sink),
                [(counting, field)] => {
                    self.read_count(&name, *counting, field.text(sink), &mut section, sink)
                }
                more => {
                    sink.error(&section.at, say::exactly_one("count, total, longest_run", more.len()));
                    None
                }
            };
            if let Some(measure) = measure {
                self.measures.all.push(measure);
            }
            section.finish(sink);
        }
    }

    fn read_count(
        &mut self,
        name: &str,
        counting: Counting,
        signal: Option<String>,
        section: &mut Section,
        sink: &mut Sink,
    ) -> Option<Measure> {
        let signal_name = signal?;
        let parsed = Signal::parse(&signal_name).filter(Signal::is_daily);
        let Some(signal) = parsed else {
            let known: Vec<&str> = signal::NAMES.iter().map(|(n, _)| *n).collect();
            sink.error(&section.at, say::unknown_name("signal", &signal_name, &known));
            return None;
        };
        let mut range = Range::read(section, true, sink);
        if range.is_open() && signal.is_minutes() {
            range = Range::at_least(Decimal::ONE);
        }
        let filter = Filter::read(section, self, Phase::Month, false, sink);
        let unit = if counting == Counting::Total { signal.unit() } else { Unit::Days };
        let kind = Kind::Days(Box::new(DayCount { counting, signal, range, filter }));
        Some(Measure::new(name, kind, unit, true, Phase::Month))
    }

    fn read_formula(&mut self, name: &str, section: &mut Section, sink: &mut Sink) -> Option<Measure> {
        let mut ids = |key: &'static str, section: &mut Section, sink: &mut Sink| {
            let items = section.get(key).map(|f| f.items()).unwrap_or_default();
            let mut found = Vec::new();
            for item in items {
                let Some(name) = item.text(sink) else { continue };
                found.extend(self.measure_at(&name, Phase::Score, &item.at, sink));
            }
            found
        };
        let (sum, minus) = (ids("sum", section, sink), ids("minus", section, sink));
        if sum.is_empty() {
            sink.error(&section.at, say::exactly_one("sum, count, total, longest_run", 0));
        }
        let times = section.decimal("times", sink).unwrap_or(Decimal::ONE);
        let divide_by = match section.get("divide_by") {
            Some(field) => read_divisor(&field, self, sink)?,
            None => Divisor::Number(Decimal::ONE),
        };
        let round = section.get("round").and_then(|field| Mode::read(&field, sink));
        let parts = sum.iter().chain(&minus).chain(match &divide_by {
            Divisor::Measure(id) => Some(id),
            Divisor::Number(_) => None,
        });
        let parts: Vec<&Measure> = parts.map(|id| &self.measures.all[*id]).collect();
        if let Some(word) = parts.iter().find(|m| m.is_word()) {
            sink.error(
                &section.at,
                say::no_sense(
                    &format!("\"{}\" berupa kata, tidak dapat dijumlahkan.", word.name),
                    &format!("\"{}\" is a word and cannot be summed.", word.name),
                ),
            );
        }
        let phase = parts.iter().map(|m| m.phase).max().unwrap_or(Phase::Month);
        let plain = times.fract().is_zero() && divide_by == Divisor::Number(Decimal::ONE);
        let whole = round.is_some() || (plain && parts.iter().all(|m| m.whole));
        let unit = match section.text("unit", sink).as_deref() {
            Some("minutes") => Unit::Minutes,
            Some("days") => Unit::Days,
            Some("times") => Unit::Times,
            Some("percent") => Unit::Percent,
            Some("rupiah") => Unit::Rupiah,
            Some("points") => Unit::Points,
            Some("number") => Unit::Number,
            Some(other) => {
                let known = ["minutes", "days", "times", "percent", "rupiah", "points", "number"];
                sink.error(&section.at, say::unknown_name("unit", other, &known));
                Unit::Number
            }
            None if plain => parts.first().map_or(Unit::Number, |m| m.unit),
            None => Unit::Number,
        };
        let (at_least, at_most) = (section.decimal("at_least", sink), section.decimal("at_most", sink));
        let formula = Formula { sum, minus, times, divide_by, round, at_least, at_most };
        Some(Measure::new(name, Kind::Formula(Box::new(formula)), unit, whole, phase))
    }
}

/// Reads a divisor: a positive number or the name of a measure.
pub fn read_divisor(field: &Field, names: &mut Names, sink: &mut Sink) -> Option<Divisor> {
    match field.as_text() {
        Some(name) => names.measure_at(name, Phase::Score, &field.at, sink).map(Divisor::Measure),
        None => {
            let number = field.decimal(sink)?;
            if number <= Decimal::ZERO {
                field.error(sink, say::out_of_range("divide_by", "> 0"));
                return None;
            }
            Some(Divisor::Number(number))
        }
    }
}

fn default_value(field: &Field, kind: &InputKind, sink: &mut Sink) -> Option<InputValue> {
    match kind {
        InputKind::Number | InputKind::Rupiah => field.decimal(sink).map(InputValue::Number),
        InputKind::Flag => field.flag(sink).map(InputValue::Flag),
        InputKind::Words(words) => {
            let word = field.text(sink)?;
            if !words.is_empty() && !words.contains(&word) {
                let known: Vec<&str> = words.iter().map(String::as_str).collect();
                field.error(sink, say::unknown_name("value", &word, &known));
            }
            Some(InputValue::Text(word))
        }
    }
}
