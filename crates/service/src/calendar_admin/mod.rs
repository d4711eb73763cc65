//! Holidays, cuti bersama and Ramadan as this government adds them to the national calendar that ships.
//!
//! An entry belongs to one [`Place`]; it is never edited, only revoked with a reason. Both leave a trace in the register.

mod day;
mod entry;
mod period;
mod place;
#[cfg(test)]
mod tests;
mod year;

pub use day::{Added, NewDay, add_day};
pub use entry::{Entry, find, revoke};
pub use period::{NewPeriod, add_period};
pub use place::Place;
pub use year::{DayEntry, YearView, year};

use jiff::civil::Date;

use crate::{ServiceError, reason::checked_reason};

/// Longest name of a day and number of a decree, in characters.
const LONGEST: (usize, usize) = (120, 160);

/// What every change must say: which decree it rests on, and why.
fn checked(name: &str, basis: &str, reason: &str) -> Result<(String, String, String), ServiceError> {
    let (name, basis) = (name.trim(), basis.trim());
    if basis.is_empty() {
        return Err(ServiceError::invalid(
            "Isi dasar hukum: nomor keputusan atau surat edaran.",
            "Give the legal basis: the number of the decree or circular.",
        ));
    }
    let reason = checked_reason(reason)?;
    if name.chars().count() > LONGEST.0 || basis.chars().count() > LONGEST.1 {
        return Err(ServiceError::invalid(
            "Nama paling panjang 120 huruf, dasar hukum 160 huruf.",
            "The name has at most 120 characters, the legal basis 160.",
        ));
    }
    Ok((name.to_owned(), basis.to_owned(), reason))
}

/// A date outside this range is a typing error.
fn checked_date(day: Date) -> Result<Date, ServiceError> {
    if (2000..=2100).contains(&day.year()) {
        return Ok(day);
    }
    Err(ServiceError::invalid(
        format!("Tahun {} tidak masuk akal. Periksa tanggalnya.", day.year()),
        format!("The year {} makes no sense. Check the date.", day.year()),
    ))
}
