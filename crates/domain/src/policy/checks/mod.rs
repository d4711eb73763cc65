//! What can be wrong with a policy whose keys and values are each right by themselves.

mod bands;
mod circles;
mod codes;
mod gaps;
mod overlaps;
mod sense;
mod weights;

use super::{
    document::Policy,
    source::{At, Sink},
};

/// Runs every check.
pub(super) fn all(policy: &Policy, root: &At, sink: &mut Sink) {
    codes::check(policy, sink);
    weights::check(policy, root, sink);
    bands::check(policy, sink);
    overlaps::check(policy, sink);
    gaps::check(policy, sink);
    circles::check(policy, sink);
    sense::check(policy, root, sink);
}
