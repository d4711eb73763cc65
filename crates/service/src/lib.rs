//! Use cases: read facts, call the domain, write in one transaction. One module per use case.

pub mod account;
pub mod employee_import;
pub mod error;
pub mod office;
pub mod progress;
pub mod rollout;

pub use error::{Fault, ServiceError};
pub use office::{Entropy, Office};
