//! Witnesses: others who have seen the log grow and say so with a cosignature. With enough of them nobody
//! can be shown another history. The calls over the network are made elsewhere; here are the texts.

mod cosignature;
mod exchange;
mod policy;
mod visit;

pub use cosignature::{Cosigner, CosignerKey};
pub use exchange::{
    AddCheckpoint, Answer, CONFLICT_TYPE, ExchangeError, MAX_ANSWER, Next, add_checkpoint_request,
    after_conflict, read_answer,
};
pub use policy::{Cosigned, MAX_POLICY, Policy, PolicyError, PolicyTextError, Witness};
pub use visit::{Ask, Reply, VisitError, visit};
