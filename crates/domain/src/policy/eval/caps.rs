//! Caps: what cuts together may cost at most.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::ledger::{Entry, Ledger, Pricing, limit_line};
use crate::{
    money::Rupiah,
    policy::rules::{
        base::Target,
        cap::{Cap, Limit, Per},
        rule::CountsAs,
    },
};

/// Applies the caps of the days, then those of the month, in the order of the policy.
pub fn apply(pricing: &Pricing, ledger: &mut Ledger) {
    let caps = &pricing.policy.caps;
    for cap in caps.iter().filter(|cap| cap.per == Per::Day) {
        let dates: BTreeSet<Date> = ledger.entries.iter().filter_map(|entry| entry.line.date).collect();
        for date in dates {
            limit(pricing, ledger, cap, Some(date));
        }
    }
    for cap in caps.iter().filter(|cap| cap.per == Per::Month) {
        limit(pricing, ledger, cap, None);
    }
}

fn limit(pricing: &Pricing, ledger: &mut Ledger, cap: &Cap, date: Option<Date>) {
    let chosen: Vec<usize> = ledger
        .entries
        .iter()
        .enumerate()
        .filter(|(_, entry)| {
            let Some(rule) = entry.rule else { return false };
            (date.is_none() || entry.line.date == date)
                && entry.net > Decimal::ZERO
                && (cap.rules.is_empty() || cap.rules.contains(&rule))
                && (cap.signals.is_empty() || cap.signals.contains(&pricing.policy.rules[rule].signal_name))
                && cap.target.is_none_or(|target| target == entry.target)
        })
        .map(|(at, _)| at)
        .collect();
    let sum: Decimal = chosen.iter().map(|at| ledger.entries[*at].net).sum();
    let nets = chosen.iter().map(|at| ledger.entries[*at].net);
    let (most, base) = match &cap.limit {
        Limit::Pct(pct, base) => (pricing.bases.percent(base, *pct, pricing.values), base.name.clone()),
        Limit::Rupiah(rupiah) => (*rupiah, pricing.policy.whole.clone()),
        Limit::Highest => (nets.max().unwrap_or_default(), pricing.policy.whole.clone()),
        Limit::Rule(rule) => {
            let rule = &pricing.policy.rules[*rule];
            let fact = pricing.facts.iter().find(|fact| Some(fact.date) == date);
            let who = fact.map_or(pricing.who, |fact| fact.who);
            let quantity = match rule.counts_as {
                CountsAs::Own => Decimal::ONE,
                CountsAs::RequiredMinutes => Decimal::from(fact.map_or(0, |fact| fact.required)),
                CountsAs::Minutes(minutes) => minutes,
            };
            let (_, rupiah) = pricing.price(rule, who, quantity, Decimal::ONE_HUNDRED);
            (rupiah, rule.base.name.clone())
        }
    };
    let most = pricing.policy.header.rounding.line(most);
    let mut excess = sum - most;
    // The last cuts are the first to be given back, so that earlier lines stay as they are printed.
    for target in targets(&chosen, ledger) {
        let mut back = Decimal::ZERO;
        for at in chosen
            .iter()
            .rev()
            .filter(|at| ledger.entries[**at].target == target)
            .copied()
            .collect::<Vec<_>>()
        {
            if excess <= Decimal::ZERO {
                break;
            }
            let entry = &mut ledger.entries[at];
            let part = excess.min(entry.net);
            entry.net -= part;
            excess -= part;
            back += part;
        }
        if back > Decimal::ZERO {
            let name = pricing.target_name(target);
            let mut line = limit_line(&cap.code, &cap.text, &cap.article, name, base.clone(), most);
            line.date = date;
            line.rupiah = Rupiah(-back);
            // The nets of the cuts are already lessened; the line itself carries nothing more.
            ledger.entries.push(Entry { line, net: Decimal::ZERO, target, rule: None });
        }
    }
}

/// The targets of the chosen lines, that of the last line first.
fn targets(chosen: &[usize], ledger: &Ledger) -> Vec<Target> {
    let mut found = Vec::new();
    for at in chosen.iter().rev() {
        let target = ledger.entries[*at].target;
        if !found.contains(&target) {
            found.push(target);
        }
    }
    found
}
