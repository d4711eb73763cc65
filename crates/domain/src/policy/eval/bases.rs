//! Base amounts and percentages of them.

use rust_decimal::Decimal;

use super::{amounts::Amounts, measures::Values};
use crate::policy::{
    document::Policy,
    rules::base::{Base, Source},
};

/// The amounts that percentages are taken of.
#[derive(Debug, Clone)]
pub struct Bases {
    /// The whole amount.
    pub whole: Decimal,
    /// Per criterion.
    pub criteria: Vec<Decimal>,
    /// Per component.
    pub components: Vec<Decimal>,
    /// What is left, for modifiers.
    pub remaining: Decimal,
    /// TPP before tax, for deductions.
    pub earned: Decimal,
}

impl Bases {
    /// For amounts that `before` modifiers have already scaled.
    pub fn new(policy: &Policy, amounts: &Amounts) -> Bases {
        let components = policy.components.iter().map(|component| {
            let of = match component.criteria.as_slice() {
                [] => amounts.whole,
                some => some.iter().map(|i| amounts.criteria[*i]).sum(),
            };
            of * component.share / Decimal::ONE_HUNDRED
        });
        let components = components.collect();
        Bases {
            whole: amounts.whole,
            criteria: amounts.criteria.clone(),
            components,
            remaining: amounts.whole,
            earned: Decimal::ZERO,
        }
    }

    fn source(&self, base: &Base, values: &Values) -> Decimal {
        match base.source {
            Source::Whole => self.whole,
            Source::Criterion(i) => self.criteria[i],
            Source::Component(i) => self.components[i],
            Source::Money(id) => values.number(id).unwrap_or_default().max(Decimal::ZERO),
            Source::Remaining => self.remaining,
            Source::Earned => self.earned,
        }
    }

    /// The base amount, for print.
    pub fn amount(&self, base: &Base, values: &Values) -> Decimal {
        match &base.divisor {
            None => self.source(base, values),
            Some(divisor) => values
                .divisor(divisor)
                .map_or(Decimal::ZERO, |by| (self.source(base, values) / by).round_dp(8)),
        }
    }

    /// `pct` percent of the base, multiplied before it is divided.
    pub fn percent(&self, base: &Base, pct: Decimal, values: &Values) -> Decimal {
        let whole = self.source(base, values) * pct / Decimal::ONE_HUNDRED;
        match &base.divisor {
            None => whole,
            Some(divisor) => values.divisor(divisor).map_or(Decimal::ZERO, |by| whole / by),
        }
    }
}
