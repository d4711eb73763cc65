//! Checking proofs, without any file.

use thiserror::Error;
use tlog_tiles::{EMPTY_HASH, Hash, check_record, check_tree};

use crate::checkpoint::Checkpoint;

/// Why a proof does not prove.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ProofError {
    /// The index is not below the size of the log.
    #[error("entry {index} cannot be in a log of {size} entries")]
    Beyond {
        /// The index claimed.
        index: u64,
        /// Size of the checkpoint.
        size: u64,
    },
    /// The hashes do not lead from the entry to the signed root.
    #[error("the proof does not lead from the entry to the signed root")]
    Inclusion,
    /// The newer checkpoint has fewer entries.
    #[error("the log shrank from {old} entries to {new}")]
    Shrank {
        /// Size of the older checkpoint.
        old: u64,
        /// Size of the newer one.
        new: u64,
    },
    /// The two checkpoints are of different logs.
    #[error("the checkpoints are of two different logs")]
    OtherLog,
    /// The hashes do not show that the older log is the beginning of the newer.
    #[error(
        "the older log is not the beginning of the newer one: history was rewritten, or the proof is wrong"
    )]
    Consistency,
}

/// Checks that the entry with the leaf hash `leaf` is at `index` of the log of `checkpoint`
/// (RFC 6962, section 2.1.1).
///
/// # Errors
/// [`ProofError::Beyond`], [`ProofError::Inclusion`].
pub fn check_inclusion(
    proof: &[Hash],
    checkpoint: &Checkpoint,
    index: u64,
    leaf: Hash,
) -> Result<(), ProofError> {
    let size = checkpoint.size();
    if index >= size {
        return Err(ProofError::Beyond { index, size });
    }
    // No tree has more than 64 levels; a longer proof is not worth the work.
    if proof.len() > 64 {
        return Err(ProofError::Inclusion);
    }
    check_record(&proof.to_vec(), size, checkpoint.root(), index, leaf).map_err(|_| ProofError::Inclusion)
}

/// Checks that the log of `old` is the beginning of the log of `new` (RFC 6962, section 2.1.2).
///
/// # Errors
/// [`ProofError::OtherLog`], [`ProofError::Shrank`], [`ProofError::Consistency`].
pub fn check_consistency(proof: &[Hash], old: &Checkpoint, new: &Checkpoint) -> Result<(), ProofError> {
    if old.origin() != new.origin() {
        return Err(ProofError::OtherLog);
    }
    if old.size() > new.size() {
        return Err(ProofError::Shrank { old: old.size(), new: new.size() });
    }
    let proved = if proof.len() > 128 {
        false
    } else if old.size() == 0 {
        proof.is_empty() && old.root() == EMPTY_HASH && (new.size() > 0 || new.root() == EMPTY_HASH)
    } else {
        check_tree(&proof.to_vec(), new.size(), new.root(), old.size(), old.root()).is_ok()
    };
    if proved { Ok(()) } else { Err(ProofError::Consistency) }
}
