//! In each group (a signal of a day, a measure of the month) at most one rule takes a case.

use crate::{
    money::grouped,
    policy::{
        document::Policy,
        rules::{amount::Meaning, rule::Rule, signal::Signal},
        source::{Sink, say},
    },
};

pub(super) fn check(policy: &Policy, sink: &mut Sink) {
    for (i, later) in policy.rules.iter().enumerate() {
        for (j, earlier) in policy.rules.iter().enumerate().take(i) {
            if !same_group(&later.signal, &earlier.signal) || settled(i, later, j, earlier) {
                continue;
            }
            let both = later.range.meet(&earlier.range);
            if both.is_empty() || later.filter.disjoint(&earlier.filter) || nth_apart(later, earlier) {
                continue;
            }
            let line = sink.line_of(&earlier.at);
            sink.error(&later.at, say::overlap(&later.code, &earlier.code, line, &what(later, &both)));
        }
    }
}

fn same_group(a: &Signal, b: &Signal) -> bool {
    match (a, b) {
        (Signal::Event(a), Signal::Event(b)) => a.may_meet(b),
        // Conditions of the whole month are independent of one another; they are meant to add up.
        (Signal::Month, Signal::Month) => false,
        _ => a == b,
    }
}

fn settled(i: usize, later: &Rule, j: usize, earlier: &Rule) -> bool {
    let replaces = later.instead_of.contains(&j) || earlier.instead_of.contains(&i);
    let all_or_nothing = later.size.meaning == Meaning::Zero || earlier.size.meaning == Meaning::Zero;
    replaces || later.additional || earlier.additional || (all_or_nothing && !later.is_daily())
}

/// Occurrences are counted per rule, so they only exclude each other when both rules count the same cases.
fn nth_apart(a: &Rule, b: &Rule) -> bool {
    match (a.nth, b.nth) {
        (Some(x), Some(y)) => {
            x.over == y.over
                && x.range.meet(&y.range).is_empty()
                && a.range == b.range
                && a.filter == b.filter
        }
        _ => false,
    }
}

fn what(rule: &Rule, both: &crate::policy::rules::range::Range) -> String {
    let signal = &rule.signal_name;
    match (rule.signal.is_minutes(), both.low) {
        (true, Some((low, _))) if both.high == Some((low, true)) => {
            format!("\"{signal}\" {} menit/minutes", grouped(low))
        }
        (true, _) => format!("\"{signal}\" {both} menit/minutes"),
        (false, Some(_)) => format!("\"{signal}\" {both}"),
        (false, None) => format!("\"{signal}\""),
    }
}
