//! The texts of `add-checkpoint` (c2sp.org/tlog-witness): what is sent to a witness, and what it answers.

use signed_note::Signature;
use thiserror::Error;
use tlog_tiles::Hash;

use super::cosignature::CosignerKey;
use crate::checkpoint::{CheckpointError, SignedCheckpoint};

/// The content type of the answer that tells another size.
pub const CONFLICT_TYPE: &str = "text/x.tlog.size";
/// Longest answer that need be read, in bytes.
pub const MAX_ANSWER: usize = 64 * 1024;
/// Most hashes of a consistency proof.
const MAX_HASHES: usize = 63;

/// Why a request or an answer cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ExchangeError {
    /// The request is not in its form.
    #[error("not an add-checkpoint request: {0}")]
    Request(&'static str),
    /// The checkpoint of the request cannot be read.
    #[error("the checkpoint of the request: {0}")]
    Checkpoint(#[from] CheckpointError),
    /// The witness says that the request is malformed.
    #[error("the witness did not understand the request (400)")]
    BadRequest,
    /// The witness does not trust the key of this log.
    #[error("the witness does not know the key that signed the checkpoint (403)")]
    UnknownKey,
    /// The witness does not know the log.
    #[error("the witness does not know this log (404); it has to be entered there first")]
    UnknownLog,
    /// The witness has cosigned another log of the same size.
    #[error("the witness has cosigned a different log of the same size (409): history was rewritten")]
    Forked,
    /// The witness could not follow from its checkpoint to ours.
    #[error(
        "the witness has cosigned a log that is not the beginning of this one (422): history was rewritten"
    )]
    Inconsistent,
    /// Another status.
    #[error("the witness answered with status {0}")]
    Status(u16),
    /// The answer is not in its form, or longer than [`MAX_ANSWER`].
    #[error("the witness answered with something else than cosignatures")]
    Malformed,
    /// No cosignature is by a known key of the witness.
    #[error("the witness answered without a cosignature by its known key")]
    NotCosigned,
    /// The cosignature is invalid.
    #[error("the cosignature of {0} is invalid")]
    Invalid(String),
}

/// A request to a witness.
#[derive(Debug, Clone, PartialEq)]
pub struct AddCheckpoint {
    /// The size that the witness is believed to have cosigned last; 0 if nothing is known.
    pub old_size: u64,
    /// From that size to the checkpoint's, by [`crate::read::Log::prove_consistency`].
    pub proof: Vec<Hash>,
    /// What is to be cosigned.
    pub checkpoint: SignedCheckpoint,
}

/// The body to be sent to `<submission prefix>/add-checkpoint` by POST.
pub fn add_checkpoint_request(old_size: u64, proof: &[Hash], checkpoint: &SignedCheckpoint) -> String {
    let hashes: String = proof.iter().map(|hash| format!("{hash}\n")).collect();
    format!("old {old_size}\n{hashes}\n{checkpoint}")
}

impl AddCheckpoint {
    /// Reads a request as a witness does.
    ///
    /// # Errors
    /// [`ExchangeError::Request`], [`ExchangeError::Checkpoint`].
    pub fn parse(body: &str) -> Result<Self, ExchangeError> {
        let (head, note) =
            body.split_once("\n\n").ok_or(ExchangeError::Request("no empty line before the checkpoint"))?;
        let mut lines = head.split('\n');
        let old = lines.next().and_then(|line| line.strip_prefix("old "));
        let old = old.ok_or(ExchangeError::Request("no line with the old size"))?;
        let old_size: u64 =
            old.parse().map_err(|_| ExchangeError::Request("the old size is not a number"))?;
        let mut proof = Vec::new();
        for line in lines {
            if proof.len() >= MAX_HASHES {
                return Err(ExchangeError::Request("more than 63 hashes"));
            }
            proof.push(Hash::parse_hash(line).map_err(|_| ExchangeError::Request("a hash is malformed"))?);
        }
        let checkpoint = SignedCheckpoint::parse(note)?;
        if old_size > checkpoint.size() {
            return Err(ExchangeError::Request("the old size is greater than the new one"));
        }
        let request = Self { old_size, proof, checkpoint };
        let written = add_checkpoint_request(request.old_size, &request.proof, &request.checkpoint);
        if written == body { Ok(request) } else { Err(ExchangeError::Request("not in its one form")) }
    }
}

/// What a witness answered.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// It has cosigned. Valid cosignatures by its known keys; add them with
    /// [`SignedCheckpoint::with_signatures`].
    Cosigned(Vec<Signature>),
    /// It has cosigned another size than the request said; see [`after_conflict`].
    Conflict {
        /// The size it cosigned last.
        known: u64,
    },
}

/// What to do after a conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Ask again, with a proof from this size.
    Retry {
        /// The size that the witness has.
        old_size: u64,
    },
    /// The witness has seen more entries than this log has: the log was set back. Signing must stop.
    Behind {
        /// The size that the witness has.
        witness: u64,
        /// The size of this log.
        log: u64,
    },
}

/// What to do when a witness says that it has cosigned `known` entries and our checkpoint has `log`.
pub fn after_conflict(known: u64, log: u64) -> Next {
    if known > log { Next::Behind { witness: known, log } } else { Next::Retry { old_size: known } }
}

/// Reads the answer to a request for `checkpoint`: status, content type and body. Cosignatures by other
/// keys than `keys` are ignored, as the specification asks.
///
/// # Errors
/// [`ExchangeError`], one for each refusal that the specification knows.
pub fn read_answer(
    status: u16,
    content_type: &str,
    body: &[u8],
    keys: &[CosignerKey],
    checkpoint: &SignedCheckpoint,
) -> Result<Answer, ExchangeError> {
    match status {
        200 => {}
        400 => return Err(ExchangeError::BadRequest),
        403 => return Err(ExchangeError::UnknownKey),
        404 => return Err(ExchangeError::UnknownLog),
        409 if content_type.split(';').next().map(str::trim) == Some(CONFLICT_TYPE) => {
            let known = size_line(body).ok_or(ExchangeError::Malformed)?;
            // The same size can only be in conflict because the roots are.
            return Ok(Answer::Conflict { known });
        }
        409 => return Err(ExchangeError::Forked),
        422 => return Err(ExchangeError::Inconsistent),
        other => return Err(ExchangeError::Status(other)),
    }
    if body.len() > MAX_ANSWER {
        return Err(ExchangeError::Malformed);
    }
    let text = std::str::from_utf8(body).map_err(|_| ExchangeError::Malformed)?;
    let lines = text.strip_suffix('\n').ok_or(ExchangeError::Malformed)?;
    let mut valid = Vec::new();
    for line in lines.split('\n') {
        let signature = Signature::from_bytes(line.as_bytes()).map_err(|_| ExchangeError::Malformed)?;
        let Some(key) = keys.iter().find(|key| key.claims(&signature)) else { continue };
        if key.verify(&signature, checkpoint).is_none() {
            return Err(ExchangeError::Invalid(key.name().to_owned()));
        }
        valid.push(signature);
    }
    if valid.is_empty() { Err(ExchangeError::NotCosigned) } else { Ok(Answer::Cosigned(valid)) }
}

/// A size in decimal and a newline.
fn size_line(body: &[u8]) -> Option<u64> {
    let digits = std::str::from_utf8(body).ok()?.strip_suffix('\n')?;
    let size: u64 = digits.parse().ok()?;
    (size.to_string() == digits).then_some(size)
}
