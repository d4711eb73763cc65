//! Minutes between two bands that no rule takes.

use rust_decimal::Decimal;

use crate::{
    money::grouped,
    policy::{
        document::Policy,
        rules::{filter::Filter, rule::Rule, signal::Signal},
        source::{Sink, say},
    },
};

pub(super) fn check(policy: &Policy, sink: &mut Sink) {
    let mut groups: Vec<(&Signal, &Filter, Vec<&Rule>)> = Vec::new();
    for rule in policy.rules.iter().filter(|rule| banded(rule, policy)) {
        match groups.iter_mut().find(|(signal, filter, _)| *signal == &rule.signal && *filter == &rule.filter)
        {
            Some((_, _, rules)) => rules.push(rule),
            None => groups.push((&rule.signal, &rule.filter, vec![rule])),
        }
    }
    for (_, _, mut rules) in groups {
        if rules.len() < 2 {
            continue;
        }
        rules.sort_by_key(|rule| rule.range.low);
        look(&rules, policy, sink);
    }
}

/// Rules that split a quantity into bands. Bands of a month measure with only a lower limit are thresholds.
fn banded(rule: &Rule, policy: &Policy) -> bool {
    let whole = rule.measure().is_none_or(|id| policy.measures[id].whole);
    (rule.signal.is_minutes() || rule.measure().is_some()) && whole && rule.nth.is_none() && !rule.additional
}

fn look(rules: &[&Rule], policy: &Policy, sink: &mut Sink) {
    let minutes = rules[0].signal.is_minutes();
    let unit = if minutes { "menit/minute " } else { "" };
    let group = rules[0].signal_name.as_str();
    if let Some((low, _)) = rules[0].range.low
        && minutes
        && low > Decimal::ONE
    {
        let missing = format!("{unit}1-{}", grouped(low - Decimal::ONE));
        sink.warn(&rules[0].at, say::gap(group, &missing, &format!("< {}", rules[0].code)));
    }
    let mut covered: Option<Decimal> = None;
    for (i, rule) in rules.iter().enumerate() {
        if let (Some(end), Some((start, _))) = (covered, rule.range.low)
            && start > end + Decimal::ONE
            && i > 0
        {
            let (first, last) = (end + Decimal::ONE, start - Decimal::ONE);
            let missing = match first == last {
                true => format!("{unit}{}", grouped(first)),
                false => format!("{unit}{}-{}", grouped(first), grouped(last)),
            };
            sink.warn(&rule.at, say::gap(group, &missing, &format!("{} … {}", rules[i - 1].code, rule.code)));
        }
        match rule.range.high {
            Some((end, _)) => covered = Some(covered.map_or(end, |c| c.max(end))),
            None => return,
        }
    }
    if let (Some(end), Some(last)) = (covered, rules.last())
        && !shut(last, policy)
    {
        let missing = format!("{unit}> {}", grouped(end));
        sink.warn(&last.at, say::gap(group, &missing, &format!("> {}", last.code)));
    }
}

/// A threshold elsewhere that takes everything left makes an open top harmless.
fn shut(last: &Rule, policy: &Policy) -> bool {
    let same = |rule: &&Rule| rule.signal == last.signal && rule.range.high.is_none();
    policy.rules.iter().any(|rule| same(&rule))
}
