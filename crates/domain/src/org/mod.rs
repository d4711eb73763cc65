//! The organisation (PP 18/2016 jo PP 72/2019): its tree, and the stages in which an OPD comes into the system.

mod stage;
mod tree;

pub use stage::Stage;
pub use tree::{Place, Tree};
