//! Use cases: read facts, call the domain, write in one transaction. One module per use case.

pub mod employee_import;
pub mod progress;
