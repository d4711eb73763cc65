//! Calendar, schedules and the judgement of days, as an outsider uses them.
#![expect(clippy::unwrap_used, reason = "a broken fixture should fail its test at once")]

mod calendar;
mod domain_cases;
mod faults;
mod presses;
mod properties;
mod reasons;
mod schedules;
mod shift_outcomes;
mod statuses;
mod support;
mod waiting;
