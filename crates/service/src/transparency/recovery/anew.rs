//! Beginning anew: the log is given up for one with another name.

use store::log::{self, LogEvent, LogEventKind, Unproved};

use super::{Decision, LogFiles, Recovered, RecoveryError, enter_all, event, greatest, hold};
use crate::{Office, transparency::publish};

/// Gives the log up and begins the next one, whose first entries name the old one: its last published size and root, how many
/// entries are lost, the reason and who decided. The old files stay as they are. No server may be running. The office must be
/// one that may sign, and the caller must have found that the log cannot go on.
///
/// # Errors
/// [`RecoveryError`]; nothing was changed then, except after [`RecoveryError::Unfinished`].
pub async fn begin_anew(
    office: &Office,
    files: &LogFiles,
    decision: &Decision,
) -> Result<Recovered, RecoveryError> {
    let old = hold(files)?;
    let sealer = office.db.sealer().ok_or(RecoveryError::OtherKey)?;
    let note = greatest(office, files)?;
    let mut tx = office.db.begin_write(office.tenant).await?;
    // The end may be damaged; what it says is all that is needed of it.
    let head = log::stated(&mut tx).await?;
    let generation = head.as_ref().map_or(1, |head| head.generation).max(files.number()) + 1;
    let origin = sealer.origin_of(office.tenant, generation);
    let has = head
        .filter(|head| head.origin == note.checkpoint().origin())
        .map_or(0, |head| head.size.max(0).unsigned_abs());
    let lost = note.size().saturating_sub(has);
    log::begin_anew(&mut tx, generation, &origin).await?;
    let event = event::write(office, &mut tx, LogEventKind::BegunAnew, (&note, lost), decision).await?;
    tx.commit().await?;
    let next = files.generation(generation);
    let (waited, entry) = follow(office, &next, &event).await.map_err(RecoveryError::unfinished)?;
    drop(old);
    Ok(Recovered { origin, lost, taken_over: None, entry, waited })
}

/// What follows once the next log has begun: how many rows had waited, and the entry that says what happened.
async fn follow(office: &Office, next: &LogFiles, event: &LogEvent) -> Result<(u64, u64), RecoveryError> {
    // The old key may be lost, and with it what proves that a punch was taken in.
    let waited = enter_all(office, Unproved::Enter).await?;
    let (_, done) = publish(office, hold(next)?).await;
    done?;
    Ok((waited, event::show(office, next, *event.event_id.0.as_bytes()).await?))
}
