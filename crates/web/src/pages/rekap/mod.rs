//! The month of an OPD: the sheet that is filled, checked and locked, and the day behind every cell.

mod day;
mod mark;
mod sheet;
mod state;
mod texts;

pub use day::{
    DayPage, Effect, HistoryEntry, PersonHead, PlanLine, PunchLine, PunchUse, StatusChoice, StatusForm,
};
pub use mark::{Mark, MarkTone, legend};
pub use sheet::{Cell, DayHead, PageNumbers, RekapPage, RekapRow, SheetView, Totals, UnitLink};
pub use state::{MonthState, Problem, ProblemKind, ProblemLink, SheetActions};
pub use texts::RekapTexts;

#[cfg(test)]
mod tests;
