//! Bringing OPDs into the system one by one: where each stands, what it lacks, and the step to the next stage.
//!
//! Stages are facts with a date: nothing is ever rewritten, and a day is judged by the stage that held on it. Cuts
//! apply only on days on which the OPD is in [`domain::org::Stage::Berlaku`].

#[cfg(test)]
mod database_tests;
pub mod lack;
mod load;
mod stage;
pub mod tracker;

pub use lack::Lack;
pub use load::tracker;
pub use stage::{Step, set_stage};
pub use tracker::{OpdFacts, OpdState, track};
