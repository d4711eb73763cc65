//! Rules do not replace one another in a circle.

use crate::policy::{
    document::Policy,
    source::{Sink, say},
};

pub(super) fn check(policy: &Policy, sink: &mut Sink) {
    for (start, rule) in policy.rules.iter().enumerate() {
        let mut seen = vec![false; policy.rules.len()];
        let mut open = rule.instead_of.clone();
        while let Some(next) = open.pop() {
            if next == start {
                sink.error(&rule.at, say::circle(&rule.code));
                break;
            }
            if !std::mem::replace(&mut seen[next], true) {
                open.extend(&policy.rules[next].instead_of);
            }
        }
    }
}
