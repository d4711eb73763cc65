//! What the evaluator looks up once per policy instead of once per day.

use crate::policy::rules::{
    rule::{NthIn, Rule},
    signal::Signal,
};

/// Rules sorted by what triggers them.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Each day signal (not events) with its rules.
    pub daily: Vec<(Signal, Vec<usize>)>,
    /// Rules on events.
    pub events: Vec<usize>,
    /// Rules of the month.
    pub monthly: Vec<usize>,
    /// Rules that count occurrences.
    pub counted: Vec<usize>,
    /// Rules that count days in a row.
    pub spells: Vec<usize>,
    /// Where the highest band of lateness begins.
    pub top_late: i64,
    /// Where the highest band of leaving early begins.
    pub top_early: i64,
}

impl Plan {
    /// For these rules.
    pub fn new(rules: &[Rule]) -> Plan {
        let mut plan = Plan::default();
        for (i, rule) in rules.iter().enumerate() {
            match &rule.signal {
                Signal::Event(_) => plan.events.push(i),
                Signal::Month | Signal::Measure(_) => plan.monthly.push(i),
                signal => match plan.daily.iter_mut().find(|(own, _)| own == signal) {
                    Some((_, list)) => list.push(i),
                    None => plan.daily.push((signal.clone(), vec![i])),
                },
            }
            match rule.nth.map(|nth| nth.over) {
                Some(NthIn::Spell) => plan.spells.push(i),
                Some(_) => plan.counted.push(i),
                None => {}
            }
        }
        plan.top_late = top(rules, &Signal::Late);
        plan.top_early = top(rules, &Signal::Early);
        plan
    }
}

fn top(rules: &[Rule], signal: &Signal) -> i64 {
    let banded = rules.iter().filter(|rule| rule.signal == *signal && rule.size.every.is_none());
    let starts = banded.filter_map(|rule| i64::try_from(rule.range.low?.0.ceil()).ok());
    starts.max().unwrap_or(0)
}
