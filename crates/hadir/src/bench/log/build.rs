//! A log of invented entries, published as the server publishes.

use std::path::Path;

use jiff::Timestamp;
use ledger::{
    Checkpoint, Edge, Entry, EntryKind, Signer, commitment, leaf_hash,
    tiles::{Directory, Publisher},
};

use crate::cli::BenchLogArgs;

/// When the first entry was made, in microseconds since 1970; the next follow each a millisecond later.
const FIRST: i64 = 1_784_000_000_000_000;

/// Writes the log into `folder`, durably.
///
/// # Errors
/// When the folder cannot be written.
pub fn publish(folder: &Path, signer: &Signer, args: &BenchLogArgs) -> anyhow::Result<()> {
    let count = u64::from(args.entries);
    let mut edge = Edge::new();
    for index in 0..count {
        edge.append(leaf_hash(&entry(args.seed, index)?))?;
    }
    let signed = signer.sign(&Checkpoint::new(signer.origin(), edge.size(), edge.root())?)?;
    let mut publisher = Publisher::new(Directory::open(folder)?);
    let mut publication = publisher.begin(0)?;
    for index in 0..count {
        publication.push(&entry(args.seed, index)?)?;
    }
    publication.finish(&signed)?;
    Ok(())
}

/// The entry at `index`: always the same for the same seed.
///
/// # Errors
/// When the index is beyond what a time can express.
pub fn entry(seed: u64, index: u64) -> anyhow::Result<Vec<u8>> {
    let at = Timestamp::from_microsecond(FIRST + i64::try_from(index)? * 1_000)?;
    let mut salt = [0; 32];
    salt[..8].copy_from_slice(&index.to_be_bytes());
    salt[8..16].copy_from_slice(&seed.to_be_bytes());
    Ok(Entry::new(EntryKind::Punch, at, commitment(&salt, b"invented")).to_bytes())
}
