//! The question at the start: does a witness remember more of this log than the database does?

use std::sync::Arc;

use ledger::{Hash, SignedCheckpoint, read::ReadError, witness::VisitError};
use service::{
    Office,
    transparency::{Doubt, LogFiles},
};

use super::{Rounds, Witnesses};

/// How often the question is put again because the log grew while it was asked.
const ATTEMPTS: usize = 3;

/// Shows the end of the log in the database to all witnesses at once, and gives the doubt of one that has seen more, or
/// something else. One that is away raises none.
///
/// # Errors
/// When the database cannot be read.
pub async fn challenge(
    office: &Office,
    files: &LogFiles,
    witnesses: &Witnesses,
) -> anyhow::Result<Option<Doubt>> {
    for _ in 0..ATTEMPTS {
        let Some(doubt) = once(office, files, witnesses).await? else { return Ok(None) };
        if stands(office, &doubt).await? {
            return Ok(Some(doubt));
        }
    }
    Ok(None)
}

/// Whether a doubt holds against the log as it is now: another process may have added entries and shown them to the witness
/// just before.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn stands(office: &Office, doubt: &Doubt) -> anyhow::Result<bool> {
    let Doubt::Witness { seen: Some(seen), .. } = doubt else { return Ok(true) };
    Ok(end(office).await?.is_none_or(|end| end.size() < *seen))
}

/// The signed end of the log in the database.
async fn end(office: &Office) -> anyhow::Result<Option<SignedCheckpoint>> {
    let mut tx = office.db.begin_read(office.tenant).await?;
    let head = store::log::head(&mut tx).await?;
    Ok(head.and_then(|head| SignedCheckpoint::parse(&head.checkpoint).ok()))
}

async fn once(office: &Office, files: &LogFiles, witnesses: &Witnesses) -> anyhow::Result<Option<Doubt>> {
    let Some(note) = end(office).await? else { return Ok(None) };
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
    Ok(brought.fork.map(|(name, error)| doubt(name, &error)))
}

/// What is doubtful about the word of a witness.
pub(super) fn doubt(name: String, error: &VisitError) -> Doubt {
    let seen = match error {
        VisitError::Behind { witness, .. } => Some(*witness),
        _ => None,
    };
    Doubt::Witness { name, seen, evidence: error.to_string() }
}

/// The proof from `old` entries to `note`, out of the published files.
pub(super) fn prove(files: &LogFiles, note: &SignedCheckpoint, old: u64) -> Result<Vec<Hash>, ReadError> {
    ledger::read::Log::open(files.fetch(), note.checkpoint())?.prove_consistency(old)
}
