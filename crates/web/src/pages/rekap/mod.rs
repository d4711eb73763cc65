//! The month of an OPD: the sheet that is filled, checked and locked, and the day behind every cell.

mod build;
mod day;
mod day_build;
pub mod day_handler;
pub mod handler;
pub mod revoke_handler;
mod sheet;
mod state;
mod texts;

pub use day::{DayPage, Effect, HistoryEntry, PlanLine, PunchLine, PunchUse, StatusChoice, StatusForm};
pub use sheet::{Cell, DayHead, RekapPage, RekapRow, SheetView, Totals};
pub use state::{MonthState, Problem, ProblemKind, ProblemLink, SheetActions};
pub use texts::RekapTexts;

pub use crate::pages::{
    mark::{Mark, MarkTone},
    people_list::PageNumbers,
    person_head::PersonHead,
    unit_link::UnitLink,
};

#[cfg(test)]
mod tests;
