//! Moving an OPD to another stage.

use domain::{
    ids::UnitId,
    lang::{Lang, plain_date},
    month::Month,
    org::Stage,
};
use jiff::civil::Date;
use store::{
    Tx,
    month_close::{self, CloseState},
    org::{self, StageRecord},
};

use super::{load::tracker, tracker::next_stage};
use crate::{
    Office, ServiceError,
    audit::{self, Action, Subject},
    reference,
};

/// A step to be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step<'a> {
    /// The OPD.
    pub opd: UnitId,
    /// The stage to enter.
    pub stage: Stage,
    /// Its first day.
    pub since: Date,
    /// The document or reason; always wanted.
    pub note: &'a str,
    /// Whether to go on although the OPD still lacks something.
    pub despite_lacks: bool,
    /// Who decides: an account id, or `cli`.
    pub actor: &'a str,
}

/// Records that an OPD enters a stage. Earlier records stay: a day is judged by the stage that held on it.
///
/// # Errors
/// [`crate::Fault::Invalid`] for a unit that is no OPD, a missing reason or a day in the past: a stage that begins in the
/// past would cut pay for days on which people were told that nothing is cut. [`crate::Fault::Conflict`] when the month
/// is locked, a stage is skipped, or the OPD lacks something and the step does not say `despite_lacks`.
pub async fn set_stage(office: &Office, step: &Step<'_>) -> Result<(), ServiceError> {
    if step.note.trim().is_empty() {
        return Err(ServiceError::invalid(
            "Isi nomor surat atau alasan perubahan tahap.",
            "Give the letter or the reason for the change of stage.",
        ));
    }
    let lacks = lacks_before(office, step).await?;
    let mut tx = office.db.begin_write(office.tenant).await?;
    check(office, &mut tx, step).await?;
    if !lacks.is_empty() && !step.despite_lacks {
        let list = |lang| lacks.iter().map(|lack| lack.sentence(lang)).collect::<Vec<_>>().join(" ");
        return Err(ServiceError::conflict(
            format!("OPD ini belum siap: {}", list(Lang::Id)),
            format!("This OPD is not ready: {}", list(Lang::En)),
        ));
    }
    let record = StageRecord {
        unit_id: step.opd,
        since: step.since,
        recorded_at: office.now(),
        stage: step.stage,
        note: step.note.trim().to_owned(),
        actor: step.actor.to_owned(),
    };
    org::add_stages(&mut tx, &[record]).await?;
    let detail = serde_json::json!({
        "stage": step.stage,
        "since": step.since,
        "note": step.note.trim(),
        "lacks": lacks.iter().map(|lack| lack.sentence(Lang::En)).collect::<Vec<_>>(),
    });
    audit::write(office, &mut tx, step.actor, Action::SetStage, Subject::new("unit", step.opd), detail)
        .await?;
    reference::moved(office, &mut tx, step.actor).await?;
    tx.commit().await?;
    Ok(())
}

/// What stands against the step; going back a stage is always allowed.
async fn lacks_before(office: &Office, step: &Step<'_>) -> Result<Vec<super::Lack>, ServiceError> {
    let tracker = tracker(office).await?;
    let state = tracker.into_iter().find(|opd| opd.facts.unit == step.opd);
    Ok(match state {
        Some(state) if Some(step.stage) > state.stage && step.stage > Stage::Pendataan => state.lacks,
        _ => Vec::new(),
    })
}

async fn check(office: &Office, tx: &mut Tx, step: &Step<'_>) -> Result<(), ServiceError> {
    let unit = org::get(tx, step.opd).await?;
    if !unit.is_opd {
        return Err(ServiceError::invalid(
            format!("{} bukan OPD; tahap hanya dimiliki OPD.", unit.name),
            format!("{} is not an OPD; only OPDs have stages.", unit.name),
        ));
    }
    let reference = reference::current(office, tx).await?;
    let today = reference.units.today(None, office.now());
    let timeline = reference.stages(step.opd);
    let current = timeline.on(step.since).copied();
    let first_data_entry = timeline.is_empty() && step.stage == Stage::Pendataan;
    if step.since < today && !first_data_entry {
        let day = |lang| plain_date(today, lang);
        return Err(ServiceError::invalid(
            format!("Tahap tidak boleh berlaku surut. Pilih {} atau sesudahnya.", day(Lang::Id)),
            format!("A stage cannot begin in the past. Choose {} or later.", day(Lang::En)),
        ));
    }
    let skipped = match (current, next_stage(current)) {
        (Some(now), _) if step.stage <= now => false,
        (_, next) => next != Some(step.stage),
    };
    if skipped && !step.despite_lacks {
        let wanted = next_stage(current).map_or("", Stage::label);
        return Err(ServiceError::conflict(
            format!("Tahap berikutnya adalah {wanted}; tidak boleh dilompati tanpa alasan khusus."),
            format!("The next stage is {wanted}; it is not to be skipped without a special reason."),
        ));
    }
    let month = Month::of(step.since);
    let closings = month_close::states(tx, month).await?;
    if closings.iter().any(|close| close.unit_id == step.opd && close.state != CloseState::Reopened) {
        return Err(ServiceError::conflict(
            format!("Bulan {month} OPD ini sudah dikunci. Pilih hari pertama di bulan sesudahnya."),
            format!("The month {month} of this OPD is locked. Choose a first day in a later month."),
        ));
    }
    Ok(())
}
