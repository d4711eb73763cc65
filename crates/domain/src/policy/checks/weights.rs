//! The components of each part of the TPP make 100 %.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::policy::{
    document::Policy,
    source::{At, Sink, say},
};

pub(super) fn check(policy: &Policy, root: &At, sink: &mut Sink) {
    let mut sums: BTreeMap<&[usize], (Decimal, &At)> = BTreeMap::new();
    for component in &policy.components {
        let sum = sums.entry(&component.criteria).or_insert((Decimal::ZERO, &component.at));
        sum.0 += component.share;
    }
    let name = |criteria: &[usize]| match criteria {
        [] => policy.whole.to_string(),
        some => some.iter().map(|i| policy.header.criteria[*i].as_str()).collect::<Vec<_>>().join(" + "),
    };
    for (criteria, (sum, at)) in &sums {
        if *sum != Decimal::ONE_HUNDRED {
            sink.error(at, say::weights(&name(criteria), &sum.normalize().to_string()));
        }
    }
    let of_criteria: Vec<usize> = sums.keys().flat_map(|c| c.iter().copied()).collect();
    let whole_too = sums.contains_key([].as_slice());
    for (i, criterion) in policy.header.criteria.iter().enumerate() {
        let times = of_criteria.iter().filter(|c| **c == i).count();
        if times > 1 || (times == 1 && whole_too) {
            let (id, en) = (
                format!("Kriteria {criterion} terbagi dalam dua kelompok komponen."),
                format!("The criterion {criterion} is shared out by two groups of components."),
            );
            sink.error(root, say::no_sense(&id, &en));
        }
        if times == 0 && !whole_too && !of_criteria.is_empty() {
            sink.warn(root, say::weights(criterion, "0"));
        }
    }
}
