//! Adding a free day, or making a free day an ordinary working day.

use domain::{
    ids::RecordId,
    lang::{Lang, plain_date},
    month::Month,
};
use jiff::civil::Date;
use store::{
    Tx,
    calendar::{self, DayRule, HolidayRow},
    month_close::{self, CloseState},
};

use super::{Place, checked, checked_date};
use crate::{
    Office, ServiceError, audit,
    reference::{self, Reference},
};

/// A day to be entered.
#[derive(Debug, Clone)]
pub struct NewDay {
    /// Whose calendar.
    pub place: Place,
    /// The day.
    pub day: Date,
    /// Free, or a working day after all.
    pub rule: DayRule,
    /// Its name: `Hari jadi kabupaten`.
    pub name: String,
    /// Number of the decree.
    pub basis: String,
    /// Why.
    pub reason: String,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Added {
    /// The entry.
    pub id: RecordId,
    /// OPDs whose month is locked: there the sheet stays as it was stored.
    pub locked: usize,
}

/// Enters a day.
///
/// # Errors
/// [`crate::Fault::Invalid`] for a missing name, basis or reason and for a day that cannot be;
/// [`crate::Fault::Conflict`] when the place says something about the day already, or it is free anyway.
pub async fn add_day(office: &Office, tx: &mut Tx, new: NewDay, actor: &str) -> Result<Added, ServiceError> {
    let day = checked_date(new.day)?;
    let (name, basis, reason) = checked(&new.name, &new.basis, &new.reason)?;
    if name.is_empty() {
        return Err(ServiceError::invalid("Isi nama harinya.", "Give the day a name."));
    }
    let reference = reference::current(office, tx).await?;
    refuse_double(tx, &reference, &new).await?;
    let id = office.id(RecordId::new);
    let row = HolidayRow {
        holiday_id: id,
        layer: new.place.level(),
        unit_id: new.place.unit(),
        day,
        kind: new.rule,
        name: name.clone(),
        source: basis.clone(),
        recorded_at: office.now(),
        actor: actor.to_owned(),
    };
    calendar::add_days(tx, &[row]).await?;
    let detail = serde_json::json!({
        "day": day.to_string(), "kind": rule_code(new.rule), "place": new.place.code(&reference.units),
        "name": name, "basis": basis, "reason": reason,
    });
    audit::write(office, tx, actor, audit::Action::AddCalendar, audit::Subject::new("calendar", id), detail)
        .await?;
    reference::moved(office, tx, actor).await?;
    let locked = locked(tx, &reference, new.place, Month::of(day)).await?;
    Ok(Added { id, locked })
}

/// How a rule is written in registers and on the command line.
pub(super) fn rule_code(rule: DayRule) -> &'static str {
    use domain::calendar::HolidayKind;
    match rule {
        DayRule::Free(HolidayKind::Libur) => "libur",
        DayRule::Free(HolidayKind::CutiBersama) => "cuti_bersama",
        DayRule::Withdrawn => "masuk",
    }
}

async fn refuse_double(tx: &mut Tx, reference: &Reference, new: &NewDay) -> Result<(), ServiceError> {
    let present = calendar::days(tx, new.day, new.day).await?;
    let same = present.iter().find(|row| Place::of(row.layer, row.unit_id) == new.place);
    if let Some(same) = same {
        return Err(ServiceError::conflict(
            format!(
                "{} sudah tercatat di {} sebagai \"{}\". Cabut dulu yang lama bila salah.",
                plain_date(new.day, Lang::Id),
                new.place.label(&reference.units, Lang::Id),
                same.name
            ),
            format!(
                "{} is entered already for {} as \"{}\". Revoke that entry first if it is wrong.",
                plain_date(new.day, Lang::En),
                new.place.label(&reference.units, Lang::En),
                same.name
            ),
        ));
    }
    let calendar = reference.calendar_at(new.place.unit());
    match (new.rule, calendar.holiday(new.day)) {
        (DayRule::Withdrawn, None) => Err(ServiceError::invalid(
            format!(
                "{} memang bukan hari libur, jadi tidak perlu dijadikan hari kerja.",
                plain_date(new.day, Lang::Id)
            ),
            format!("{} is no holiday, so it need not be made a working day.", plain_date(new.day, Lang::En)),
        )),
        (DayRule::Free(_), Some(mark)) => Err(ServiceError::conflict(
            format!("{} sudah libur: {}.", plain_date(new.day, Lang::Id), mark.name),
            format!("{} is free already: {}.", plain_date(new.day, Lang::En), mark.name),
        )),
        _ => Ok(()),
    }
}

/// How many OPDs of the place have locked the month.
pub(super) async fn locked(
    tx: &mut Tx,
    reference: &Reference,
    place: Place,
    month: Month,
) -> Result<usize, ServiceError> {
    let touched = |opd| match place {
        Place::Unit(unit) => {
            reference.units.path(opd).contains(&unit) || reference.units.path(unit).contains(&opd)
        }
        _ => true,
    };
    let states = month_close::states(tx, month).await?;
    Ok(states.iter().filter(|s| s.state != CloseState::Reopened && touched(s.unit_id)).count())
}
