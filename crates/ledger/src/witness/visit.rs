//! One visit to a witness: it is shown a checkpoint, told from where it can follow, and what it gives is checked.

use signed_note::Signature;
use thiserror::Error;
use tlog_tiles::Hash;

use super::exchange::{Answer, ExchangeError, Next, add_checkpoint_request, after_conflict, read_answer};
use super::policy::Witness;
use crate::checkpoint::SignedCheckpoint;
use crate::read::ReadError;

/// How often a witness may correct the size during one visit: it may have been shown another checkpoint meanwhile.
const CORRECTIONS: usize = 2;

/// What came back from a witness.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The content type; empty if it had none.
    pub content_type: String,
    /// The body, at most one byte more than [`super::MAX_ANSWER`].
    pub body: Vec<u8>,
}

/// The way to witnesses, made elsewhere: this crate knows no network.
pub trait Ask: Sync {
    /// Sends `body` by POST to `address` and waits for the answer, whatever its status.
    ///
    /// # Errors
    /// Why there was no answer, in words.
    fn post(&self, address: &str, body: &str) -> Result<Reply, String>;
}

/// Why a visit brought no cosignature.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum VisitError {
    /// The policy does not say where the witness answers.
    #[error("the policy has no address of this witness")]
    NoAddress,
    /// There was no answer.
    #[error("no answer: {0}")]
    Unreachable(String),
    /// The answer is a refusal or cannot be used.
    #[error(transparent)]
    Exchange(#[from] ExchangeError),
    /// The witness has cosigned more entries than this log has.
    #[error("the witness has cosigned {witness} entries, this log has {log}: the log was set back")]
    Behind {
        /// The size that the witness has.
        witness: u64,
        /// The size of the checkpoint that it was shown.
        log: u64,
    },
    /// The proof of growth could not be made from the published files.
    #[error("the proof of growth: {0}")]
    Proof(#[from] ReadError),
}

impl VisitError {
    /// Whether the witness remembers another history than the one it was shown, so that signing must stop.
    pub fn is_fork(&self) -> bool {
        matches!(
            self,
            Self::Behind { .. } | Self::Exchange(ExchangeError::Forked | ExchangeError::Inconsistent)
        )
    }
}

/// Shows `note` to `witness`, which is believed to have cosigned `believed` entries last (0 if nothing is known).
/// `prove` gives the consistency proof from a size below that of the note.
///
/// # Errors
/// [`VisitError`]; ask [`VisitError::is_fork`].
pub fn visit(
    ask: &dyn Ask,
    witness: &Witness,
    note: &SignedCheckpoint,
    believed: u64,
    prove: &dyn Fn(u64) -> Result<Vec<Hash>, ReadError>,
) -> Result<Vec<Signature>, VisitError> {
    let address = witness.url.as_deref().ok_or(VisitError::NoAddress)?;
    let address = format!("{}/add-checkpoint", address.trim_end_matches('/'));
    let keys = [witness.key.clone()];
    let mut old = believed.min(note.size());
    for _ in 0..=CORRECTIONS {
        let proof = if old == 0 || old == note.size() { Vec::new() } else { prove(old)? };
        let body = add_checkpoint_request(old, &proof, note);
        let reply = ask.post(&address, &body).map_err(VisitError::Unreachable)?;
        let known = match read_answer(reply.status, &reply.content_type, &reply.body, &keys, note)? {
            Answer::Cosigned(signatures) => return Ok(signatures),
            Answer::Conflict { known } => known,
        };
        match after_conflict(known, note.size()) {
            Next::Behind { witness, log } => return Err(VisitError::Behind { witness, log }),
            // It has the size it was asked about and does not follow: the roots differ.
            Next::Retry { old_size } if old_size == old && old == note.size() => {
                return Err(ExchangeError::Forked.into());
            }
            Next::Retry { old_size } if old_size == old => return Err(ExchangeError::Malformed.into()),
            Next::Retry { old_size } => old = old_size,
        }
    }
    Err(ExchangeError::Malformed.into())
}
