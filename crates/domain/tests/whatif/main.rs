//! Judge files, as `hadir judge` reads them.
#![expect(clippy::unwrap_used, reason = "a broken fixture should fail its test at once")]

mod docs;
mod examples;
mod facts;
mod mistakes;

use domain::{
    day::DayResult,
    document::Format,
    whatif::{Output, run},
};

/// The answer to a TOML file; no policy but the shipped ones is known.
fn answer(text: &str) -> Output {
    run(text, Format::Toml, |_| None).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// The day of the first person.
fn day<'a>(output: &'a Output, date: &str) -> &'a DayResult {
    let date = date.parse().unwrap();
    &output.persons[0].days.iter().find(|d| d.day.date == date).unwrap().day
}

/// Rupiah as text without trailing zeros.
fn rupiah(amount: domain::money::Rupiah) -> String {
    amount.0.normalize().to_string()
}
