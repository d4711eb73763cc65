//! Import of employees: upload, see what would change, apply, undo.

mod build;
pub mod handler;
mod preview;
mod result;
pub mod shelf;
mod texts;
mod upload;
mod work;

pub(crate) use build::progress;
pub use preview::{BadRow, ChangedField, PreviewPage, PreviewRow};
pub use result::ResultPage;
pub use texts::ImporTexts;
pub use upload::{ImporPage, ImportLine, ImportState};
