//! Codes and ids are used once.

use std::collections::BTreeSet;

use crate::policy::{
    document::Policy,
    source::{At, Sink, say},
    text::Text,
};

pub(super) fn check(policy: &Policy, sink: &mut Sink) {
    let mut components = BTreeSet::new();
    for component in &policy.components {
        if !components.insert(&component.id) || policy.header.criteria.contains(&component.id) {
            sink.error(&component.at, say::duplicate("component", &component.id));
        }
        if ["tpp", "upah", "daily", "remaining", "earned", "total", "salary"].contains(&component.id.as_str())
        {
            sink.error(&component.at, say::duplicate("name", &component.id));
        }
    }
    let rules = policy.rules.iter().map(|x| (&x.code, &x.at));
    let caps = policy.caps.iter().map(|x| (&x.code, &x.at));
    let modifiers = policy.modifiers.iter().map(|x| (&x.code, &x.at));
    let deductions = policy.deductions.iter().map(|x| (&x.code, &x.at));
    let mut codes: BTreeSet<&Text> = BTreeSet::new();
    let all: Vec<(&Text, &At)> = rules.chain(caps).chain(modifiers).chain(deductions).collect();
    for (code, at) in all {
        if !codes.insert(code) {
            sink.error(at, say::duplicate("code", code));
        }
    }
}
