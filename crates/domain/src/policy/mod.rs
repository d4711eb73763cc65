//! TPP (tambahan penghasilan pegawai) as dated, readable rules.
//!
//! A regency writes its Perbup as a TOML file (`docs/src/policy-language.md`). [`Policy::parse`] checks it and
//! explains every mistake with its line and a remedy; [`evaluate`] applies it to one [`PersonMonth`] and
//! gives a [`TppResult`] whose lines add up to the total, each with day, rule, article, percentage and rupiah.
//! Nothing here knows a particular regency: all numbers come from the file.

mod checks;
mod document;
mod eval;
mod exact;
mod input;
mod result;
mod rules;
mod select;
mod sentence;
mod shipped;
mod source;
mod text;

pub use document::{Checked, Policy, Report, check, version_of};
pub use eval::{LookBack, carry, evaluate};
pub use exact::InputValue;
pub use input::{Correction, EventDuty, Period, PersonMonth, Who};
pub use result::{
    Bilingual, Carry, ComponentResult, LineKind, Outcome, OutsidePolicy, PolicyStamp, TppLine, TppResult,
    Unit, Waived,
};
pub use select::PolicySet;
pub use shipped::{SHIPPED, Shipped, shipped};
pub use source::{Problem, Severity};
pub use text::Text;
