//! Tests of the store on both engines.

mod employees;
mod fixture;
mod intake;
mod schema;
