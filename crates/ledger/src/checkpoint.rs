//! Checkpoints: the size and root of a log at one moment, and the signed note that carries them
//! (c2sp.org/tlog-checkpoint, c2sp.org/signed-note).
//!
//! Reading is strict: there is one form of bytes for a checkpoint, and it is checked by writing again
//! what was read. Extension lines, which the specification discourages, are refused.

use std::fmt;

use signed_note::{Note, NoteError, Signature, Verifier, VerifierList};
use thiserror::Error;
use tlog_tiles::Hash;

use crate::key::{VerifierKey, is_name};

/// Largest log we read. Far beyond any real one, and small enough that no index arithmetic overflows.
pub const MAX_SIZE: u64 = 1 << 48;
/// Longest note with a checkpoint that is read, in bytes: the text and some hundred signatures.
const MAX_NOTE: usize = 64 * 1024;

/// Why a checkpoint is not one, or is not to be trusted.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CheckpointError {
    /// The bytes are not a signed note in its one form.
    #[error("not a signed note in the form of c2sp.org/signed-note")]
    Note,
    /// The text of the note is not origin, size and root, or has further lines.
    #[error("the note does not hold a checkpoint: origin, size and root, one a line, and nothing more")]
    Text,
    /// The origin cannot be the name of a key.
    #[error("the origin of a log has no spaces, no `+`, and 1 to 200 bytes")]
    Origin,
    /// The size is beyond [`MAX_SIZE`].
    #[error("the checkpoint claims {0} entries, more than any log can have")]
    Size(u64),
    /// None of the known keys is of this log.
    #[error("the checkpoint is of the log `{0}`, for which no key is known")]
    UnknownLog(String),
    /// No signature is by a known key of the log.
    #[error("the checkpoint of `{0}` is not signed by a known key of that log")]
    Unsigned(String),
    /// A signature claims a known key and is wrong: text or signature were altered.
    #[error(
        "the signature of the checkpoint is invalid for key {name}+{id:08x}: it was altered after signing"
    )]
    Signature {
        /// Name of the key.
        name: String,
        /// Id of the key.
        id: u32,
    },
}

/// Origin, size and root of a log.
#[derive(Debug, Clone, PartialEq)]
pub struct Checkpoint {
    origin: String,
    size: u64,
    root: Hash,
}

impl Checkpoint {
    /// The checkpoint of the log `origin` with `size` entries and Merkle tree root `root`.
    ///
    /// # Errors
    /// [`CheckpointError::Origin`], [`CheckpointError::Size`].
    pub fn new(origin: &str, size: u64, root: Hash) -> Result<Self, CheckpointError> {
        if !is_name(origin) {
            return Err(CheckpointError::Origin);
        }
        if size > MAX_SIZE {
            return Err(CheckpointError::Size(size));
        }
        Ok(Self { origin: origin.to_owned(), size, root })
    }

    /// Reads the three lines of a note's text.
    ///
    /// # Errors
    /// [`CheckpointError::Text`] and those of [`Checkpoint::new`].
    pub fn parse(text: &str) -> Result<Self, CheckpointError> {
        let read = tlog_tiles::Checkpoint::from_bytes(text.as_bytes()).map_err(|_| CheckpointError::Text)?;
        let checkpoint = Self::new(read.origin(), read.size(), *read.hash())?;
        if checkpoint.to_string() == text { Ok(checkpoint) } else { Err(CheckpointError::Text) }
    }

    /// Which log; the same for all its life.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Number of entries.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Root of the RFC 6962 Merkle tree over the entries.
    pub fn root(&self) -> Hash {
        self.root
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n{}\n{}\n", self.origin, self.size, self.root)
    }
}

/// A checkpoint with its signatures, well-formed; nothing is proved until [`SignedCheckpoint::verify`].
#[derive(Debug, Clone, PartialEq)]
pub struct SignedCheckpoint {
    checkpoint: Checkpoint,
    signatures: Vec<Signature>,
    text: String,
}

impl SignedCheckpoint {
    /// Reads a note that carries a checkpoint. Signatures by unknown keys may be among its signatures.
    ///
    /// # Errors
    /// [`CheckpointError::Note`], [`CheckpointError::Text`], [`CheckpointError::Size`],
    /// [`CheckpointError::Origin`].
    pub fn parse(text: &str) -> Result<Self, CheckpointError> {
        if text.len() > MAX_NOTE {
            return Err(CheckpointError::Note);
        }
        let note = Note::from_bytes(text.as_bytes()).map_err(|_| CheckpointError::Note)?;
        if note.to_bytes() != text.as_bytes() {
            return Err(CheckpointError::Note);
        }
        let (body, lines) = text.rsplit_once("\n\n").ok_or(CheckpointError::Note)?;
        let checkpoint = Checkpoint::parse(&format!("{body}\n"))?;
        let signatures = lines
            .lines()
            .map(|line| Signature::from_bytes(line.as_bytes()))
            .collect::<Result<_, _>>()
            .map_err(|_| CheckpointError::Note)?;
        Ok(Self { checkpoint, signatures, text: text.to_owned() })
    }

    /// What is claimed, verified or not.
    pub fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// Number of entries claimed.
    pub fn size(&self) -> u64 {
        self.checkpoint.size
    }

    /// Root claimed.
    pub fn root(&self) -> Hash {
        self.checkpoint.root
    }

    /// The whole note, byte for byte.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text that is signed and cosigned: the note without its signatures.
    pub fn body(&self) -> String {
        self.checkpoint.to_string()
    }

    /// All signatures, verified or not.
    pub fn signatures(&self) -> &[Signature] {
        &self.signatures
    }

    /// The same note with `more` signatures after those it has; of one key only the newest is kept.
    ///
    /// # Errors
    /// [`CheckpointError::Note`] when the note would get too many signatures to be read.
    pub fn with_signatures(&self, more: &[Signature]) -> Result<Self, CheckpointError> {
        let mut all: Vec<Signature> = Vec::new();
        for signature in self.signatures.iter().chain(more) {
            all.retain(|old| old.name() != signature.name() || old.id() != signature.id());
            all.push(signature.clone());
        }
        let note = Note::new(self.body().as_bytes(), &all).map_err(|_| CheckpointError::Note)?;
        let text = String::from_utf8(note.to_bytes()).map_err(|_| CheckpointError::Note)?;
        Self::parse(&text)
    }

    /// The checkpoint, if one of `keys` of the log it names has signed it and no known key's signature is
    /// wrong.
    ///
    /// # Errors
    /// [`CheckpointError::UnknownLog`], [`CheckpointError::Unsigned`], [`CheckpointError::Signature`].
    pub fn verify(&self, keys: &[VerifierKey]) -> Result<&Checkpoint, CheckpointError> {
        let origin = self.checkpoint.origin();
        let mut known: Vec<&VerifierKey> = Vec::new();
        for key in keys.iter().filter(|key| key.name() == origin) {
            if !known.contains(&key) {
                known.push(key);
            }
        }
        if known.is_empty() {
            return Err(CheckpointError::UnknownLog(origin.to_owned()));
        }
        let mut verifiers: Vec<Box<dyn Verifier>> = Vec::new();
        for key in known {
            verifiers.push(Box::new(key.verifier().map_err(|_| CheckpointError::Origin)?));
        }
        let note = Note::new(self.body().as_bytes(), &self.signatures).map_err(|_| CheckpointError::Note)?;
        match note.verify(&VerifierList::new(verifiers)) {
            Ok(_) => Ok(&self.checkpoint),
            Err(NoteError::InvalidSignature { name, id }) => Err(CheckpointError::Signature { name, id }),
            Err(_) => Err(CheckpointError::Unsigned(origin.to_owned())),
        }
    }
}

impl fmt::Display for SignedCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests;
