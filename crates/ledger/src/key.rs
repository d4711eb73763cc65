//! Keys of the log. The public half is written as in c2sp.org/signed-note, `<name>+<id>+<key>` (a *vkey*), whose name is the
//! log's origin. The secret half is a seed of 32 bytes, kept by whoever runs the log; it is never written here.

use std::fmt;
use std::str::FromStr;

use base64::prelude::{BASE64_STANDARD, Engine};
use ed25519_dalek::{SigningKey, VerifyingKey};
use signed_note::{Note, Signer as _, StandardSigner, StandardVerifier, is_key_name_valid, key_id};
use thiserror::Error;

use crate::checkpoint::{Checkpoint, SignedCheckpoint};

/// The algorithm byte of an Ed25519 note signature.
const ED25519: u8 = 1;
/// Longest name of a key we make or read, in bytes.
const MAX_NAME: usize = 200;

/// Why a key could not be made, read or used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum KeyError {
    /// The name is empty, longer than 200 bytes, or has a space, a control character or a plus.
    #[error("the name of a key has no spaces, no `+`, and 1 to 200 bytes")]
    Name,
    /// The text is not a key.
    #[error("this is not a key: expected `name+id+key`")]
    Format,
    /// The id does not belong to name and key.
    #[error("the id of the key does not belong to its name and value")]
    Id,
    /// The key is of another algorithm than expected here.
    #[error("the key is of an algorithm that is not used here")]
    Algorithm,
    /// Anybody could sign for such a public key.
    #[error("the public key is one of the few that prove nothing")]
    Weak,
    /// The checkpoint is of another log than the key.
    #[error("the checkpoint names another log than this key")]
    Origin,
    /// The signature could not be made.
    #[error("the checkpoint could not be signed")]
    Signature,
}

/// Whether `name` may name a key, and so be the origin of a log.
pub(crate) fn is_name(name: &str) -> bool {
    is_key_name_valid(name) && name.len() <= MAX_NAME && !name.chars().any(char::is_control)
}

/// `<name>+<id>+<key>` of a public key under an algorithm byte.
pub(crate) fn vkey_text(name: &str, algorithm: u8, key: &VerifyingKey) -> String {
    let mut bytes = vec![algorithm];
    bytes.extend_from_slice(key.as_bytes());
    format!("{name}+{:08x}+{}", key_id(name, &bytes), BASE64_STANDARD.encode(&bytes))
}

/// Name, id and key of a vkey whose algorithm byte must be `algorithm`.
pub(crate) fn parse_vkey(text: &str, algorithm: u8) -> Result<(String, u32, VerifyingKey), KeyError> {
    let mut parts = text.splitn(3, '+');
    let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(KeyError::Format);
    };
    if !is_name(name) {
        return Err(KeyError::Name);
    }
    let bytes = BASE64_STANDARD.decode(key).map_err(|_| KeyError::Format)?;
    let (&found, key) = bytes.split_first().ok_or(KeyError::Format)?;
    let expected = key_id(name, &bytes);
    if format!("{expected:08x}") != id {
        return Err(KeyError::Id);
    }
    if found != algorithm {
        return Err(KeyError::Algorithm);
    }
    let key: &[u8; 32] = key.try_into().map_err(|_| KeyError::Format)?;
    let key = VerifyingKey::from_bytes(key).map_err(|_| KeyError::Format)?;
    if key.is_weak() {
        return Err(KeyError::Weak);
    }
    Ok((name.to_owned(), expected, key))
}

/// A public key that a log signs its checkpoints with.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    id: u32,
    key: VerifyingKey,
}

impl VerifierKey {
    /// The origin of the log.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first four bytes of the hash of name and key, as in signature lines.
    pub fn id(&self) -> u32 {
        self.id
    }

    /// Whether two keys are the same point, whatever their names.
    pub(crate) fn same_key(&self, other: &Self) -> bool {
        self.key == other.key
    }

    /// What [`signed_note`] verifies with.
    pub(crate) fn verifier(&self) -> Result<StandardVerifier, KeyError> {
        StandardVerifier::new(&self.to_string()).map_err(|_| KeyError::Format)
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&vkey_text(&self.name, ED25519, &self.key))
    }
}

impl fmt::Debug for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for VerifierKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let (name, id, key) = parse_vkey(text, ED25519)?;
        Ok(Self { name, id, key })
    }
}

/// The secret key of a log. Whoever has it can sign in the log's name.
#[derive(Clone)]
pub struct Signer {
    standard: StandardSigner,
    public: VerifierKey,
}

impl Signer {
    /// The key of the log `origin` made from 32 random bytes.
    ///
    /// # Errors
    /// [`KeyError::Name`].
    pub fn from_seed(origin: &str, seed: &[u8; 32]) -> Result<Self, KeyError> {
        if !is_name(origin) {
            return Err(KeyError::Name);
        }
        let key = SigningKey::from_bytes(seed).verifying_key();
        let public: VerifierKey = vkey_text(origin, ED25519, &key).parse()?;
        let mut secret = vec![ED25519];
        secret.extend_from_slice(seed);
        let text = format!("PRIVATE+KEY+{origin}+{:08x}+{}", public.id, BASE64_STANDARD.encode(secret));
        let standard = StandardSigner::new(&text).map_err(|_| KeyError::Format)?;
        Ok(Self { standard, public })
    }

    /// The origin of the log.
    pub fn origin(&self) -> &str {
        self.standard.name()
    }

    /// The public half.
    pub fn verifier_key(&self) -> &VerifierKey {
        &self.public
    }

    /// Signs `checkpoint` as a note with one signature. The same checkpoint gives the same bytes.
    ///
    /// # Errors
    /// [`KeyError::Origin`] for a checkpoint of another log, [`KeyError::Signature`].
    pub fn sign(&self, checkpoint: &Checkpoint) -> Result<SignedCheckpoint, KeyError> {
        if checkpoint.origin() != self.origin() {
            return Err(KeyError::Origin);
        }
        let mut note = Note::new(checkpoint.to_string().as_bytes(), &[]).map_err(|_| KeyError::Signature)?;
        note.add_sigs(&[&self.standard]).map_err(|_| KeyError::Signature)?;
        let text = String::from_utf8(note.to_bytes()).map_err(|_| KeyError::Signature)?;
        SignedCheckpoint::parse(&text).map_err(|_| KeyError::Signature)
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({}, secret not shown)", self.public)
    }
}

#[cfg(test)]
mod tests;
