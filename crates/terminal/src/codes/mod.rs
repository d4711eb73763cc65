//! What the numbers in uploads mean, in both languages. The numbers are stored raw and translated for display only.

pub mod operation;
pub mod status;
pub mod verify;
