//! What several tests need: a log of invented entries, and a disk in memory.

pub mod memory;

use std::path::Path;

use ledger::tiles::{Directory, Publisher};
use ledger::{
    Checkpoint, Edge, Entry, EntryKind, SignedCheckpoint, Signer, VerifierKey, commitment, leaf_hash,
};

/// A realistic origin: host and regency.
pub const ORIGIN: &str = "hadir.kab-contoh.go.id/absensi";

pub fn signer() -> Signer {
    Signer::from_seed(ORIGIN, &[42; 32]).unwrap()
}

pub fn keys() -> Vec<VerifierKey> {
    vec![signer().verifier_key().clone()]
}

/// Entry number `n` of history `story`; two histories have no entry in common.
pub fn entry(story: u8, n: u64) -> Vec<u8> {
    let at = jiff::Timestamp::from_microsecond(1_784_000_000_000_000 + i64::try_from(n).unwrap() * 250_000);
    let mut salt = [story; 32];
    salt[..8].copy_from_slice(&n.to_be_bytes());
    let kind = EntryKind::ALL[usize::try_from(n).unwrap() % EntryKind::ALL.len()];
    let entry = Entry::new(kind, at.unwrap(), commitment(&salt, b"invented"));
    if n % 7 == 3 { entry.about(n / 2).to_bytes() } else { entry.to_bytes() }
}

pub fn entries(count: u64) -> Vec<Vec<u8>> {
    (0..count).map(|n| entry(0, n)).collect()
}

/// The checkpoint over `entries`, signed by `signer`.
pub fn signed_by(signer: &Signer, entries: &[Vec<u8>]) -> SignedCheckpoint {
    let mut edge = Edge::new();
    for entry in entries {
        edge.append(leaf_hash(entry)).unwrap();
    }
    signer.sign(&Checkpoint::new(signer.origin(), edge.size(), edge.root()).unwrap()).unwrap()
}

pub fn signed(entries: &[Vec<u8>]) -> SignedCheckpoint {
    signed_by(&signer(), entries)
}

/// Publishes `entries` into a new log at `root`.
pub fn write_log(root: &Path, entries: &[Vec<u8>]) -> SignedCheckpoint {
    let signed = signed(entries);
    Publisher::new(Directory::open(root).unwrap()).publish(0, entries, &signed).unwrap();
    signed
}

/// Replaces a file of a published log, also a read-only one.
pub fn replace(root: &Path, path: &str, bytes: &[u8]) {
    let path = root.join(path);
    if path.exists() {
        std::fs::remove_file(&path).unwrap();
    }
    std::fs::write(path, bytes).unwrap();
}
