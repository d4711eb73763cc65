//! Adding the days of Ramadan, on which the Ramadan hours of the schedules hold.

use domain::{
    calendar::RAMADAN,
    ids::RecordId,
    lang::{Lang, plain_date},
};
use jiff::civil::Date;
use store::{
    Tx,
    calendar::{self, PeriodRow},
};

use super::{Place, checked, checked_date};
use crate::{Office, ServiceError, audit, reference};

/// Ramadan has 29 or 30 days; some circulars let the hours begin or end a day apart.
const LONGEST_DAYS: i32 = 32;

/// A period to be entered.
#[derive(Debug, Clone)]
pub struct NewPeriod {
    /// Whose calendar.
    pub place: Place,
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
    /// Number of the circular.
    pub basis: String,
    /// Why.
    pub reason: String,
}

/// Enters the days of Ramadan. It replaces what a wider place says about the same days.
///
/// # Errors
/// [`crate::Fault::Invalid`] for days that cannot be Ramadan, [`crate::Fault::Conflict`] when the place has entered an
/// overlapping period.
pub async fn add_period(
    office: &Office,
    tx: &mut Tx,
    new: NewPeriod,
    actor: &str,
) -> Result<RecordId, ServiceError> {
    let (first, last) = (checked_date(new.first)?, checked_date(new.last)?);
    let (_, basis, reason) = checked("", &new.basis, &new.reason)?;
    if last < first {
        return Err(ServiceError::invalid(
            "Hari terakhir lebih awal daripada hari pertama. Periksa kedua tanggal.",
            "The last day lies before the first. Check both dates.",
        ));
    }
    if first.until((jiff::Unit::Day, last)).map_or(i32::MAX, |span| span.get_days()) >= LONGEST_DAYS {
        return Err(ServiceError::invalid(
            "Jam Ramadan paling lama 32 hari. Periksa kedua tanggal.",
            "Ramadan hours last 32 days at most. Check both dates.",
        ));
    }
    let reference = reference::current(office, tx).await?;
    let present = calendar::periods(tx, first, last).await?;
    if let Some(other) = present.iter().find(|p| Place::of(p.layer, p.unit_id) == new.place) {
        let range =
            |lang| format!("{} – {}", plain_date(other.first_day, lang), plain_date(other.last_day, lang));
        return Err(ServiceError::conflict(
            format!("Sudah ada jam Ramadan {}. Cabut dulu yang lama bila salah.", range(Lang::Id)),
            format!(
                "Ramadan hours are entered already for {}. Revoke them first if they are wrong.",
                range(Lang::En)
            ),
        ));
    }
    let id = office.id(RecordId::new);
    let row = PeriodRow {
        period_id: id,
        kind: RAMADAN.to_owned(),
        layer: new.place.level(),
        unit_id: new.place.unit(),
        first_day: first,
        last_day: last,
        name: format!("Ramadan {}", first.year()),
        source: basis.clone(),
        recorded_at: office.now(),
        actor: actor.to_owned(),
    };
    calendar::add_periods(tx, &[row]).await?;
    let detail = serde_json::json!({
        "first": first.to_string(), "last": last.to_string(), "kind": RAMADAN,
        "place": new.place.code(&reference.units), "basis": basis, "reason": reason,
    });
    audit::write(office, tx, actor, audit::Action::AddCalendar, audit::Subject::new("calendar", id), detail)
        .await?;
    reference::moved(office, tx, actor).await?;
    Ok(id)
}
