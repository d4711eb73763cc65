//! Recording a cuti, dinas luar, sakit, … for somebody, or confirming that an absence was without reason.

use domain::{
    day::DayPart,
    ids::{EmployeeId, StatusId},
    month::Month,
    status::{self, StatusCode},
};
use jiff::civil::Date;
use store::{Tx, month_close, month_close::CloseState, status::PersonStatus};

use crate::{Field, Office, ServiceError, audit, month::CONFIRMED_ABSENT, reason::checked_reason, reference};

/// Longest status that one entry may cover, in days: a year of CLTN is extended by a new entry.
const LONGEST: i32 = 366;

/// A status to be recorded.
#[derive(Debug, Clone)]
pub struct NewStatus {
    /// The person.
    pub employee: EmployeeId,
    /// Code of the dictionary, or `TK` to confirm an absence.
    pub code: String,
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
    /// Part of each day.
    pub part: DayPart,
    /// Whether a letter proves it.
    pub with_letter: bool,
    /// Number of the letter.
    pub document: String,
    /// Reason.
    pub note: String,
}

/// Records a status.
///
/// # Errors
/// [`crate::Fault::Invalid`] for a code, range or document that cannot be; [`crate::Fault::Conflict`] for a locked
/// month or a status of the same kind on the same day.
pub async fn record(
    office: &Office,
    tx: &mut Tx,
    new: NewStatus,
    actor: &str,
) -> Result<StatusId, ServiceError> {
    check(&new)?;
    refuse_locked(office, tx, new.employee, new.first, new.last).await?;
    let people = [new.employee];
    let present = store::status::of(tx, store::Scope::People(&people), new.first, new.last).await?;
    if let Some(other) = present.iter().find(|s| s.code.as_str() == new.code && s.part == new.part) {
        return Err(ServiceError::conflict(
            format!("Sudah ada {} pada {} s.d. {}.", new.code, other.first_day, other.last_day),
            format!("{} is recorded already from {} to {}.", new.code, other.first_day, other.last_day),
        )
        .at(Field::Code));
    }
    let id = office.id(StatusId::new);
    let detail = serde_json::json!({
        "code": new.code, "first": new.first.to_string(), "last": new.last.to_string(), "document": new.document, "note": new.note,
    });
    let row = PersonStatus {
        status_id: id,
        employee_id: new.employee,
        first_day: new.first,
        last_day: new.last,
        code: StatusCode(new.code),
        part: new.part,
        with_letter: new.with_letter,
        document: new.document.trim().to_owned(),
        note: new.note.trim().to_owned(),
        actor: actor.to_owned(),
        recorded_at: office.now(),
        import_id: None,
        approved_at: None,
        approved_by: None,
    };
    store::status::add(tx, &[row]).await?;
    audit::write(
        office,
        tx,
        actor,
        audit::Action::RecordStatus,
        audit::Subject::new("employee", new.employee),
        detail,
    )
    .await?;
    Ok(id)
}

/// Takes a recorded status back. The entry and the reason stay in the register.
///
/// # Errors
/// [`crate::Fault::Invalid`] without a reason; [`crate::Fault::Conflict`] for a locked month.
pub async fn revoke(
    office: &Office,
    tx: &mut Tx,
    id: StatusId,
    reason: &str,
    actor: &str,
) -> Result<PersonStatus, ServiceError> {
    let reason = checked_reason(reason)?;
    let row = store::status::get(tx, id).await?;
    refuse_locked(office, tx, row.employee_id, row.first_day, row.last_day).await?;
    store::status::revoke(tx, id, actor, office.now()).await?;
    let detail = serde_json::json!({ "code": row.code.as_str(), "first": row.first_day.to_string(), "last": row.last_day.to_string(), "reason": reason });
    audit::write(
        office,
        tx,
        actor,
        audit::Action::RevokeStatus,
        audit::Subject::new("employee", row.employee_id),
        detail,
    )
    .await?;
    Ok(row)
}

fn check(new: &NewStatus) -> Result<(), ServiceError> {
    if status::meaning(&new.code).is_none() && new.code != CONFIRMED_ABSENT {
        return Err(ServiceError::invalid(
            "Pilih jenis keterangan dari daftar.",
            "Choose a kind from the list.",
        )
        .at(Field::Code));
    }
    if new.last < new.first {
        return Err(ServiceError::invalid(
            "Tanggal akhir lebih awal daripada tanggal mulai. Periksa kedua tanggal.",
            "The last day lies before the first. Check both dates.",
        )
        .at(Field::Until));
    }
    if new.first.until(new.last).map_or(i32::MAX, |span| span.get_days()) >= LONGEST {
        return Err(ServiceError::invalid(
            "Rentang lebih dari satu tahun. Catat per tahun.",
            "The range is longer than a year. Record it year by year.",
        )
        .at(Field::Until));
    }
    if new.document.chars().count() > 120 {
        return Err(ServiceError::invalid(
            "Nomor surat paling panjang 120 huruf.",
            "The number of the letter has at most 120 characters.",
        )
        .at(Field::Document));
    }
    if new.note.chars().count() > 500 {
        return Err(ServiceError::invalid(
            "Catatan paling panjang 500 huruf.",
            "The note has at most 500 characters.",
        )
        .at(Field::Note));
    }
    if new.document.trim().is_empty() && new.note.trim().is_empty() {
        return Err(ServiceError::invalid(
            "Tulis nomor surat, atau alasan bila belum ada surat.",
            "Write the number of the letter, or a reason while there is none.",
        )
        .at(Field::Document));
    }
    Ok(())
}

/// A locked month is history: changes go through BKPSDM, who opens it again.
async fn refuse_locked(
    office: &Office,
    tx: &mut Tx,
    employee: EmployeeId,
    first: Date,
    last: Date,
) -> Result<(), ServiceError> {
    let reference = reference::current(office, tx).await?;
    let person = store::employee::get(tx, employee).await?;
    let mut month = Month::of(first);
    while month.first() <= last {
        let opd = person.unit(month.last().min(last)).and_then(|u| reference.units.opd_of(u));
        if let Some(opd) = opd {
            let state = month_close::history(tx, opd.unit_id, month).await?.pop().map(|c| c.state);
            if matches!(state, Some(CloseState::Locked | CloseState::Verified)) {
                return Err(ServiceError::conflict(
                    format!(
                        "Bulan {month} sudah dikunci. Perubahan hanya lewat BKPSDM dengan surat. (E-410)"
                    ),
                    format!("Month {month} is locked. Changes go through BKPSDM with a letter. (E-410)"),
                )
                .at(Field::From));
            }
        }
        month = month.next();
    }
    Ok(())
}
