//! What a layout gives to the writers.

use crate::{error::PrintError, frame::Frame, table::Table};

/// A printed form: its frame (kop, signature, basis) and its table.
pub trait Layout {
    /// Letterhead, signature, basis and legend.
    fn frame(&self) -> &Frame;

    /// The table, with formulas and their results.
    ///
    /// # Errors
    /// A row that does not fit its columns, or codes that cannot be counted; see [`PrintError`].
    fn table(&self) -> Result<Table<'_>, PrintError>;
}
