//! The full audit: every entry is hashed, every tile compared, the root compared with the signed one.
//!
//! Memory is bounded: each thread holds one bundle and one tile at a time, the rest is 32 bytes for each
//! 65,536 entries.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use tlog_tiles::Hash;

use super::finding::Finding;
use super::unit::{Mismatch, Unit, compare, read_unit, units};
use crate::checkpoint::{Checkpoint, SignedCheckpoint};
use crate::key::VerifierKey;
use crate::read::{Fetch, Log, ReadError, published};
use crate::tiles::{EdgeTiles, Shelf, Tile, WIDTH, levels, subtree};

/// How to audit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditOptions {
    /// Threads that read and hash; for a log at an address more than there are processors help.
    pub threads: usize,
    /// Findings that are kept in full; the rest is only counted.
    pub most_findings: usize,
    /// Whether entries must be in the form of [`crate::Entry`]; off for logs of other programs.
    pub entries_are_ours: bool,
}

impl Default for AuditOptions {
    fn default() -> Self {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        Self { threads, most_findings: 100, entries_are_ours: true }
    }
}

/// The outcome of an audit.
#[derive(Debug, Clone, PartialEq)]
pub struct Audit {
    /// The checkpoint found, verified unless the findings say otherwise.
    pub checkpoint: Option<SignedCheckpoint>,
    /// Entries that were hashed.
    pub entries: u64,
    /// What is wrong, in the order of the log.
    pub findings: Vec<Finding>,
    /// Further findings that were not kept.
    pub more: u64,
}

impl Audit {
    /// Whether everything is as it was signed.
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty() && self.more == 0
    }
}

/// Audits the log at `place`, which must be signed by one of `keys`.
pub fn audit<F: Fetch + ?Sized>(place: &F, keys: &[VerifierKey], options: &AuditOptions) -> Audit {
    let none = |finding| Audit { checkpoint: None, entries: 0, findings: vec![finding], more: 0 };
    let signed = match published(place) {
        Ok(signed) => signed,
        Err(ReadError::Missing { .. }) => return none(Finding::NoCheckpoint),
        Err(ReadError::Checkpoint(error)) => return none(Finding::Checkpoint(error)),
        Err(ReadError::Fetch(error)) => {
            return none(Finding::Unreadable { path: error.path, reason: error.reason });
        }
        Err(other) => {
            return none(Finding::Unreadable { path: "checkpoint".to_owned(), reason: other.to_string() });
        }
    };
    if let Err(error) = signed.verify(keys) {
        return Audit { checkpoint: Some(signed), ..none(Finding::Checkpoint(error)) };
    }
    let mut all = read_units(place, signed.size(), options);
    judge(place, signed.checkpoint(), &mut all, options);
    Audit { checkpoint: Some(signed), entries: all.entries, findings: all.findings, more: all.more }
}

/// Reads all units with several threads, in the order of the log in the end.
fn read_units<F: Fetch + ?Sized>(place: &F, size: u64, options: &AuditOptions) -> Whole {
    let count = units(size);
    let (next, done) = (AtomicU64::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        let threads = usize::try_from(count).unwrap_or(usize::MAX).min(options.threads).max(1);
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= count {
                        return;
                    }
                    let unit =
                        read_unit(place, number, size, options.entries_are_ours, options.most_findings);
                    done.lock().unwrap_or_else(PoisonError::into_inner).push((number, unit));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(number, _)| *number);
    let mut whole = Whole::default();
    for (_, unit) in done {
        whole.add(unit, options.most_findings);
    }
    whole
}

/// All units together.
#[derive(Default)]
struct Whole {
    /// By the entries: the hashes of the full units, and what is after them.
    units: Vec<Hash>,
    bundles: Vec<Hash>,
    leaves: Vec<Hash>,
    broken: bool,
    entries: u64,
    mismatches: Vec<Mismatch>,
    findings: Vec<Finding>,
    more: u64,
}

impl Whole {
    fn add(&mut self, unit: Unit, most: usize) {
        self.units.extend(unit.root);
        if unit.root.is_none() {
            self.bundles = unit.bundles;
            self.leaves = unit.leaves;
        }
        self.broken |= unit.broken;
        self.entries += unit.entries;
        self.more += unit.more;
        let room = most.saturating_sub(self.mismatches.len());
        self.more += unit.mismatches.len().saturating_sub(room) as u64;
        self.mismatches.extend(unit.mismatches.into_iter().take(room));
        let room = most.saturating_sub(self.findings.len());
        self.more += unit.findings.len().saturating_sub(room) as u64;
        self.findings.extend(unit.findings.into_iter().take(room));
    }
}

/// Finds out whether the entries are those that were signed, and which side of each mismatch was altered.
fn judge<F: Fetch + ?Sized>(place: &F, checkpoint: &Checkpoint, whole: &mut Whole, options: &AuditOptions) {
    let agrees = !whole.broken && agrees(place, checkpoint, whole, options);
    // The tiles themselves can say what was signed, as far as they lead to the signed root.
    let signed = if agrees { None } else { Log::open(place, checkpoint).ok() };
    for mismatch in std::mem::take(&mut whole.mismatches) {
        let finding = attribute(&mismatch, agrees, signed.as_ref());
        whole.findings.push(finding);
    }
}

/// Compares the tiles above level 1, then the root over the entries with the signed one.
fn agrees<F: Fetch + ?Sized>(
    place: &F,
    checkpoint: &Checkpoint,
    whole: &mut Whole,
    options: &AuditOptions,
) -> bool {
    let size = checkpoint.size();
    let mut edge = EdgeTiles::default();
    edge.levels.push(std::mem::take(&mut whole.leaves));
    edge.levels.push(std::mem::take(&mut whole.bundles));
    let mut hashes = std::mem::take(&mut whole.units);
    for level in levels(size).skip(2) {
        let mut upper = Unit::default();
        for (part, index) in hashes.chunks(usize::from(WIDTH)).zip(0..) {
            if let Some(tile) = Tile::in_log(Shelf::Hashes(level), index, size) {
                compare(place, &mut upper, tile, part, None, options.most_findings);
            }
        }
        let (full, rest) = hashes.split_at(hashes.len() - hashes.len() % usize::from(WIDTH));
        let above = full.chunks(usize::from(WIDTH)).map(subtree).collect();
        edge.levels.push(rest.to_vec());
        hashes = above;
        whole.add(Unit { root: None, ..upper }, options.most_findings);
    }
    let computed = edge.root();
    if computed != checkpoint.root() {
        whole.findings.push(Finding::Root { size, signed: checkpoint.root(), computed });
    }
    computed == checkpoint.root()
}

fn attribute<F: Fetch>(mismatch: &Mismatch, agrees: bool, signed: Option<&Log<F>>) -> Finding {
    let Mismatch { level, index, path, stored, computed, bundle, above } = mismatch;
    let width = u64::from(WIDTH);
    let position = index % width;
    let altered_tile =
        || Finding::TileAltered { path: path.clone(), position, expected: *computed, found: *stored };
    if agrees {
        return altered_tile();
    }
    let Some(log) = signed else {
        return Finding::Disagree { path: path.clone(), position, in_tile: *stored, by_entries: *computed };
    };
    match (log.hash(*level, *index), bundle) {
        (Ok(hash), _) if hash == *computed => altered_tile(),
        (Ok(hash), Some(bundle)) => {
            Finding::EntryAltered { index: *index, path: bundle.clone(), signed: hash, found: *computed }
        }
        (Ok(hash), None) => {
            let each = 1_u64 << (8 * u32::from(*level));
            let (first, last) = (index * each, (index + 1) * each - 1);
            Finding::EntriesAltered { first, last, path: path.clone(), signed: hash, found: *computed }
        }
        (Err(_), _) if above.is_some_and(|above| log.hash(level + 1, index / width) == Ok(above)) => {
            altered_tile()
        }
        (Err(_), _) => {
            Finding::Disagree { path: path.clone(), position, in_tile: *stored, by_entries: *computed }
        }
    }
}
