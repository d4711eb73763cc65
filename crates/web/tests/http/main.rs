//! The pages through their real router, on both engines.

mod fixture;
mod login;
mod month;
mod rights;
