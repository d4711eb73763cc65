//! Whether what lies in the ledger folder was signed here: somebody may have edited a file behind the program.

use ledger::{
    SignedCheckpoint,
    read::{self, ReadError},
};

use super::LogFiles;
use crate::Office;

/// The published checkpoint, as far as it can be believed.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum PublishedEnd {
    /// There is none.
    None,
    /// Signed with the key of this server; or there is no key to check it with.
    Good(SignedCheckpoint),
    /// Edited, cut off, or signed by somebody else.
    Damaged {
        /// What is wrong with it.
        reason: String,
    },
}

/// Whether the key of this server signed `note`; an office without a key believes every note.
pub(super) fn is_ours(office: &Office, note: &SignedCheckpoint) -> bool {
    office.db.sealer().is_none_or(|sealer| sealer.is_by_us(note))
}

/// Reads and checks the published checkpoint.
///
/// # Errors
/// When the file cannot be read at present.
pub(super) fn published_end(office: &Office, files: &LogFiles) -> Result<PublishedEnd, ReadError> {
    match read::published(&files.fetch()) {
        Ok(note) if is_ours(office, &note) => Ok(PublishedEnd::Good(note)),
        Ok(_) => {
            Ok(PublishedEnd::Damaged { reason: "its signature is not that of this server's key".to_owned() })
        }
        Err(ReadError::Missing { .. }) => Ok(PublishedEnd::None),
        Err(ReadError::Checkpoint(error)) => Ok(PublishedEnd::Damaged { reason: error.to_string() }),
        Err(error) => Err(error),
    }
}

/// What is wrong with the published checkpoint, if anything. Where nothing else is in doubt, a running server writes it anew.
pub async fn damaged_checkpoint(office: &Office, files: &LogFiles) -> Option<String> {
    let (office, place) = (office.clone(), files.clone());
    let end = tokio::task::spawn_blocking(move || published_end(&office, &place)).await.ok()?;
    match end {
        Ok(PublishedEnd::Damaged { reason }) => {
            Some(format!("{}: {reason}", files.root().join("checkpoint").display()))
        }
        _ => None,
    }
}
