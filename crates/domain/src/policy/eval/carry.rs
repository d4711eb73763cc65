//! What a month hands on: its share of the year's counters, and the runs still open on its last day.

use std::collections::BTreeMap;

use super::{
    facts::{Fact, facts},
    hits::{self, Counts},
    measures::{Late, Values},
};
use crate::policy::{
    document::Policy,
    input::PersonMonth,
    result::Carry,
    rules::{
        measure::{Counting, Kind, Phase},
        measure_names::Builtin,
        rule::NthIn,
    },
    text::Text,
};

/// How far back a policy looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LookBack {
    /// To 1 January: `year:` measures and `nth_in = "year"`.
    pub year: bool,
    /// To the end of the month before: runs of days and `nth_in = "spell"`.
    pub runs: bool,
}

impl Policy {
    /// How far back the policy looks. One that looks at nothing but the month needs no earlier one.
    pub fn looks_back(&self) -> LookBack {
        let counts = |over| self.rules.iter().any(|rule| rule.nth.is_some_and(|nth| nth.over == over));
        let run = |kind: &Kind| match kind {
            Kind::Builtin(builtin) => *builtin == Builtin::LongestTkRun,
            Kind::Days(days) => days.counting == Counting::LongestRun,
            _ => false,
        };
        LookBack {
            year: counts(NthIn::Year) || self.measures.iter().any(|m| matches!(m.kind, Kind::Year(_))),
            runs: counts(NthIn::Spell) || self.measures.iter().any(|m| run(&m.kind)),
        }
    }
}

/// What a month hands on to later ones, without calculating any amount. Beside the counters of the policy itself it
/// holds those of every sum the engine knows, so that a later policy may ask for them.
pub fn carry(policy: &Policy, person: &PersonMonth) -> Carry {
    let Some(who) = person.who.on(person.month.last()) else { return Carry::default() };
    let facts = facts(policy, person, who);
    let mut values = Values::of_month(policy, person, &facts);
    let mut counts = Counts::default();
    let mut found = hits::daily(policy, person, &facts, &values, &mut counts);
    hits::replace(policy, &mut found);
    values.compute(
        policy,
        person,
        &facts,
        Phase::Hits,
        &Late { hits: &hits::fired(policy, &found), scores: &[] },
    );
    let mut carry = handed_on(policy, &facts, &values, counts);
    if facts.iter().any(Fact::in_force) {
        let own = std::mem::take(&mut carry.counters);
        carry.counters = values.sums(person, &facts);
        carry.counters.extend(own);
    }
    carry
}

/// From values and counts that are there already. A month of trial hands on nothing: no one is charged later for
/// what was only recorded.
pub fn handed_on(policy: &Policy, facts: &[Fact], values: &Values, counts: Counts) -> Carry {
    if !facts.iter().any(Fact::in_force) {
        return Carry::default();
    }
    let mut counters: BTreeMap<Text, _> = counts.year;
    for measure in &policy.measures {
        if let Kind::Year(inner) = measure.kind
            && let Some(value) = values.number(inner)
        {
            counters.insert(policy.measures[inner].name.clone(), value);
        }
    }
    let mut spells = counts.spells;
    spells.extend(values.spells.clone());
    Carry { counters, spells }
}
