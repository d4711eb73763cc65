//! What the import of employees needs beyond the people themselves: PINs by the thousand, and taking it all back.

mod pins;
mod statistics;
mod undo;

pub use pins::{PinBatch, assign_pins, take_back_pins};
pub use statistics::refresh_statistics;
pub use undo::{Dependents, dependents, find, remove_unused_units};
