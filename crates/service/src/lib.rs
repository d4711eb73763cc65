//! Use cases: read facts, call the domain, write in one transaction. One module per use case.

pub mod account;
pub mod account_admin;
pub mod actors;
pub mod api_device;
pub mod attlog_import;
pub mod audit;
pub mod calendar_admin;
pub mod closing;
pub mod day_counts;
pub mod employee_import;
pub mod erasure;
pub mod error;
pub mod figures;
pub mod home;
mod locked;
pub mod month;
pub mod office;
pub mod policy_admin;
pub mod progress;
mod reason;
pub mod reference;
pub mod rollout;
pub mod roster;
pub mod sheets;
pub mod status_entry;
pub mod terminal_admin;
pub mod terminal_desk;
pub mod transparency;
pub mod work_schedule;

pub use error::{Fault, Field, ServiceError};
pub use office::{Entropy, Office};
