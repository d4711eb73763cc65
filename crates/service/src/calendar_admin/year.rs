//! A year as it holds for everybody or for one unit.

use std::sync::Arc;

use domain::{
    calendar::{Calendar, national},
    ids::{RecordId, UnitId},
};
use jiff::civil::{Date, date};
use store::{
    Tx,
    calendar::{self, DayRule, PeriodRow},
};

use super::{Place, day::rule_code};
use crate::{
    Office, ServiceError,
    reference::{self, Reference},
};

/// A year of a calendar.
#[derive(Debug, Clone)]
pub struct YearView {
    /// The year.
    pub year: i16,
    /// Whether the national holidays of the year ship with the program.
    pub ships: bool,
    /// What holds after all layers.
    pub calendar: Arc<Calendar>,
    /// Every entry about a day, shipped or added, in order of date.
    pub days: Vec<DayEntry>,
    /// The added periods that touch the year.
    pub periods: Vec<PeriodRow>,
    /// Units and everything else that was read along.
    pub reference: Arc<Reference>,
}

/// What one place says about a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayEntry {
    /// The day.
    pub day: Date,
    /// What is said.
    pub rule: DayRule,
    /// Its name.
    pub name: String,
    /// The decree.
    pub basis: String,
    /// Who says it.
    pub place: Place,
    /// The stored entry; `None` for what ships with the program.
    pub id: Option<RecordId>,
}

impl DayEntry {
    /// `libur`, `cuti_bersama` or `masuk`.
    pub fn kind(&self) -> &'static str {
        rule_code(self.rule)
    }
}

/// The year for a unit, or without one for everybody together with the entries of single units.
///
/// # Errors
/// [`crate::Fault::Invalid`] for a year that makes no sense.
pub async fn year(
    office: &Office,
    tx: &mut Tx,
    year: i16,
    unit: Option<UnitId>,
) -> Result<YearView, ServiceError> {
    if !(2000..=2100).contains(&year) {
        return Err(ServiceError::invalid(
            "Pilih tahun antara 2000 dan 2100.",
            "Choose a year between 2000 and 2100.",
        ));
    }
    let reference = reference::current(office, tx).await?;
    let (from, until) = (date(year, 1, 1), date(year, 12, 31));
    let above = unit.map(|u| reference.units.path(u));
    let wanted = |of: Option<UnitId>| match (&above, of) {
        (Some(path), Some(of)) => path.contains(&of),
        _ => true,
    };
    let mut days = shipped(year);
    for row in calendar::days(tx, from, until).await? {
        if wanted(row.unit_id) {
            days.push(DayEntry {
                day: row.day,
                rule: row.kind,
                name: row.name,
                basis: row.source,
                place: Place::of(row.layer, row.unit_id),
                id: Some(row.holiday_id),
            });
        }
    }
    days.sort_by_key(|entry| entry.day);
    let mut periods = calendar::periods(tx, from, until).await?;
    periods.retain(|row| wanted(row.unit_id));
    let ships = national().years.contains(&year);
    Ok(YearView { year, ships, calendar: reference.calendar_at(unit), days, periods, reference })
}

fn shipped(year: i16) -> Vec<DayEntry> {
    let layer = national();
    let decree = layer.decrees.iter().find(|d| d.year == year).map_or("", |d| d.number.as_str());
    let days = layer.days.iter().filter(|d| d.date.year() == year);
    days.map(|d| DayEntry {
        day: d.date,
        rule: DayRule::Free(d.kind),
        name: d.name.clone(),
        basis: decree.to_owned(),
        place: Place::National,
        id: None,
    })
    .collect()
}
