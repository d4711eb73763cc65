//! The entry that says what befell the log, and its opening beside the published files.

use domain::ids::RecordId;
use ledger::SignedCheckpoint;
use store::{
    Tx,
    log::{self, LogEvent, LogEventKind},
};

use super::{Decision, LogFiles, RecoveryError};
use crate::Office;

/// Writes the event; the commit enters it.
pub(super) async fn write(
    office: &Office,
    tx: &mut Tx,
    what: LogEventKind,
    (published, lost): (&SignedCheckpoint, u64),
    decision: &Decision,
) -> Result<LogEvent, RecoveryError> {
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let event = LogEvent {
        event_id: office.id(RecordId::new),
        at: office.now(),
        what,
        origin: published.checkpoint().origin().to_owned(),
        published: number(published.size()),
        root: published.root().to_string(),
        lost: number(lost),
        reason: decision.reason.clone(),
        actor: decision.actor.clone(),
    };
    log::add_event(tx, &event).await?;
    Ok(event)
}

/// Puts the opening of the event with this id beside the published files, for auditors; gives the index of its entry.
pub(in crate::transparency) async fn show(
    office: &Office,
    files: &LogFiles,
    event: [u8; 16],
) -> Result<u64, RecoveryError> {
    let mut tx = office.db.begin_read(office.tenant).await?;
    let lost = || store::StoreError::new(store::ErrorKind::Corrupt, "the event has no entry");
    let row = log::first_entry_about(&mut tx, event).await?.ok_or_else(lost)?;
    let opening = log::opening(&mut tx, &row).await?.ok_or_else(lost)?;
    drop(tx);
    let path = files.event(opening.index);
    std::fs::write(&path, opening.to_string())
        .map_err(|source| RecoveryError::File { path: path.display().to_string(), source })?;
    Ok(opening.index)
}
