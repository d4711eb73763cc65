//! Import of employees: upload, see what would change, apply, undo.

mod preview;
mod texts;
mod upload;

pub use preview::{BadRow, ChangedField, PreviewPage, PreviewRow};
pub use texts::ImporTexts;
pub use upload::{ImporPage, ImportLine, ImportState};
