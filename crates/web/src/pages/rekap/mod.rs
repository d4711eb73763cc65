//! The month of an OPD: the sheet that is filled, checked and locked, and the day behind every cell.

pub(crate) mod build;
mod day;
pub(crate) mod day_build;
pub mod day_handler;
pub mod handler;
mod mark;
pub mod revoke_handler;
mod sheet;
mod state;
mod texts;

pub use day::{
    DayPage, Effect, HistoryEntry, PersonHead, PlanLine, PunchLine, PunchUse, StatusChoice, StatusForm,
};
pub use mark::{Mark, MarkTone, legend};
pub(crate) use sheet::paged;
pub use sheet::{Cell, DayHead, PageNumbers, RekapPage, RekapRow, SheetView, Totals, UnitLink};
pub use state::{MonthState, Problem, ProblemKind, ProblemLink, SheetActions};
pub use texts::RekapTexts;

#[cfg(test)]
mod tests;
