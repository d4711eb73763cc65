//! The entry that says what befell the log, and its opening beside the published files.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::Path,
};

use domain::ids::RecordId;
use ledger::SignedCheckpoint;
use store::{
    Tx,
    log::{self, LogEvent, LogEventKind},
};

use super::{Decision, LogFiles, RecoveryError};
use crate::{Office, ServiceError};

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
    let (index, path) = (opening.index, files.event(opening.index));
    let failed = |source| RecoveryError::File { path: files.event(index).display().to_string(), source };
    let written = tokio::task::spawn_blocking(move || keep(&path, &opening.to_string())).await;
    written.map_err(ServiceError::internal)?.map_err(failed)?;
    Ok(index)
}

/// Writes the file whole or not at all.
fn keep(path: &Path, text: &str) -> io::Result<()> {
    let fresh = path.with_extension("new");
    let mut file = File::create(&fresh)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(fresh, path)
}
