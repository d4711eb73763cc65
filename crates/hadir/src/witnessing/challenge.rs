//! The question at the start: does a witness remember more of this log than the database does?

use std::sync::Arc;

use ledger::{Hash, SignedCheckpoint, read::ReadError, witness::VisitError};
use service::{
    Office,
    transparency::{Doubt, LogFiles, doubt_of_witness},
};

use super::{Rounds, Witnesses};

/// Shows the end of the log in the database to all witnesses at once. One that has seen more, or something else, forbids
/// signing; one that is away forbids nothing.
///
/// # Errors
/// When the database cannot be read.
pub async fn challenge(
    office: &Office,
    files: &LogFiles,
    witnesses: &Witnesses,
) -> anyhow::Result<Option<Doubt>> {
    let mut tx = office.db.begin_read(office.tenant).await?;
    let head = store::log::head(&mut tx).await?;
    drop(tx);
    let Some(note) = head.and_then(|head| SignedCheckpoint::parse(&head.checkpoint).ok()) else {
        return Ok(None);
    };
    let (ask, mut rounds) = (Arc::clone(&witnesses.ask), Rounds::new(Arc::clone(&witnesses.policy)));
    let (files, shown) = (files.clone(), note.clone());
    let brought = tokio::task::spawn_blocking(move || {
        rounds.turn(ask.as_ref(), &shown, &|old| prove(&files, &shown, old))
    });
    let brought = brought.await?;
    for (name, error) in &brought.failed {
        // Files that end before the database does are published by the server, which asks again then.
        if !matches!(error, VisitError::Proof(_)) {
            tracing::warn!(witness = name, %error, "the witness could not be asked");
        }
    }
    let doubt = brought.fork.map(|(name, error)| Doubt::Witness { name, evidence: error.to_string() });
    Ok(doubt.inspect(|doubt| doubt_of_witness(office, doubt)))
}

/// The proof from `old` entries to `note`, out of the published files.
pub(super) fn prove(files: &LogFiles, note: &SignedCheckpoint, old: u64) -> Result<Vec<Hash>, ReadError> {
    ledger::read::Log::open(files.fetch(), note.checkpoint())?.prove_consistency(old)
}
