//! Tables on paper and in Excel: rows in, bytes out.
//!
//! The crate knows nothing of databases or HTTP. A caller fills one of the four layouts
//! ([`DayList`] X1, [`MonthMatrix`] X2, [`AttendanceRecap`] X3, [`TppList`] X7) and gets an XLSX workbook
//! ([`day_list`], [`month_matrix`], [`attendance_recap`], [`tpp_list`]) or delimited text ([`delimited`]).
//!
//! What every workbook keeps:
//! * sums and counts are live formulas with their result stored beside them, so a viewer that never
//!   recalculates shows the same figure as Excel does;
//! * NIP is text of 18 characters;
//! * no text from outside ever becomes a formula;
//! * the same input gives the same bytes.

mod address;
mod attendance_recap;
mod clean;
mod code_columns;
mod day_list;
mod day_mark;
mod delimited;
mod error;
mod expr;
mod file_name;
mod formula;
mod frame;
mod layout;
mod legend;
mod month_matrix;
mod table;
mod tpp_list;
mod xlsx;

pub use attendance_recap::{AttendanceRecap, RecapRow};
pub use day_list::{DayList, DayListRow, DayListVariant, PunchTime};
pub use day_mark::{DayMark, MarkColumn};
pub use delimited::{Dialect, LongDigits, delimited};
pub use error::PrintError;
pub use expr::{Expr, Rounding};
pub use file_name::{FileKind, file_name};
pub use frame::{Basis, Frame, Letterhead, LockState, Signature, Stamp};
pub use layout::Layout;
pub use legend::{LegendEntry, standard_legend};
pub use month_matrix::{MatrixDay, MonthMatrix, PersonMonth};
pub use table::Table;
pub use tpp_list::{TppCell, TppColumn, TppKind, TppList, TppRow};
pub use xlsx::workbook;

/// The workbook of the day list X1.
///
/// # Errors
/// See [`PrintError`].
pub fn day_list(sheet: &DayList) -> Result<Vec<u8>, PrintError> {
    workbook(sheet)
}

/// The workbook of the month matrix X2.
///
/// # Errors
/// See [`PrintError`].
pub fn month_matrix(sheet: &MonthMatrix) -> Result<Vec<u8>, PrintError> {
    workbook(sheet)
}

/// The workbook of the Rekapitulasi Kehadiran X3.
///
/// # Errors
/// See [`PrintError`].
pub fn attendance_recap(sheet: &AttendanceRecap) -> Result<Vec<u8>, PrintError> {
    workbook(sheet)
}

/// The workbook of the Daftar Perhitungan TPP X7.
///
/// # Errors
/// See [`PrintError`].
pub fn tpp_list(sheet: &TppList) -> Result<Vec<u8>, PrintError> {
    workbook(sheet)
}
