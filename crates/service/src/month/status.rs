//! Stored statuses as the judge takes them.

use domain::{day::StatusFact, status::StatusCode};
use jiff::{ToSpan, civil::Date};
use store::status::PersonStatus;

/// The code by which an office confirms that an absence really was without reason.
pub const CONFIRMED_ABSENT: &str = "TK";

/// The statuses that change a judgement; a confirmed absence stays an absence.
pub(super) fn facts(rows: &[PersonStatus]) -> Vec<StatusFact> {
    rows.iter()
        .filter(|row| row.code.as_str() != CONFIRMED_ABSENT)
        .map(|row| StatusFact {
            code: code_of(row),
            from: row.first_day,
            until: row.last_day,
            part: row.part,
            document: row.document.clone(),
            rank: None,
            punches_expected: matches!(row.code.as_str(), "WFH" | "WFA"),
        })
        .collect()
}

/// Sickness without a letter is a status of its own, since many rules cut it.
fn code_of(row: &PersonStatus) -> StatusCode {
    if row.code.as_str() == "S" && !row.with_letter { StatusCode("ST".to_owned()) } else { row.code.clone() }
}

/// The days on which an absence was confirmed.
pub(super) fn confirmed_absent(rows: &[PersonStatus], from: Date, until: Date) -> Vec<Date> {
    rows.iter()
        .filter(|row| row.code.as_str() == CONFIRMED_ABSENT)
        .flat_map(|row| {
            let last = row.last_day.min(until);
            row.first_day.max(from).series(1.day()).take_while(move |d| *d <= last).collect::<Vec<_>>()
        })
        .collect()
}
