//! Who signs the ends of the logs.

use std::{
    collections::HashMap,
    fmt,
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use domain::{clock::Clock, ids::TenantId};
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use ledger::{Checkpoint, Edge, SignedCheckpoint, Signer, VerifierKey};
use sha2::Sha256;

use super::head::{Head, numbers_fit};
use crate::error::{ErrorKind, Result, StoreError};

/// Why nothing may be signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What happened and what to do, for the operator.
    pub reason: String,
}

/// Fills bytes with fresh randomness.
pub type Random = Box<dyn Fn(&mut [u8]) + Send + Sync>;

/// Holds the key with which the ends of the logs are signed, and the right to sign. Shared by all transactions of a
/// [`crate::Db`].
pub struct Sealer {
    seed: [u8; 32],
    base: String,
    clock: Arc<dyn Clock>,
    random: Random,
    signers: Mutex<HashMap<String, Arc<Signer>>>,
    refusal: OnceLock<Refusal>,
    lost_disk: AtomicBool,
    /// The newest checkpoint of each log that is known to be signed with this key, and the time of its last entry in
    /// microseconds, as it is stored.
    known: Mutex<HashMap<String, (String, i64)>>,
    digested: Mutex<HashMap<TenantId, Timestamp>>,
}

/// HMAC-SHA256 over the parts, each preceded by its length.
fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    // A key shorter than a block is filled up with zeros, as RFC 2104 says.
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    let mut mac = Hmac::<Sha256>::new(&block.into());
    for part in parts {
        mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sealer")
            .field("base", &self.base)
            .field("refusal", &self.refusal)
            .finish_non_exhaustive()
    }
}

impl Sealer {
    /// A sealer with the Ed25519 key of this `seed`. The log of a tenant is called `{base}/log/{number of the tenant}`.
    pub fn new(seed: [u8; 32], base: impl Into<String>, clock: Arc<dyn Clock>, random: Random) -> Sealer {
        let base = base.into();
        Sealer {
            seed,
            base,
            clock,
            random,
            signers: Mutex::default(),
            refusal: OnceLock::new(),
            lost_disk: AtomicBool::new(false),
            known: Mutex::default(),
            digested: Mutex::default(),
        }
    }

    /// Forbids signing from now on: the state of the log is in doubt. Only the first reason is kept; a restart is needed.
    pub fn refuse(&self, reason: impl Into<String>) {
        let refusal = Refusal { reason: reason.into() };
        tracing::error!(reason = refusal.reason, "the log is not signed any more");
        // A second doubt adds nothing to the first.
        let _ = self.refusal.set(refusal);
    }

    /// The same for a program that only reads: it checks with the key and signs nothing.
    #[must_use]
    pub fn for_reading(self) -> Sealer {
        let reason = "this command only reads and signs nothing".to_owned();
        Sealer { refusal: OnceLock::from(Refusal { reason }), ..self }
    }

    /// Forbids signing, and taking in what could wait for it: nobody knows what the disk keeps. A restart is needed.
    pub(crate) fn lose_disk(&self) {
        self.lost_disk.store(true, Ordering::Relaxed);
        self.refuse("the disk failed to keep the database; look at the disk, then start the server again");
    }

    /// Whether nothing may be acknowledged any more, not even what waits for its entry.
    pub(crate) fn has_lost_disk(&self) -> bool {
        self.lost_disk.load(Ordering::Relaxed)
    }

    /// Why nothing may be signed, if so.
    pub fn refusal(&self) -> Option<&Refusal> {
        self.refusal.get()
    }

    /// The key with which checkpoints of the log called `origin` are checked.
    ///
    /// # Errors
    /// [`ErrorKind::Other`] when `origin` cannot be the name of a key.
    pub fn verifier(&self, origin: &str) -> Result<VerifierKey> {
        Ok(self.signer(origin)?.verifier_key().clone())
    }

    /// The same as text.
    ///
    /// # Errors
    /// As [`Sealer::verifier`].
    pub fn vkey(&self, origin: &str) -> Result<String> {
        Ok(self.verifier(origin)?.to_string())
    }

    /// Whether this key has signed `note`.
    pub fn is_by_us(&self, note: &SignedCheckpoint) -> bool {
        self.verifier(note.checkpoint().origin()).is_ok_and(|key| note.verify(&[key]).is_ok())
    }

    /// The name of a new log.
    pub fn origin(&self, tenant: TenantId) -> String {
        format!("{}/log/{}", self.base, tenant.0)
    }

    /// The name of log number `generation` of a tenant, from 1: the first has none behind its tenant.
    pub fn origin_of(&self, tenant: TenantId, generation: i64) -> String {
        let first = self.origin(tenant);
        if generation <= 1 { first } else { format!("{first}/{generation}") }
    }

    /// Until when the readings of a tenant are in digests, as far as this process knows.
    pub(crate) fn digested(&self, tenant: TenantId) -> Option<Timestamp> {
        self.digested.lock().unwrap_or_else(PoisonError::into_inner).get(&tenant).copied()
    }

    /// Remembers it.
    pub(crate) fn note_digested(&self, tenant: TenantId, until: Timestamp) {
        self.digested.lock().unwrap_or_else(PoisonError::into_inner).insert(tenant, until);
    }

    pub(crate) fn allowed(&self) -> Result<()> {
        match self.refusal() {
            None => Ok(()),
            Some(refusal) => Err(StoreError::new(ErrorKind::Refused, refusal.reason.clone())),
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn salt(&self) -> [u8; 32] {
        let mut salt = [0; 32];
        (self.random)(&mut salt);
        salt
    }

    /// What proves that a program with this key lets a row wait: HMAC-SHA256 over all that is kept of it.
    pub(super) fn tag(&self, at: Timestamp, covers: &str, subject: &[u8], payload: &[u8]) -> [u8; 32] {
        let key = mac(&self.seed, &[b"hadir-waiting-key/v1"]);
        mac(&key, &[&at.as_microsecond().to_be_bytes(), covers.as_bytes(), subject, payload])
    }

    /// Whether an end of a log is one that this key has signed: only such an end is gone on from. Otherwise whoever can write
    /// into the database would get another history signed.
    pub(super) fn has_signed(&self, tenant: TenantId, head: &Head) -> bool {
        if !numbers_fit(tenant, &head.origin, head.generation, head.first) {
            return false;
        }
        let Ok(note) = SignedCheckpoint::parse(&head.checkpoint) else { return false };
        let end = note.checkpoint();
        if (end.origin(), end.size(), end.root())
            != (head.origin.as_str(), head.edge.size(), head.edge.root())
        {
            return false;
        }
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((checkpoint, at)) = known.get(&head.origin)
            && *checkpoint == head.checkpoint
        {
            // No signature is about the time, but it goes on from there.
            return *at == head.at.as_microsecond();
        }
        let key = self.signer(&head.origin).map(|signer| signer.verifier_key().clone());
        let is_ours = key.is_ok_and(|key| note.verify(&[key]).is_ok());
        if is_ours {
            known.insert(head.origin.clone(), (head.checkpoint.clone(), head.at.as_microsecond()));
        }
        is_ours
    }

    /// The signed checkpoint of a log that ends so, with its last entry at this time.
    pub(crate) fn sign(&self, origin: &str, edge: &Edge, at: Timestamp) -> Result<String> {
        let failed =
            |error: &dyn fmt::Display| StoreError::new(ErrorKind::Other, format!("{origin}: {error}"));
        let checkpoint = Checkpoint::new(origin, edge.size(), edge.root()).map_err(|e| failed(&e))?;
        let signed = self.signer(origin)?.sign(&checkpoint).map_err(|e| failed(&e))?.text().to_owned();
        self.known
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(origin.to_owned(), (signed.clone(), at.as_microsecond()));
        Ok(signed)
    }

    fn signer(&self, origin: &str) -> Result<Arc<Signer>> {
        let mut signers = self.signers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(signer) = signers.get(origin) {
            return Ok(Arc::clone(signer));
        }
        let signer = Signer::from_seed(origin, &self.seed)
            .map_err(|error| StoreError::new(ErrorKind::Other, format!("{origin}: {error}")))?;
        let signer = Arc::new(signer);
        signers.insert(origin.to_owned(), Arc::clone(&signer));
        Ok(signer)
    }
}
