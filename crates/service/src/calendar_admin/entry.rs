//! One stored entry, and taking it back.

use domain::ids::RecordId;
use jiff::civil::Date;
use store::{
    Tx,
    calendar::{self, CalendarEntry, HolidayRow, PeriodRow},
};

use super::Place;
use crate::{Office, ServiceError, audit, reason::checked_reason, reference};

/// An entry that holds.
#[derive(Debug, Clone)]
pub enum Entry {
    /// A day.
    Day(HolidayRow),
    /// A period.
    Period(PeriodRow),
}

impl Entry {
    /// Whose calendar it belongs to.
    pub fn place(&self) -> Place {
        match self {
            Entry::Day(row) => Place::of(row.layer, row.unit_id),
            Entry::Period(row) => Place::of(row.layer, row.unit_id),
        }
    }

    /// First and last day.
    pub fn days(&self) -> (Date, Date) {
        match self {
            Entry::Day(row) => (row.day, row.day),
            Entry::Period(row) => (row.first_day, row.last_day),
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Entry::Day(row) => &row.name,
            Entry::Period(row) => &row.name,
        }
    }
}

/// The entry with this id.
///
/// # Errors
/// [`crate::Fault::NotFound`] when there is none, or it was revoked.
pub async fn find(tx: &mut Tx, id: RecordId) -> Result<Entry, ServiceError> {
    let days = calendar::days(tx, Date::MIN, Date::MAX).await?;
    if let Some(row) = days.into_iter().find(|row| row.holiday_id == id) {
        return Ok(Entry::Day(row));
    }
    let periods = calendar::periods(tx, Date::MIN, Date::MAX).await?;
    periods.into_iter().find(|row| row.period_id == id).map(Entry::Period).ok_or_else(|| {
        ServiceError::not_found(
            "Isian kalender ini tidak ada, atau sudah dicabut.",
            "This calendar entry does not exist, or was revoked.",
        )
    })
}

/// Takes an entry back; it stays stored and in the register.
///
/// # Errors
/// [`crate::Fault::Invalid`] without a reason, [`crate::Fault::NotFound`] when it does not hold.
pub async fn revoke(
    office: &Office,
    tx: &mut Tx,
    id: RecordId,
    reason: &str,
    actor: &str,
) -> Result<Entry, ServiceError> {
    let reason = checked_reason(reason)?;
    let entry = find(tx, id).await?;
    let which = match &entry {
        Entry::Day(_) => CalendarEntry::Day,
        Entry::Period(_) => CalendarEntry::Period,
    };
    calendar::withdraw(tx, which, id, office.now()).await?;
    let (first, last) = entry.days();
    let detail = serde_json::json!({
        "first": first.to_string(), "last": last.to_string(), "name": entry.name(), "reason": reason,
    });
    audit::write(
        office,
        tx,
        actor,
        audit::Action::RevokeCalendar,
        audit::Subject::new("calendar", id),
        detail,
    )
    .await?;
    reference::moved(office, tx, actor).await?;
    Ok(entry)
}
