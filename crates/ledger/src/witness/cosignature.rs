//! Cosignatures with Ed25519 and a time (c2sp.org/tlog-cosignature, `cosignature/v1`).

use std::fmt;
use std::str::FromStr;

use ed25519_dalek::{Signature as Ed25519Signature, Signer as _, SigningKey, VerifyingKey};
use signed_note::Signature;

use crate::checkpoint::SignedCheckpoint;
use crate::key::{KeyError, is_name, parse_vkey, vkey_text};

/// The algorithm byte of a timestamped Ed25519 cosignature.
const COSIGNATURE: u8 = 4;

/// What is signed: a label, the time, and the checkpoint's text.
fn message(time: u64, body: &str) -> String {
    format!("cosignature/v1\ntime {time}\n{body}")
}

/// The public key of a witness, as a vkey of type 4.
#[derive(Clone, PartialEq, Eq)]
pub struct CosignerKey {
    name: String,
    id: u32,
    key: VerifyingKey,
}

impl CosignerKey {
    /// The name of the witness.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first four bytes of the hash of name and key, as in signature lines.
    pub fn id(&self) -> u32 {
        self.id
    }

    /// Whether `signature` claims to be by this key.
    pub fn claims(&self, signature: &Signature) -> bool {
        signature.name() == self.name && signature.id() == self.id
    }

    /// When the witness saw the checkpoint, in seconds since 1970, if `signature` is its valid
    /// cosignature of it.
    pub fn verify(&self, signature: &Signature, checkpoint: &SignedCheckpoint) -> Option<u64> {
        if !self.claims(signature) {
            return None;
        }
        let (time, bytes) = signature.signature().split_first_chunk::<8>()?;
        let time = u64::from_be_bytes(*time);
        // The specification's bound; it keeps times usable as signed numbers.
        i64::try_from(time).ok()?;
        let signature = Ed25519Signature::from_slice(bytes).ok()?;
        let message = message(time, &checkpoint.body());
        self.key.verify_strict(message.as_bytes(), &signature).ok().map(|()| time)
    }

    /// Whether two keys are the same point, whatever their names.
    pub(super) fn same_key(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl fmt::Display for CosignerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&vkey_text(&self.name, COSIGNATURE, &self.key))
    }
}

impl fmt::Debug for CosignerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for CosignerKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let (name, id, key) = parse_vkey(text, COSIGNATURE)?;
        Ok(Self { name, id, key })
    }
}

/// The secret key of a witness.
#[derive(Clone)]
pub struct Cosigner {
    key: SigningKey,
    public: CosignerKey,
}

impl Cosigner {
    /// The key of the witness `name` made from 32 random bytes.
    ///
    /// # Errors
    /// [`KeyError::Name`].
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<Self, KeyError> {
        if !is_name(name) {
            return Err(KeyError::Name);
        }
        let key = SigningKey::from_bytes(seed);
        let public = vkey_text(name, COSIGNATURE, &key.verifying_key()).parse()?;
        Ok(Self { key, public })
    }

    /// The public half.
    pub fn key(&self) -> &CosignerKey {
        &self.public
    }

    /// Says that `checkpoint` was seen, and was consistent with all before it, at `time` (seconds since
    /// 1970). Whoever calls this has to have checked that.
    ///
    /// # Errors
    /// [`KeyError::Signature`] for a time beyond 2^63 - 1.
    pub fn cosign(&self, checkpoint: &SignedCheckpoint, time: u64) -> Result<Signature, KeyError> {
        i64::try_from(time).map_err(|_| KeyError::Signature)?;
        let signed = self.key.sign(message(time, &checkpoint.body()).as_bytes());
        let mut bytes = time.to_be_bytes().to_vec();
        bytes.extend_from_slice(&signed.to_bytes());
        Signature::new(self.public.name.clone(), self.public.id, bytes).map_err(|_| KeyError::Signature)
    }
}

impl fmt::Debug for Cosigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cosigner({}, secret not shown)", self.public)
    }
}
