//! The part of an audit that runs on many threads: the 65,536 entries below one tile of level 1.

use tlog_tiles::Hash;

use super::finding::Finding;
use crate::entry::Entry;
use crate::read::{Fetch, ReadError, read_any, read_tile};
use crate::tiles::{MAX_BUNDLE, Shelf, Tile, WIDTH, hashes_at, parse_bundle, subtree};
use crate::tree::leaf_hash;

/// Entries below one tile of level 1.
pub(super) const SPAN: u64 = WIDTH as u64 * WIDTH as u64;

/// A hash in a tile that is not what the entries give.
pub(super) struct Mismatch {
    pub level: u8,
    /// Which hash of the level.
    pub index: u64,
    pub path: String,
    pub stored: Hash,
    pub computed: Hash,
    /// For a leaf, the bundle it came from.
    pub bundle: Option<String>,
    /// The hash by the entries over the whole tile, when it is full.
    pub above: Option<Hash>,
}

/// What is known of a unit after reading it.
#[derive(Default)]
pub(super) struct Unit {
    /// By the entries: the hash of the whole unit, when it is full.
    pub root: Option<Hash>,
    /// By the entries: the hashes of its full bundles, when it is not.
    pub bundles: Vec<Hash>,
    /// By the entries: the leaves after its last full bundle.
    pub leaves: Vec<Hash>,
    /// Whether neither the entries nor the tile of some bundle could be read.
    pub broken: bool,
    pub entries: u64,
    pub mismatches: Vec<Mismatch>,
    pub findings: Vec<Finding>,
    /// Findings and mismatches that were not kept.
    pub more: u64,
}

impl Unit {
    pub fn find(&mut self, finding: Finding, most: usize) {
        if self.findings.len() < most { self.findings.push(finding) } else { self.more += 1 }
    }

    fn mismatch(&mut self, mismatch: Mismatch, most: usize) {
        if self.mismatches.len() < most { self.mismatches.push(mismatch) } else { self.more += 1 }
    }
}

/// Reads unit number `number` of a log of `size` entries.
pub(super) fn read_unit<F: Fetch + ?Sized>(
    place: &F,
    number: u64,
    size: u64,
    strict: bool,
    most: usize,
) -> Unit {
    let mut unit = Unit::default();
    let width = u64::from(WIDTH);
    let end = ((number + 1) * SPAN).min(size);
    for bundle in number * width..end.div_ceil(width) {
        let Some(hashes) = read_bundle(place, &mut unit, bundle, size, strict, most) else {
            unit.broken = true;
            continue;
        };
        if hashes.len() == usize::from(WIDTH) {
            unit.bundles.push(subtree(&hashes));
        } else {
            unit.leaves = hashes;
        }
    }
    if unit.broken {
        return unit;
    }
    if let Some(tile) = Tile::in_log(Shelf::Hashes(1), number, size) {
        let computed = unit.bundles.clone();
        compare(place, &mut unit, tile, &computed, None, most);
    }
    if unit.bundles.len() == usize::from(WIDTH) {
        unit.root = Some(subtree(&unit.bundles));
        unit.bundles.clear();
    }
    unit
}

/// The leaf hashes of a bundle, by its entries; by its tile when the bundle cannot be read.
fn read_bundle<F: Fetch + ?Sized>(
    place: &F,
    unit: &mut Unit,
    index: u64,
    size: u64,
    strict: bool,
    most: usize,
) -> Option<Vec<Hash>> {
    let bundle = Tile::in_log(Shelf::Entries, index, size)?;
    let tile = Tile { shelf: Shelf::Hashes(0), ..bundle };
    let first = index * u64::from(WIDTH);
    let (path, bytes, held) = match read_any(place, bundle, MAX_BUNDLE) {
        Ok(read) => read,
        Err(error) => {
            unit.find(unreadable(error, bundle, size), most);
            return read_tile(place, tile).ok();
        }
    };
    let entries = match parse_bundle(&bytes, usize::from(held)) {
        Ok(entries) => entries,
        Err(error) => {
            unit.find(Finding::Damaged { path, reason: error.to_string() }, most);
            return read_tile(place, tile).ok();
        }
    };
    let mut hashes = Vec::with_capacity(usize::from(WIDTH));
    for (entry, number) in entries.into_iter().take(usize::from(bundle.width)).zip(first..) {
        hashes.push(leaf_hash(entry));
        unit.entries += 1;
        if strict && let Err(error) = Entry::parse(entry) {
            unit.find(Finding::NotAnEntry { index: number, path: path.clone(), error }, most);
        }
    }
    compare(place, unit, tile, &hashes, Some(&path), most);
    Some(hashes)
}

/// Compares a stored tile with the hashes that the entries give.
pub(super) fn compare<F: Fetch + ?Sized>(
    place: &F,
    unit: &mut Unit,
    tile: Tile,
    computed: &[Hash],
    bundle: Option<&str>,
    most: usize,
) {
    let stored = match read_tile(place, tile) {
        Ok(stored) => stored,
        Err(error) => return unit.find(unreadable(error, tile, u64::MAX), most),
    };
    let Shelf::Hashes(level) = tile.shelf else { return };
    let first = tile.index * u64::from(WIDTH);
    if stored == computed {
        return;
    }
    let above = (tile.is_full() && computed.len() == usize::from(WIDTH)).then(|| subtree(computed));
    for ((stored, computed), index) in stored.iter().zip(computed).zip(first..) {
        if stored != computed {
            let mismatch = Mismatch {
                level,
                index,
                path: tile.path(),
                stored: *stored,
                computed: *computed,
                bundle: bundle.map(str::to_owned),
                above,
            };
            unit.mismatch(mismatch, most);
        }
    }
}

/// The finding for a file that could not be read.
fn unreadable(error: ReadError, tile: Tile, size: u64) -> Finding {
    match error {
        ReadError::Missing { path } => {
            let level = match tile.shelf {
                Shelf::Entries => 0,
                Shelf::Hashes(level) => level,
            };
            let each = 1_u64 << (8 * u32::from(level));
            let first = tile.index * u64::from(WIDTH) * each;
            let last = (first + u64::from(tile.width) * each).min(size) - 1;
            Finding::Missing { path, first, last }
        }
        ReadError::Fetch(error) => Finding::Unreadable { path: error.path, reason: error.reason },
        ReadError::Length { path, found, expected } => {
            Finding::Damaged { path, reason: format!("{found} bytes instead of {expected}") }
        }
        other => Finding::Unreadable { path: tile.path(), reason: other.to_string() },
    }
}

/// Number of units of a log.
pub(super) fn units(size: u64) -> u64 {
    hashes_at(Shelf::Entries, size).div_ceil(SPAN)
}
