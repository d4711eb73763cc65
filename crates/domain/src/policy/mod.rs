//! TPP (tambahan penghasilan pegawai) as dated, readable rules.
//!
//! A regency writes its Perbup as a TOML file (`docs/src/policy-language.md`). Parsing checks it and
//! explains every mistake with its line and a remedy; the evaluator applies it to one [`PersonMonth`] and
//! gives a [`TppResult`] whose lines add up to the total, each with day, rule, article, percentage and rupiah.
//! Nothing here knows a particular regency: all numbers come from the file.

mod exact;
mod input;
mod result;
mod sentence;
mod text;

pub use exact::InputValue;
pub use input::{Correction, EventDuty, Period, PersonMonth, Who};
pub use result::{
    Bilingual, ComponentResult, LineKind, Outcome, PolicyStamp, TppLine, TppResult, Unit, Waived,
};
pub use text::Text;
