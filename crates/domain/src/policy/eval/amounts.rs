//! The full amount: given with the person, or looked up in the policy's table.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::bounded;

use crate::{
    money::Rupiah,
    policy::{
        document::Policy,
        input::{PersonMonth, Who},
        text::Text,
    },
};

/// The full amounts of a person.
#[derive(Debug, Clone)]
pub struct Amounts {
    /// The whole.
    pub whole: Decimal,
    /// Per criterion, in the order of the policy.
    pub criteria: Vec<Decimal>,
}

impl Amounts {
    /// `None` when nothing is set.
    pub fn find(policy: &Policy, person: &PersonMonth, who: &Who) -> Option<Amounts> {
        let row = |criterion: Option<usize>| {
            let fitting =
                policy.amounts.iter().filter(|row| row.criterion == criterion && row.who.takes(who));
            fitting.filter_map(|row| row.rupiah.find(who)).next()
        };
        let given = |name: &str| person.amounts.get(name).map(|amount| bounded(*amount).max(Decimal::ZERO));
        let whole = given(&policy.whole).or_else(|| given("tpp")).or_else(|| row(None));
        let criteria: Vec<Option<Decimal>> = policy
            .header
            .criteria
            .iter()
            .enumerate()
            .map(|(i, name)| given(name).or_else(|| row(Some(i))))
            .collect();
        if criteria.iter().any(Option::is_some) {
            let criteria: Vec<Decimal> = criteria.into_iter().map(Option::unwrap_or_default).collect();
            return Some(Amounts { whole: criteria.iter().sum(), criteria });
        }
        let needs_criteria = policy.components.iter().any(|component| !component.criteria.is_empty());
        let whole = whole.filter(|_| !needs_criteria);
        let whole = whole.or_else(|| {
            let unnamed = policy.header.criteria.is_empty() && !person.amounts.is_empty();
            unnamed.then(|| person.amounts.values().map(|amount| bounded(*amount).max(Decimal::ZERO)).sum())
        });
        Some(Amounts { whole: whole?, criteria: vec![Decimal::ZERO; criteria.len()] })
    }

    /// For print.
    pub fn named(&self, policy: &Policy) -> BTreeMap<Text, Rupiah> {
        if self.criteria.iter().all(Decimal::is_zero) {
            return BTreeMap::from([(policy.whole.clone(), Rupiah(self.whole))]);
        }
        let named = policy.header.criteria.iter().cloned().zip(self.criteria.iter().map(|a| Rupiah(*a)));
        named.collect()
    }

    /// Everything times a factor.
    pub fn scale(&mut self, factor: Decimal) {
        self.whole *= factor;
        for amount in &mut self.criteria {
            *amount *= factor;
        }
    }
}
