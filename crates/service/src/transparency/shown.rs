//! What anybody may see of the log: its newest signed end and the key to check it with.

use jiff::Timestamp;
use ledger::{
    Entry, Hash, SignedCheckpoint, VerifierKey,
    read::{self, Log, ReadError},
};

use super::LogFiles;
use crate::{Office, ServiceError};

/// The published end of the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// As it is published, with the signatures of witnesses if there are any.
    pub checkpoint: SignedCheckpoint,
    /// The key that has signed it; `None` when the key of this server is another one, which an operator must mend.
    pub key: Option<VerifierKey>,
}

/// What somebody is told who remembers an older end of the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Grown {
    /// The published end.
    pub shown: Shown,
    /// Proof that the remembered log is its beginning (RFC 6962, section 2.1.2); empty when it has not grown since.
    pub proof: Vec<Hash>,
}

/// The published end of the log; `None` while nothing is published.
///
/// # Errors
/// [`crate::Fault::Internal`] when the published files cannot be read.
pub async fn shown(office: &Office, files: &LogFiles) -> Result<Option<Shown>, ServiceError> {
    let checkpoint = read(files, |place| published(&place)).await?;
    Ok(checkpoint.map(|checkpoint| Shown { key: key_of(office, &checkpoint), checkpoint }))
}

/// The published end of the log with the proof that the log of the first `from` entries is its beginning.
///
/// # Errors
/// As [`shown`].
pub async fn grown(office: &Office, files: &LogFiles, from: u64) -> Result<Option<Grown>, ServiceError> {
    let prove = move |place: LogFiles| {
        let Some(checkpoint) = published(&place)? else { return Ok(None) };
        let proof = match from < checkpoint.size() {
            true => Log::open(place.fetch(), checkpoint.checkpoint())?.prove_consistency(from)?,
            false => Vec::new(),
        };
        Ok(Some((checkpoint, proof)))
    };
    let found = read(files, prove).await?;
    Ok(found.map(|(checkpoint, proof)| Grown {
        shown: Shown { key: key_of(office, &checkpoint), checkpoint },
        proof,
    }))
}

/// The newest end that enough witnesses have confirmed; `None` without witnesses.
///
/// # Errors
/// As [`shown`].
pub async fn cosigned(files: &LogFiles) -> Result<Option<SignedCheckpoint>, ServiceError> {
    read(files, |place| read::cosigned(&place.fetch())).await
}

/// The time of the last entry of the log of `checkpoint`; `None` for one without entries.
///
/// # Errors
/// As [`shown`].
pub async fn last_entry(
    files: &LogFiles,
    checkpoint: &SignedCheckpoint,
) -> Result<Option<Timestamp>, ServiceError> {
    let Some(last) = checkpoint.size().checked_sub(1) else { return Ok(None) };
    let checkpoint = checkpoint.checkpoint().clone();
    let entry = read(files, move |place| Log::open(place.fetch(), &checkpoint)?.entry(last)).await?;
    Ok(Entry::parse(&entry).ok().map(|entry| entry.at()))
}

/// Runs `work` where waiting for a disk holds up nobody.
async fn read<T: Send + 'static>(
    files: &LogFiles,
    work: impl FnOnce(LogFiles) -> Result<T, ReadError> + Send + 'static,
) -> Result<T, ServiceError> {
    let place = files.clone();
    let done = tokio::task::spawn_blocking(move || work(place)).await;
    done.map_err(ServiceError::internal)?.map_err(ServiceError::internal)
}

fn published(place: &LogFiles) -> Result<Option<SignedCheckpoint>, ReadError> {
    match read::published(&place.fetch()) {
        Ok(checkpoint) => Ok(Some(checkpoint)),
        Err(ReadError::Missing { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

fn key_of(office: &Office, checkpoint: &SignedCheckpoint) -> Option<VerifierKey> {
    let sealer = office.db.sealer().filter(|sealer| sealer.is_by_us(checkpoint))?;
    sealer.verifier(checkpoint.checkpoint().origin()).ok()
}
