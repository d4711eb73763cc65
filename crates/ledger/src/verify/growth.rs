//! Comparing a log with what was kept of it outside: an older checkpoint, or a receipt. Without such
//! memory nobody can tell a rewritten log that was signed again from an honest one.

use thiserror::Error;
use tlog_tiles::Hash;

use crate::checkpoint::{CheckpointError, SignedCheckpoint};
use crate::key::VerifierKey;
use crate::read::{Fetch, Log, ProofError, ReadError, check_consistency};
use crate::receipt::Receipt;

/// How a log stands to an older checkpoint of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Growth {
    /// Same size, same root.
    Same,
    /// The older log is the beginning of the newer one; the proof can be checked without any file.
    Grew {
        /// For [`check_consistency`].
        proof: Vec<Hash>,
    },
    /// The newer checkpoint has fewer entries: the log was set back. Both notes are the evidence.
    Shrank {
        /// The checkpoint that was kept.
        kept: SignedCheckpoint,
        /// The one published now.
        now: SignedCheckpoint,
    },
    /// The beginning of the newer log is not the older log, though both are signed.
    Rewritten(Box<Rewrite>),
}

/// Proof that the holder of the key signed two histories that exclude each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Rewrite {
    /// The checkpoint that was kept.
    pub kept: SignedCheckpoint,
    /// The one published now.
    pub now: SignedCheckpoint,
    /// The root that the log published now gives for its first entries, as many as the kept one has.
    pub root_now: Hash,
}

impl Growth {
    /// Whether the log is the one that was kept, possibly longer.
    pub fn is_honest(&self) -> bool {
        matches!(self, Self::Same | Self::Grew { .. })
    }
}

/// Why growth could not be judged.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum GrowthError {
    /// One of the checkpoints is not to be trusted.
    #[error("{0}")]
    Checkpoint(#[from] CheckpointError),
    /// The checkpoints are of different logs.
    #[error("the checkpoints are of two different logs")]
    OtherLog,
    /// The files of the newer log are damaged; audit it.
    #[error("{0}")]
    Read(#[from] ReadError),
    /// The proof made from the files does not verify, although roots agree. Should not happen.
    #[error("{0}")]
    Proof(#[from] ProofError),
    /// The receipt's index is not in its own checkpoint's log.
    #[error("the receipt is for entry {index}, the log had {size} entries then")]
    Beyond {
        /// Index of the receipt.
        index: u64,
        /// Size of its checkpoint.
        size: u64,
    },
}

/// Judges the log at `place` as of `now` against the checkpoint `kept`. Both must be signed by `keys`.
///
/// # Errors
/// [`GrowthError`]; a log that is not honest is no error but a [`Growth`].
pub fn verify_growth<F: Fetch>(
    place: F,
    keys: &[VerifierKey],
    kept: &SignedCheckpoint,
    now: &SignedCheckpoint,
) -> Result<Growth, GrowthError> {
    let (old, new) = (kept.verify(keys)?, now.verify(keys)?);
    if old.origin() != new.origin() {
        return Err(GrowthError::OtherLog);
    }
    if new.size() < old.size() {
        return Ok(Growth::Shrank { kept: kept.clone(), now: now.clone() });
    }
    if old == new {
        return Ok(Growth::Same);
    }
    let rewritten =
        |root_now| Growth::Rewritten(Box::new(Rewrite { kept: kept.clone(), now: now.clone(), root_now }));
    if old.size() == new.size() {
        return Ok(rewritten(new.root()));
    }
    let log = Log::open(place, new)?;
    let root_now = log.root_at(old.size())?;
    if root_now != old.root() {
        return Ok(rewritten(root_now));
    }
    let proof = log.prove_consistency(old.size())?;
    check_consistency(&proof, old, new)?;
    Ok(Growth::Grew { proof })
}

/// How the log published now stands to a receipt that was kept.
#[derive(Debug, Clone, PartialEq)]
pub enum KeptReceipt {
    /// The entry of the receipt is in the log published now, at the same place.
    Holds,
    /// The log does not go back to the checkpoint of the receipt: [`Growth::Shrank`] or
    /// [`Growth::Rewritten`]. The receipt is the evidence.
    Contradicted {
        /// In which way.
        growth: Box<Growth>,
        /// The leaf hash that the log published now has at the receipt's index, if it is that long.
        leaf_now: Option<Hash>,
    },
}

/// Judges the log at `place` as of `now` against a receipt, which is itself verified by its checkpoint.
///
/// # Errors
/// [`GrowthError`].
pub fn verify_kept_receipt<F: Fetch>(
    place: F,
    keys: &[VerifierKey],
    receipt: &Receipt,
    now: &SignedCheckpoint,
) -> Result<KeptReceipt, GrowthError> {
    let kept = receipt.checkpoint();
    if receipt.index() >= kept.size() {
        return Err(GrowthError::Beyond { index: receipt.index(), size: kept.size() });
    }
    let growth = verify_growth(&place, keys, kept, now)?;
    if growth.is_honest() {
        return Ok(KeptReceipt::Holds);
    }
    let leaf_now = Log::open(&place, now.checkpoint()).and_then(|log| log.leaf(receipt.index())).ok();
    Ok(KeptReceipt::Contradicted { growth: Box::new(growth), leaf_now })
}
