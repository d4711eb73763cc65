//! Which rules fire, where, and for what quantity.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{
    facts::Fact,
    matching::{Matcher, quantity, within},
    measures::Values,
    number,
    standing::Standing,
};
use crate::policy::{
    document::Policy,
    input::PersonMonth,
    rules::{
        rule::{CountsAs, NthIn, Rule},
        signal::Signal,
    },
    text::Text,
};

/// A rule that fired.
#[derive(Debug, Clone)]
pub struct Hit {
    /// The rule.
    pub rule: usize,
    /// The day; `None` for the month.
    pub fact: Option<usize>,
    /// Its date.
    pub date: Option<Date>,
    /// Charged quantity.
    pub quantity: Decimal,
    /// Share of a sub-event in percent.
    pub share: Decimal,
    /// Whether it cuts.
    pub standing: Standing,
}

/// Counts of occurrences, to be carried over the year and the spell.
#[derive(Debug, Default)]
pub struct Counts {
    /// This month's occurrences of the rules that count over the year.
    pub year: BTreeMap<Text, Decimal>,
    /// Spells still open.
    pub spells: BTreeMap<Text, Decimal>,
}

/// The rules of the days and of events.
pub fn daily(
    policy: &Policy,
    person: &PersonMonth,
    facts: &[Fact],
    values: &Values,
    counts: &mut Counts,
) -> Vec<Hit> {
    let matcher = Matcher { person, measures: &policy.measures };
    let mut counters = Counters::default();
    let mut hits = Vec::new();
    for (at, fact) in facts.iter().enumerate() {
        for (signal, rules) in &policy.plan.daily {
            let Some(quantity) = quantity(signal, fact) else { continue };
            for &rule in rules {
                let own = &policy.rules[rule];
                if !within(&own.range, quantity) || !takes(&matcher, own, fact, values) {
                    continue;
                }
                if counted(person, own, rule, counters.of(fact)) {
                    hits.push(hit(own, rule, at, fact, quantity, Decimal::ONE_HUNDRED));
                }
            }
        }
        events(policy, &matcher, at, fact, values, counters.of(fact), &mut hits);
        spells(policy, person, &matcher, fact, values, counters.of(fact));
    }
    for (rule, count) in counters.in_force {
        let own = &policy.rules[rule];
        match own.nth.map(|nth| nth.over) {
            Some(NthIn::Year) => drop(counts.year.insert(nth_key(own), count)),
            Some(NthIn::Spell) if !count.is_zero() => drop(counts.spells.insert(nth_key(own), count)),
            _ => {}
        }
    }
    hits
}

/// Occurrences by rule. Those before the OPD or the policy is in force use up nothing of what is free later.
#[derive(Default)]
struct Counters {
    in_force: BTreeMap<usize, Decimal>,
    for_information: BTreeMap<usize, Decimal>,
}

impl Counters {
    fn of(&mut self, fact: &Fact) -> &mut BTreeMap<usize, Decimal> {
        if fact.in_force() { &mut self.in_force } else { &mut self.for_information }
    }
}

fn takes(matcher: &Matcher, rule: &Rule, fact: &Fact, values: &Values) -> bool {
    (rule.filter.who.is_empty() || rule.filter.who.takes(fact.who))
        && matcher.takes(&rule.filter, &rule.signal, fact, values)
}

fn nth_key(rule: &Rule) -> Text {
    Text::from(format!("nth:{}", rule.code))
}

/// Counts this occurrence and says whether it is one of those the rule is for.
fn counted(person: &PersonMonth, rule: &Rule, index: usize, counters: &mut BTreeMap<usize, Decimal>) -> bool {
    let Some(nth) = rule.nth else { return true };
    let spell = || person.spells.get(nth_key(rule).as_str()).copied().unwrap_or_default();
    let start = if nth.over == NthIn::Spell { spell() } else { Decimal::ZERO };
    let count = counters.entry(index).or_insert(start);
    *count += Decimal::ONE;
    let before = match nth.over {
        NthIn::Year => person.year_to_date.get(nth_key(rule).as_str()).copied().unwrap_or_default(),
        NthIn::Month | NthIn::Spell => Decimal::ZERO,
    };
    nth.range.contains(before + *count)
}

/// A required day without the occurrence ends the spell.
fn spells(
    policy: &Policy,
    person: &PersonMonth,
    matcher: &Matcher,
    fact: &Fact,
    values: &Values,
    counters: &mut BTreeMap<usize, Decimal>,
) {
    for &rule in &policy.plan.spells {
        let own = &policy.rules[rule];
        let start = || person.spells.get(nth_key(own).as_str()).copied().unwrap_or_default();
        let count = counters.entry(rule).or_insert_with(start);
        let happened = quantity(&own.signal, fact).is_some_and(|q| within(&own.range, q))
            && takes(matcher, own, fact, values);
        if !happened && fact.required_day() {
            *count = Decimal::ZERO;
        }
    }
}

fn events(
    policy: &Policy,
    matcher: &Matcher,
    at: usize,
    fact: &Fact,
    values: &Values,
    counters: &mut BTreeMap<usize, Decimal>,
    hits: &mut Vec<Hit>,
) {
    let missed = matcher.person.events.iter().filter(|e| e.date == fact.date && e.attended == Some(false));
    for event in missed {
        for &rule in &policy.plan.events {
            let own = &policy.rules[rule];
            let Signal::Event(pattern) = &own.signal else { continue };
            if !pattern.takes(&event.kind) || !takes(matcher, own, fact, values) {
                continue;
            }
            let part = event.part.as_deref().and_then(|part| own.parts.iter().find(|(name, _)| name == part));
            let share = part.map_or(Decimal::ONE_HUNDRED, |(_, share)| *share);
            if counted(matcher.person, own, rule, counters) {
                hits.push(hit(own, rule, at, fact, 1, share));
            }
        }
    }
}

fn hit(rule: &Rule, index: usize, at: usize, fact: &Fact, quantity: i64, share: Decimal) -> Hit {
    let quantity = match rule.counts_as {
        CountsAs::Own => number(quantity),
        CountsAs::RequiredMinutes => number(fact.required),
        CountsAs::Minutes(minutes) => minutes,
    };
    Hit { rule: index, fact: Some(at), date: Some(fact.date), quantity, share, standing: fact.standing }
}

/// The rules of the month.
pub fn monthly(
    policy: &Policy,
    person: &PersonMonth,
    who: &crate::policy::input::Who,
    standing: Standing,
    values: &Values,
) -> Vec<Hit> {
    let matcher = Matcher { person, measures: &policy.measures };
    let mut hits = Vec::new();
    for &rule in &policy.plan.monthly {
        let own = &policy.rules[rule];
        let quantity = match own.measure() {
            Some(id) => values.number(id),
            None => Some(Decimal::ONE),
        };
        let Some(quantity) = quantity else { continue };
        let fits = (own.range.is_open() || own.range.contains(quantity))
            && (own.filter.who.is_empty() || own.filter.who.takes(who))
            && own.filter.conditions.iter().all(|condition| matcher.holds(condition, None, values));
        if fits {
            hits.push(Hit { rule, fact: None, date: None, quantity, share: Decimal::ONE_HUNDRED, standing });
        }
    }
    hits
}

/// How often each rule cut.
pub fn fired(policy: &Policy, hits: &[Hit]) -> Vec<u32> {
    let mut fired = vec![0; policy.rules.len()];
    for hit in hits.iter().filter(|hit| hit.standing.cuts_apply()) {
        fired[hit.rule] += 1;
    }
    fired
}

/// Removes the hits that another rule replaces: on the same day, or in the whole month for a month rule.
pub fn replace(policy: &Policy, hits: &mut Vec<Hit>) {
    if policy.rules.iter().all(|rule| rule.instead_of.is_empty()) {
        return;
    }
    let replaced: Vec<(usize, Option<Date>, bool)> = hits
        .iter()
        .flat_map(|hit| {
            let others = &policy.rules[hit.rule].instead_of;
            others.iter().map(|other| (*other, hit.date, hit.standing.cuts_apply()))
        })
        .collect();
    // A rule that is only shown for information must not take the place of one that cuts.
    hits.retain(|hit| {
        !replaced.iter().any(|(rule, date, cuts)| {
            *rule == hit.rule
                && (date.is_none() || *date == hit.date)
                && (*cuts || !hit.standing.cuts_apply())
        })
    });
}
