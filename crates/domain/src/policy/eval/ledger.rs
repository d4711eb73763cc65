//! The lines of a result while they are being made, and what each still costs after caps.

use rust_decimal::Decimal;

use super::{bases::Bases, facts::Fact, hits::Hit, measures::Values, standing::Standing};
use crate::{
    money::{Percent, Rupiah},
    policy::{
        document::Policy,
        input::Who,
        result::{LineKind, TppLine, Unit},
        rules::{
            amount::Meaning,
            base::{Base, Target},
            rule::Rule,
        },
        text::Text,
    },
};

/// Excesses below this are dust of divisions, not something to print a line about.
const DUST: Decimal = Decimal::from_parts(1, 0, 0, false, 2);

/// An entry: a line with what it belongs to.
#[derive(Debug)]
pub struct Entry {
    /// The line.
    pub line: TppLine,
    /// What it costs after caps.
    pub net: Decimal,
    /// What loses it.
    pub target: Target,
    /// The rule, for caps.
    pub rule: Option<usize>,
}

/// All lines that lessen.
#[derive(Debug, Default)]
pub struct Ledger {
    /// In order.
    pub entries: Vec<Entry>,
}

/// Everything a line's amount depends on.
pub struct Pricing<'a> {
    /// The policy.
    pub policy: &'a Policy,
    /// The person at the end of the month, for month rules.
    pub who: &'a Who,
    /// The days.
    pub facts: &'a [Fact<'a>],
    /// The measures.
    pub values: &'a Values,
    /// The base amounts.
    pub bases: &'a Bases,
}

impl Pricing<'_> {
    /// The percentage (if any) and unrounded rupiah of a rule for a quantity.
    pub fn price(
        &self,
        rule: &Rule,
        who: &Who,
        quantity: Decimal,
        share: Decimal,
    ) -> (Option<Decimal>, Decimal) {
        let number = rule.size.number(who, quantity) * share / Decimal::ONE_HUNDRED;
        match rule.size.meaning {
            Meaning::Pct | Meaning::Points => {
                (Some(number), self.bases.percent(&rule.base, number, self.values))
            }
            Meaning::Rupiah => (None, number),
            Meaning::Zero => (Some(Decimal::ONE_HUNDRED), Decimal::ZERO),
        }
    }

    /// The person on the day of a hit.
    pub fn who_of(&self, hit: &Hit) -> &Who {
        hit.fact.map_or(self.who, |at| self.facts[at].who)
    }

    /// The name of a target.
    pub fn target_name(&self, target: Target) -> Text {
        match target {
            Target::Whole => self.policy.whole.clone(),
            Target::Component(component) => self.policy.components[component].id.clone(),
        }
    }

    /// The line of a hit, rounded; not yet waived.
    pub fn line(&self, hit: &Hit) -> TppLine {
        let rule = &self.policy.rules[hit.rule];
        let (pct, rupiah) = self.price(rule, self.who_of(hit), hit.quantity, hit.share);
        TppLine {
            kind: LineKind::Cut,
            date: hit.date,
            code: rule.code.clone(),
            signal: self.signal(rule, hit),
            text: rule.text.clone(),
            article: rule.article.clone(),
            quantity: hit.quantity,
            unit: rule.unit,
            pct: pct.map(Percent),
            base: rule.base.name.clone(),
            base_amount: Rupiah(self.bases.amount(&rule.base, self.values)),
            target: self.target_name(rule.target),
            rupiah: Rupiah(self.policy.header.rounding.line(rupiah)),
            waived: None,
        }
    }

    /// The signal as results name it: a status rule names the status of the day, and minutes that nobody was late say
    /// that they stand for a punch that is missing (`missing_in:top_band`, `missing_out:minutes`).
    fn signal(&self, rule: &Rule, hit: &Hit) -> Text {
        use crate::policy::rules::{day_switches::Missing, signal::Signal};
        let fact = hit.fact.map(|at| &self.facts[at]);
        let status = match (&rule.signal, fact) {
            (Signal::Status, Some(fact)) => fact.status,
            (Signal::PartialStatus, Some(fact)) => fact.partial,
            _ => None,
        };
        if let Some(code) = status {
            return Text::from(format!("status:{code}"));
        }
        let day = fact.and_then(|fact| fact.day);
        let switches = &self.policy.day;
        let imputed = match rule.signal {
            Signal::Late if day.is_some_and(|d| d.missing_in) => Some(("missing_in", switches.missing_in)),
            Signal::Early if day.is_some_and(|d| d.missing_out) => {
                Some(("missing_out", switches.missing_out))
            }
            _ => None,
        };
        match imputed {
            Some((name, Missing::TopBand)) => Text::from(format!("{name}:top_band")),
            Some((name, Missing::Minutes(_) | Missing::Clock(_))) => Text::from(format!("{name}:minutes")),
            _ => rule.signal_name.clone(),
        }
    }
}

impl Ledger {
    /// Adds a line, waived where cuts do not apply.
    pub fn push(&mut self, mut line: TppLine, standing: Standing, target: Target, rule: Option<usize>) {
        line.waived = standing.waived(line.rupiah);
        if line.waived.is_some() {
            line.rupiah = Rupiah::ZERO;
        }
        self.entries.push(Entry { net: line.rupiah.0, line, target, rule });
    }

    /// What is cut from a target.
    pub fn cut_from(&self, target: Target) -> Decimal {
        self.entries.iter().filter(|entry| entry.target == target).map(|entry| entry.net).sum()
    }

    /// Gives back `excess` to a target, as a line; dust is taken off the last line instead.
    pub fn give_back(&mut self, excess: Decimal, target: Target, line: TppLine) {
        if excess <= Decimal::ZERO {
            return;
        }
        if excess < DUST
            && let Some(last) = self.entries.iter_mut().rev().find(|e| e.target == target && e.net >= excess)
        {
            last.line.rupiah.0 -= excess;
            last.net -= excess;
            return;
        }
        let line = TppLine { rupiah: Rupiah(-excess), ..line };
        self.entries.push(Entry { net: -excess, line, target, rule: None });
    }
}

/// A line that gives back, without its amount.
pub fn limit_line(
    code: &Text,
    text: &Text,
    article: &Text,
    target: Text,
    base: Text,
    limit: Decimal,
) -> TppLine {
    TppLine {
        kind: LineKind::Limit,
        date: None,
        code: code.clone(),
        signal: Text::from("limit"),
        text: text.clone(),
        article: article.clone(),
        quantity: limit,
        unit: Unit::Rupiah,
        pct: None,
        base,
        base_amount: Rupiah(limit),
        target,
        rupiah: Rupiah::ZERO,
        waived: None,
    }
}

/// A line of a base without day and quantity.
pub fn base_line(
    kind: LineKind,
    code: &Text,
    text: &Text,
    article: &Text,
    base: &Base,
    base_amount: Decimal,
) -> TppLine {
    TppLine {
        kind,
        date: None,
        code: code.clone(),
        signal: Text::from("month"),
        text: text.clone(),
        article: article.clone(),
        quantity: Decimal::ONE,
        unit: Unit::Times,
        pct: None,
        base: base.name.clone(),
        base_amount: Rupiah(base_amount),
        target: Text::from("tpp"),
        rupiah: Rupiah::ZERO,
        waived: None,
    }
}
