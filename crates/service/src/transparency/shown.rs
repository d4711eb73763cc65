//! What anybody may see of the log: its newest signed end and the key to check it with.

use ledger::{SignedCheckpoint, VerifierKey, read};

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

/// The published end of the log; `None` while nothing is published.
///
/// # Errors
/// [`crate::Fault::Internal`] when the published files cannot be read.
pub async fn shown(office: &Office, files: &LogFiles) -> Result<Option<Shown>, ServiceError> {
    let place = files.clone();
    let read = tokio::task::spawn_blocking(move || match read::published(&place.fetch()) {
        Ok(checkpoint) => Ok(Some(checkpoint)),
        Err(_) if !place.root().join(ledger::tiles::CHECKPOINT).exists() => Ok(None),
        Err(error) => Err(error),
    });
    let checkpoint = read.await.map_err(ServiceError::internal)?.map_err(ServiceError::internal)?;
    Ok(checkpoint.map(|checkpoint| Shown { key: key_of(office, &checkpoint), checkpoint }))
}

fn key_of(office: &Office, checkpoint: &SignedCheckpoint) -> Option<VerifierKey> {
    let text = office.db.sealer()?.vkey(checkpoint.checkpoint().origin()).ok()?;
    let key: VerifierKey = text.parse().ok()?;
    checkpoint.verify(std::slice::from_ref(&key)).is_ok().then_some(key)
}
