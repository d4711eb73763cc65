//! The rules of attendance, as pure functions.
//!
//! Nothing here reads a clock, a network or a database: facts and rules go in, a judgement with its
//! reasons comes out, and the same input gives the same output years later.

pub mod calendar;
pub mod clock;
pub mod dated;
pub mod day;
pub mod discipline;
pub mod document;
pub mod employment;
pub mod golongan;
pub mod ids;
pub mod jabatan;
pub mod lang;
pub mod money;
pub mod month;
pub mod nip;
pub mod org;
pub mod person_name;
pub mod policy;
pub mod punch;
pub mod recap;
pub mod rights;
pub mod schedule;
pub mod silence;
pub mod squeeze;
pub mod status;
pub mod whatif;
pub mod zone;
