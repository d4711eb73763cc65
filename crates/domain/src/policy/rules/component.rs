//! A component: a part of the TPP with its own way of being earned.

use rust_decimal::Decimal;

use super::{
    filter::{Condition, read_where},
    measure::{Divisor, MeasureId, Phase},
    measure_read::read_divisor,
    names::Names,
    range::Range,
    rule::article,
};
use crate::policy::{
    source::{At, Section, Sink, say},
    text::Text,
};

/// A part of the TPP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Component {
    /// Its id.
    pub id: Text,
    /// Its name for print.
    pub name: Text,
    /// Article of the regulation.
    pub article: Text,
    /// Its part of the base, in percent.
    pub share: Decimal,
    /// Criteria it is a part of; empty means the whole TPP.
    pub criteria: Vec<usize>,
    /// How it is earned.
    pub mode: Mode,
    /// Maps the value to the percentage paid; empty means the value itself.
    pub bands: Vec<Band>,
    /// Paid below the lowest and above the highest band, and for words without a band.
    pub otherwise: Decimal,
    /// Where it stands.
    pub at: At,
}

/// How a component is earned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mode {
    /// 100 less the cuts.
    Cuts,
    /// 100 less the points.
    Points,
    /// A measure of a target, at most `cap`.
    Ratio {
        /// What was reached.
        measure: MeasureId,
        /// What should be reached.
        target: Divisor,
        /// Highest percentage.
        cap: Decimal,
    },
    /// The value of a measure, through bands.
    Bands(MeasureId),
    /// Everything when all conditions hold, else nothing.
    AllOrNothing(Vec<Condition>),
}

/// One step of a scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// Numbers in here …
    pub range: Range,
    /// … or one of these words …
    pub words: Vec<String>,
    /// … are paid this percentage.
    pub pct: Decimal,
    /// Where it stands.
    pub at: At,
}

impl Component {
    /// Reads one `[[component]]`.
    pub fn read(mut section: Section, names: &mut Names, sink: &mut Sink) -> Option<Component> {
        let at = section.at.clone();
        let id = section.required_text("id", sink);
        let name = section.text("name", sink).unwrap_or_else(|| id.replace('_', " "));
        let share = section.decimal("share_pct", sink);
        let criteria = read_criteria(&mut section, names, sink);
        let mode_name = section.required_text("mode", sink);
        let article = article(&mut section, sink);
        let measure = read_measure(&mut section, names, sink);
        let target = section.get("target").and_then(|field| read_divisor(&field, names, sink));
        let cap = section.decimal("cap_pct", sink).unwrap_or(Decimal::ONE_HUNDRED);
        let conditions = read_where(&mut section, names, Phase::Hits, false, sink);
        let word = measure.is_some_and(|id| names.measures.all[id].is_word());
        let bands = read_bands(&mut section, word, sink);
        let otherwise = section.decimal("otherwise_pct", sink).unwrap_or_default();
        section.finish(sink);

        for (what, value) in
            [("cap_pct", cap), ("otherwise_pct", otherwise), ("share_pct", share.unwrap_or_default())]
        {
            if value < Decimal::ZERO || value > Decimal::ONE_HUNDRED {
                sink.error(&at, say::out_of_range(what, "0-100"));
            }
        }
        if share.is_none() {
            sink.error(&at, say::missing_key("share_pct"));
        }
        let missing = |key: &str, sink: &mut Sink| sink.error(&at, say::missing_key(key));
        let mode = match mode_name.as_str() {
            "cuts" => Mode::Cuts,
            "points" => Mode::Points,
            "ratio" => match (measure, target) {
                (Some(measure), Some(target)) => Mode::Ratio { measure, target, cap },
                (measure, _) => {
                    missing(if measure.is_none() { "measure" } else { "target" }, sink);
                    return None;
                }
            },
            "bands" => {
                let Some(measure) = measure else {
                    missing("measure", sink);
                    return None;
                };
                if bands.is_empty() {
                    missing("band", sink);
                }
                Mode::Bands(measure)
            }
            "all_or_nothing" => {
                if conditions.is_empty() {
                    missing("where", sink);
                }
                Mode::AllOrNothing(conditions)
            }
            "" => return None,
            other => {
                let known = ["cuts", "points", "ratio", "bands", "all_or_nothing"];
                sink.error(&at, say::unknown_name("mode", other, &known));
                return None;
            }
        };
        let share = share?;
        Some(Component {
            id: id.into(),
            name: name.into(),
            article: article.into(),
            share,
            criteria,
            mode,
            bands,
            otherwise,
            at,
        })
    }

    /// The percentage paid for a value, through the bands.
    pub fn paid_for(&self, value: Decimal) -> Decimal {
        match self.bands.iter().find(|band| band.range.contains(value)) {
            Some(band) => band.pct,
            None if self.bands.is_empty() => value,
            None => self.otherwise,
        }
    }

    /// The percentage paid for a word.
    pub fn paid_for_word(&self, word: &str) -> Decimal {
        let band = self.bands.iter().find(|band| band.words.iter().any(|w| w.eq_ignore_ascii_case(word)));
        band.map_or(self.otherwise, |band| band.pct)
    }
}

fn read_measure(section: &mut Section, names: &mut Names, sink: &mut Sink) -> Option<MeasureId> {
    let field = section.get("measure")?;
    let name = field.text(sink)?;
    names.measure_at(&name, Phase::Hits, &field.at, sink)
}

fn read_criteria(section: &mut Section, names: &Names, sink: &mut Sink) -> Vec<usize> {
    let items = section.get("of").map(|f| f.items()).unwrap_or_default();
    let mut found = Vec::new();
    for item in items {
        let Some(name) = item.text(sink) else { continue };
        if name == "tpp" || name == names.whole.as_str() {
            continue;
        }
        match names.criteria.iter().position(|c| c.as_str() == name) {
            Some(criterion) => found.push(criterion),
            None => {
                let mut known: Vec<&str> = names.criteria.iter().map(Text::as_str).collect();
                known.push("tpp");
                item.error(sink, say::unknown_name("base", &name, &known));
            }
        }
    }
    found.sort_unstable();
    found
}

fn read_bands(section: &mut Section, word: bool, sink: &mut Sink) -> Vec<Band> {
    let mut bands = Vec::new();
    for mut band in section.sections("band", sink) {
        let at = band.at.clone();
        let words = band.texts("is", sink);
        let range = Range::read(&mut band, false, sink);
        let pct = band.decimal("pct", sink);
        if pct.is_none() {
            sink.error(&at, say::missing_key("pct"));
        }
        if word && words.is_empty() {
            sink.error(&at, say::missing_key("is"));
        }
        if !word && range.is_open() {
            sink.error(&at, say::missing_key("min"));
        }
        let pct = pct.unwrap_or_default();
        if pct < Decimal::ZERO || pct > Decimal::ONE_HUNDRED {
            sink.error(&at, say::out_of_range("pct", "0-100"));
        }
        band.finish(sink);
        bands.push(Band { range, words, pct, at });
    }
    bands
}
