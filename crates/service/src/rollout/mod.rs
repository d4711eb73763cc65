//! Bringing OPDs into the system one by one: where each stands, what it lacks, and the step to the next stage.
//!
//! Stages are facts with a date: nothing is ever rewritten, and a day is judged by the stage that held on it. Cuts
//! apply only on days on which the OPD is in [`domain::org::Stage::Berlaku`].

pub mod lack;
pub mod tracker;
pub mod tree;

pub use lack::Lack;
pub use tracker::{OpdFacts, OpdState, Share, Tracker, track};
pub use tree::{Node, Tree};
