//! Choosing the policy of a person and date among several versions.

use jiff::civil::Date;

use super::{
    document::Policy,
    input::Who,
    source::{Problem, Sink, say},
};

/// Several policies that do not contradict each other.
#[derive(Debug, Clone, Default)]
pub struct PolicySet {
    policies: Vec<Policy>,
}

impl PolicySet {
    /// From checked policies.
    ///
    /// # Errors
    /// A problem for each two policies that hold at the same time for the same people, unless the later one says
    /// that it `replaces` the earlier.
    pub fn new(mut policies: Vec<Policy>) -> Result<PolicySet, Vec<Problem>> {
        policies.sort_by_key(|policy| policy.header.effective_from);
        let mut sink = Sink::new("");
        for (i, later) in policies.iter().enumerate() {
            for earlier in &policies[..i] {
                if clash(earlier, later) {
                    let from = later.header.effective_from.to_string();
                    let (a, b) = (name(earlier), name(later));
                    sink.error(&later.header.at, say::policies_overlap(&a, &b, &from));
                }
            }
        }
        if sink.usable() { Ok(PolicySet { policies }) } else { Err(sink.finish()) }
    }

    /// The policy for a person on a date; `None` when none covers them.
    pub fn on(&self, who: &Who, date: Date) -> Option<&Policy> {
        // The latest wins: it replaces the others from its first day on.
        self.policies.iter().rev().find(|policy| policy.header.in_force(date) && policy.covers(who))
    }

    /// All policies, oldest first.
    pub fn all(&self) -> &[Policy] {
        &self.policies
    }
}

fn name(policy: &Policy) -> String {
    policy.header.id.to_string()
}

fn clash(earlier: &Policy, later: &Policy) -> bool {
    let (a, b) = (&earlier.header, &later.header);
    let same_time = a.effective_until.is_none_or(|until| b.effective_from <= until);
    let replaced = b.replaces.as_ref() == Some(&a.id) && a.effective_from < b.effective_from;
    same_time && !replaced && !a.applies_to.disjoint(&b.applies_to)
}
