//! A deduction: tax, BPJS and the like, after the TPP itself.

use rust_decimal::Decimal;

use super::{
    amount::ByWho,
    base::{Base, Source, Step},
    filter::{Condition, read_where},
    measure::{MeasureId, Phase},
    names::Names,
    rule::article,
    who_filter::WhoFilter,
};
use crate::policy::{
    source::{At, Section, Sink, say},
    text::Text,
};

/// How much is deducted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rate {
    /// Percent of the base.
    Pct(ByWho),
    /// Rupiah.
    Rupiah(ByWho),
}

/// A deduction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deduction {
    /// Its code.
    pub code: Text,
    /// The policy's own words; may be empty.
    pub text: Text,
    /// Article of the regulation.
    pub article: Text,
    /// Only these people.
    pub who: WhoFilter,
    /// Only when all hold.
    pub conditions: Vec<Condition>,
    /// How much.
    pub rate: Rate,
    /// Of what.
    pub base: Base,
    /// The base counts only up to here …
    pub ceiling: Option<Decimal>,
    /// … of which this measure (the salary) is used up first.
    pub counted_first: Option<MeasureId>,
    /// Where it stands.
    pub at: At,
}

impl Deduction {
    /// Reads one `[[after]]`.
    pub fn read(mut section: Section, names: &mut Names, sink: &mut Sink) -> Option<Deduction> {
        let at = section.at.clone();
        let code = section.required_text("code", sink);
        let text = section.text("text", sink).unwrap_or_default();
        let article = article(&mut section, sink);
        let who = WhoFilter::read(&mut section, sink);
        let conditions = read_where(&mut section, names, Phase::Score, false, sink);
        let base = Base::read(&mut section, names, Step::Deduction, sink);
        let ceiling = section.decimal("ceiling", sink);
        let counted_first = section.get("counted_first").and_then(|field| {
            let name = field.text(sink)?;
            names.measure_at(&name, Phase::Month, &field.at, sink)
        });
        let pct = section.get("pct").and_then(|field| ByWho::read(&field, "pct", sink));
        let rupiah = section.get("rupiah").and_then(|field| ByWho::read(&field, "rupiah", sink));
        section.finish(sink);
        let rate = match (pct, rupiah) {
            (Some(pct), None) => Rate::Pct(pct),
            (None, Some(rupiah)) => Rate::Rupiah(rupiah),
            (pct, _) => {
                sink.error(&at, say::exactly_one("pct, rupiah", if pct.is_some() { 2 } else { 0 }));
                return None;
            }
        };
        let earned = Base { name: Text::from("earned"), source: Source::Earned, divisor: None };
        let base = base.unwrap_or(earned);
        Some(Deduction {
            code: code.into(),
            text: text.into(),
            article: article.into(),
            who,
            conditions,
            rate,
            base,
            ceiling,
            counted_first,
            at,
        })
    }
}
