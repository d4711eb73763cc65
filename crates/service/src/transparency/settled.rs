//! What a start puts right by itself, because it follows from what this key has signed. Everything else is for people to decide.

use ledger::{SignedCheckpoint, high_water::HighWaterError, read};
use store::log;

use super::{
    Doubt, LogFiles, current, doubt,
    signed_by_us::{PublishedEnd, is_ours, published_end},
};
use crate::{
    Office, ServiceError,
    audit::{self, Action, Subject},
};

/// Compares as [`doubt`], after an edited end of the log and a damaged mark were put right, where that can be done from what was
/// signed. A running server that refuses to sign goes on refusing until its next start.
///
/// # Errors
/// As every read and write.
pub async fn settled(office: &Office, files: &LogFiles) -> Result<Option<Doubt>, ServiceError> {
    let now = current(office, files).await?;
    if let Err(error) = mend_mark(office, &now) {
        tracing::error!(%error, "the high-water mark cannot be mended");
    }
    match doubt(office, &now).await? {
        Some(Doubt::Altered { evidence }) if rebuild(office, &now, &evidence).await? => {
            doubt(office, &current(office, files).await?).await
        }
        doubt => Ok(doubt),
    }
}

/// Writes the mark anew from the published checkpoint when it cannot be read.
fn mend_mark(office: &Office, files: &LogFiles) -> Result<(), HighWaterError> {
    let mark = files.high_water();
    let Err(error) = mark.read() else { return Ok(()) };
    let Ok(PublishedEnd::Good(note)) = published_end(office, files) else { return Ok(()) };
    if office.db.sealer().is_none() || matches!(error, HighWaterError::Read { .. }) {
        return Ok(());
    }
    tracing::error!(%error, entries = note.size(), "the high-water mark is written anew from the published checkpoint");
    mark.set_aside().map_err(|source| HighWaterError::Write { path: files.mark().to_owned(), source })?;
    mark.raise(&note)
}

/// Whether the end could be computed from the entries. A deed says what was found.
async fn rebuild(office: &Office, files: &LogFiles, evidence: &str) -> Result<bool, ServiceError> {
    let mut tx = office.db.begin_write(office.tenant).await?;
    let Some(stated) = log::stated(&mut tx).await? else { return Ok(false) };
    let in_database = SignedCheckpoint::parse(&stated.checkpoint).ok();
    let Some(signed) = greatest(office, files, in_database) else { return Ok(false) };
    if !log::rebuild_end(&mut tx, &signed).await? {
        return Ok(false);
    }
    tracing::error!(
        evidence,
        "the end of the log was edited behind the program; it is computed anew from the entries"
    );
    let detail = serde_json::json!({ "found": evidence });
    audit::write(office, &mut tx, "system", Action::RebuildEnd, Subject::new("log", ""), detail).await?;
    tx.commit().await?;
    Ok(true)
}

/// The greatest end that this key has signed, of all that are known: an older one would make two histories.
fn greatest(
    office: &Office,
    files: &LogFiles,
    in_database: Option<SignedCheckpoint>,
) -> Option<SignedCheckpoint> {
    office.db.sealer()?;
    let marked = files.high_water().read().ok().flatten();
    let known = in_database.into_iter().chain(marked).chain(read::published(&files.fetch()).ok());
    known.filter(|note| is_ours(office, note)).max_by_key(SignedCheckpoint::size)
}
