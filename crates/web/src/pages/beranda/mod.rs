//! The start page: what this person should do or know first. One page per role.

mod admin_opd;
mod auditor;
mod bkpsdm;
pub mod handler;
mod pimpinan;
mod register;
mod sistem;
mod texts;

pub use admin_opd::{AdminOpdHome, Task, TaskKind};
pub use auditor::{AuditorHome, ChangeLine};
pub use bkpsdm::{BkpsdmHome, Pipeline, PipelineStep, UnitMonth};
pub use pimpinan::{Alert, PimpinanHome, UnitRate};
pub use sistem::SistemHome;
pub use texts::BerandaTexts;
