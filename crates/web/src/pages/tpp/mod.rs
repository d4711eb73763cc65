//! TPP: the pay list of an OPD (X7) and the explanation of every rupiah in it.

pub(crate) mod build;
mod explain;
pub mod handler;
mod list;
mod texts;

pub use explain::{AfterLine, CutLine, ExplainPage, PartLine};
pub use list::{PolicyBasis, TppHead, TppLine, TppPage, TppState};
pub use texts::TppTexts;
