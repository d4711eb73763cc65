//! A cap: the most that some cuts may cost together.

use rust_decimal::Decimal;

use super::{
    base::{Base, Step, Target},
    names::Names,
    rule::article,
};
use crate::policy::{
    source::{At, Section, Sink, say},
    text::Text,
};

/// Over what the cuts are added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Per {
    /// Each day for itself.
    Day,
    /// The month.
    Month,
}

/// The limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Limit {
    /// Percent of a base.
    Pct(Decimal, Base),
    /// Rupiah.
    Rupiah(Decimal),
    /// What one case of this rule costs.
    Rule(usize),
    /// Only the dearest of the cuts counts.
    Highest,
}

/// A cap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cap {
    /// Its code.
    pub code: Text,
    /// The policy's own words; may be empty.
    pub text: Text,
    /// Article of the regulation.
    pub article: Text,
    /// Over what.
    pub per: Per,
    /// The limit.
    pub limit: Limit,
    /// Only cuts by these signals; empty means all.
    pub signals: Vec<Text>,
    /// Only cuts by these rules; empty means all.
    pub rules: Vec<usize>,
    /// Only cuts from this; `None` means all.
    pub target: Option<Target>,
    /// Where it stands.
    pub at: At,
}

impl Cap {
    /// Reads one `[[cap]]`.
    pub fn read(mut section: Section, names: &mut Names, sink: &mut Sink) -> Option<Cap> {
        let at = section.at.clone();
        let code = section.required_text("code", sink);
        let text = section.text("text", sink).unwrap_or_default();
        let article = article(&mut section, sink);
        let per = match section.required_text("per", sink).as_str() {
            "day" => Per::Day,
            "month" => Per::Month,
            other => {
                if !other.is_empty() {
                    sink.error(&at, say::unknown_name("per", other, &["day", "month"]));
                }
                Per::Month
            }
        };
        let signals = section.texts("signals", sink).into_iter().map(Text::from).collect();
        let rule = |name: &str, at: &At, sink: &mut Sink| {
            let found = names.rule(name);
            if found.is_none() {
                let known: Vec<&str> = names.rules.iter().map(Text::as_str).collect();
                sink.error(at, say::unknown_name("rule", name, &known));
            }
            found
        };
        let codes = section.texts("rules", sink);
        let rules = codes.iter().filter_map(|code| rule(code, &at, sink)).collect();
        let max_rule = section.get("max_rule");
        let max_rule = max_rule.and_then(|field| Some((field.text(sink)?, field.at)));
        let max_rule = max_rule.and_then(|(code, at)| rule(&code, &at, sink));
        let target = Target::read(&mut section, names, sink);
        let base = Base::read(&mut section, names, Step::Rule, sink);
        let max_pct = section.decimal("max_pct", sink);
        let max_rupiah = section.decimal("max_rupiah", sink);
        let highest = section.flag("highest", sink);
        let has_rule = section.get("max_rule").is_some();
        section.finish(sink);
        let found = [max_pct.is_some(), max_rupiah.is_some(), has_rule, highest];
        let found = found.into_iter().filter(|yes| *yes).count();
        if found != 1 {
            sink.error(&at, say::exactly_one("max_pct, max_rupiah, max_rule, highest", found));
            return None;
        }
        for (key, value) in [("max_pct", max_pct), ("max_rupiah", max_rupiah)] {
            if value.is_some_and(|n| n < Decimal::ZERO) {
                sink.error(&at, say::negative(key));
            }
        }
        let limit = if let Some(pct) = max_pct {
            Limit::Pct(pct, base.unwrap_or_else(|| Base::whole(names)))
        } else if let Some(rupiah) = max_rupiah {
            Limit::Rupiah(rupiah)
        } else if highest {
            Limit::Highest
        } else {
            Limit::Rule(max_rule?)
        };
        Some(Cap {
            code: code.into(),
            text: text.into(),
            article: article.into(),
            per,
            limit,
            signals,
            rules,
            target,
            at,
        })
    }
}
