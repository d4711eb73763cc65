//! Closing a month: the OPD locks it, BKPSDM verifies or reopens it. What was locked stays readable as it was.

use domain::{ids::UnitId, month::Month};
use sha2::{Digest, Sha256};
use store::{
    Scope, Tx,
    month_carry::{self, MonthCarry},
    month_close::{self, CloseHead, CloseState, MonthClose},
};

use crate::{
    Office, ServiceError, audit,
    month::{MonthSheet, Wanted, load},
};

/// Locks the month of an OPD: judged once more, stored with its digest, sent to BKPSDM.
///
/// # Errors
/// [`crate::Fault::Conflict`] when it is locked already or something is still open; nothing is changed then.
pub async fn lock(
    office: &Office,
    opd: UnitId,
    month: Month,
    actor: &str,
) -> Result<CloseHead, ServiceError> {
    let mut tx = office.db.begin_write(office.tenant).await?;
    let sheet = load(office, &mut tx, Wanted::to_lock(Scope::Subtree(opd), month)).await?;
    if sheet.reference.units.get(opd).is_none_or(|u| !u.is_opd) {
        return Err(ServiceError::invalid(
            "Hanya bulan sebuah OPD yang dapat dikunci.",
            "Only an OPD's month can be locked.",
        ));
    }
    if sheet.is_locked() {
        return Err(ServiceError::conflict("Bulan ini sudah dikunci.", "This month is locked already."));
    }
    let open = sheet.problems().into_iter().filter(crate::month::Problem::blocks).count();
    if open > 0 {
        return Err(ServiceError::conflict(
            format!("Belum bisa dikunci: {open} hal belum selesai. Lihat daftarnya di atas tabel."),
            format!("Cannot be locked yet: {open} matters are open. See the list above the table."),
        ));
    }
    let payload = serde_json::to_string(&sheet.people).map_err(ServiceError::internal)?;
    let step = Step { state: CloseState::Locked, payload, note: String::new() };
    let head = add(office, &mut tx, opd, month, step, actor).await?;
    month_carry::add(&mut tx, &handed_on(&sheet, &head)?).await?;
    tx.commit().await?;
    Ok(head)
}

/// What the month hands on to later ones. Of somebody who has gone to another OPD, that one stores it.
fn handed_on(sheet: &MonthSheet, head: &CloseHead) -> Result<Vec<MonthCarry>, ServiceError> {
    let stayed = sheet.people.iter().filter(|p| !p.elsewhere.contains(&sheet.month.last()));
    let rows = stayed.filter_map(|person| {
        let carried = serde_json::to_string(person.carried.as_ref()?).map_err(ServiceError::internal);
        Some(carried.map(|carried| MonthCarry {
            employee_id: person.id,
            month: sheet.month,
            unit_id: head.unit_id,
            version: head.version,
            carried,
        }))
    });
    rows.collect()
}

/// BKPSDM agrees with a locked month.
///
/// # Errors
/// [`crate::Fault::Conflict`] when it is not locked, or the same account locked it.
pub async fn verify(
    office: &Office,
    opd: UnitId,
    month: Month,
    actor: &str,
) -> Result<CloseHead, ServiceError> {
    let mut tx = office.db.begin_write(office.tenant).await?;
    let last = month_close::history(&mut tx, opd, month).await?.pop();
    match last {
        Some(last) if last.state == CloseState::Locked && last.actor == actor => Err(ServiceError::conflict(
            "Yang mengunci tidak boleh memverifikasi. Minta pejabat lain.",
            "Whoever locked it cannot verify it. Ask another officer.",
        )),
        Some(last) if last.state == CloseState::Locked => {
            let step = Step { state: CloseState::Verified, payload: String::new(), note: String::new() };
            let head = add(office, &mut tx, opd, month, step, actor).await?;
            tx.commit().await?;
            Ok(head)
        }
        _ => {
            Err(ServiceError::conflict("Bulan ini belum dikunci OPD.", "The OPD has not locked this month."))
        }
    }
}

/// BKPSDM opens a locked month again, with a reason.
///
/// # Errors
/// [`crate::Fault::Invalid`] without a reason, [`crate::Fault::Conflict`] when the month is open.
pub async fn reopen(
    office: &Office,
    opd: UnitId,
    month: Month,
    reason: &str,
    actor: &str,
) -> Result<CloseHead, ServiceError> {
    if reason.trim().chars().count() < 5 {
        return Err(ServiceError::invalid(
            "Tulis alasan pembukaan, misalnya nomor surat permintaan.",
            "Write why it is opened, for example the number of the request.",
        ));
    }
    let mut tx = office.db.begin_write(office.tenant).await?;
    let last = month_close::history(&mut tx, opd, month).await?.pop();
    if !last.is_some_and(|l| matches!(l.state, CloseState::Locked | CloseState::Verified)) {
        return Err(ServiceError::conflict("Bulan ini tidak dikunci.", "This month is not locked."));
    }
    month_carry::revoke(&mut tx, opd, month, office.now()).await?;
    let step = Step { state: CloseState::Reopened, payload: String::new(), note: reason.trim().to_owned() };
    let head = add(office, &mut tx, opd, month, step, actor).await?;
    tx.commit().await?;
    Ok(head)
}

struct Step {
    state: CloseState,
    payload: String,
    note: String,
}

async fn add(
    office: &Office,
    tx: &mut Tx,
    opd: UnitId,
    month: Month,
    step: Step,
    actor: &str,
) -> Result<CloseHead, ServiceError> {
    let last = month_close::history(tx, opd, month).await?.pop();
    let digest = match (&step.payload, &last) {
        (payload, _) if !payload.is_empty() => hex::encode(Sha256::digest(payload.as_bytes())),
        (_, Some(last)) => last.digest.clone(),
        _ => String::new(),
    };
    let row = MonthClose {
        unit_id: opd,
        month,
        version: last.map_or(1, |l| l.version + 1),
        state: step.state,
        actor: actor.to_owned(),
        at: office.now(),
        digest: digest.clone(),
        payload: step.payload,
        note: step.note.clone(),
    };
    month_close::add(tx, &row).await?;
    let detail = serde_json::json!({
        "month": month.to_string(), "state": step.state.code(), "version": row.version, "digest": digest, "note": step.note,
    });
    audit::write(office, tx, actor, audit::Action::CloseMonth, audit::Subject::new("unit", opd), detail)
        .await?;
    let MonthClose { unit_id, version, state, actor, at, note, .. } = row;
    Ok(CloseHead { unit_id, month, version, state, actor, at, digest, note })
}
