//! The judged month: facts read in bulk, judged purely, with totals, open matters and TPP.

mod gap;
mod history;
mod judge;
mod load;
mod past;
mod pay;
mod problem;
mod sheet;
mod status;
mod stored;

pub use load::{Wanted, load, load_with};
pub use past::Carried;
pub use problem::{Problem, ProblemKind};
pub use sheet::{MonthSheet, PersonSheet};
pub use status::CONFIRMED_ABSENT;
