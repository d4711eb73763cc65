//! A log whose files are checked as they are read.
//!
//! The right-hand tiles of all levels together must give the signed root; every full tile must have the
//! root that the tile above it says. We check this ourselves: `TileHashReader` of `tlog_tiles` 0.2.0 (and
//! of Go's x/mod, from which it was ported) leaves some full tiles unchecked when several hashes of the
//! root come from one tile, as at 5,120 entries.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use tlog_tiles::{HASH_SIZE, Hash, HashReader, prove_record, prove_tree, split_stored_hash_index, tree_hash};

use super::error::ReadError;
use super::fetch::Fetch;
use super::tile_tree::TileTree;
use crate::checkpoint::{Checkpoint, CheckpointError, SignedCheckpoint};
use crate::tiles::{CHECKPOINT, COSIGNED, EdgeTiles, MAX_BUNDLE, Shelf, Tile, WIDTH, parse_bundle};
use crate::tree::leaf_hash;

/// Full tiles that are kept in memory: 16 kB each.
const KEPT: usize = 2048;
/// Longest checkpoint file that is read, in bytes.
const MAX_CHECKPOINT: usize = 64 * 1024;

/// The checkpoint that is published at a place; verify it before use.
///
/// # Errors
/// [`ReadError::Fetch`], [`ReadError::Missing`], [`ReadError::Checkpoint`].
pub fn published<F: Fetch + ?Sized>(place: &F) -> Result<SignedCheckpoint, ReadError> {
    let missing = || ReadError::Missing { path: CHECKPOINT.to_owned() };
    let bytes = place.fetch(CHECKPOINT, MAX_CHECKPOINT)?.ok_or_else(missing)?;
    let text = String::from_utf8(bytes).map_err(|_| CheckpointError::Note)?;
    Ok(SignedCheckpoint::parse(&text)?)
}

/// The newest checkpoint at a place that enough witnesses had cosigned when it was published, if there is one;
/// verify it before use.
///
/// # Errors
/// [`ReadError::Fetch`], [`ReadError::Checkpoint`].
pub fn cosigned<F: Fetch + ?Sized>(place: &F) -> Result<Option<SignedCheckpoint>, ReadError> {
    let Some(bytes) = place.fetch(COSIGNED, MAX_CHECKPOINT)? else { return Ok(None) };
    let text = String::from_utf8(bytes).map_err(|_| CheckpointError::Note)?;
    Ok(Some(SignedCheckpoint::parse(&text)?))
}

type Hashes = Arc<TileTree>;

/// A log at one verified checkpoint. What it gives has been checked against the root.
pub struct Log<F> {
    place: F,
    checkpoint: Checkpoint,
    /// The partial tiles of all levels.
    edge: Vec<Hashes>,
    full: Mutex<HashMap<(u8, u64), Hashes>>,
}

impl<F: Fetch> Log<F> {
    /// Opens the log at `place` as of `checkpoint`, which the caller has verified, and checks its edge.
    ///
    /// # Errors
    /// [`ReadError`]; [`ReadError::Edge`] when the files are not those of the checkpoint.
    pub fn open(place: F, checkpoint: &Checkpoint) -> Result<Self, ReadError> {
        let size = checkpoint.size();
        let mut edge = EdgeTiles::default();
        let mut paths = Vec::new();
        for level in 0..8 {
            let shelf = Shelf::Hashes(level);
            edge.levels.push(match Tile::partial_in_log(shelf, size) {
                None => Vec::new(),
                Some(tile) => {
                    paths.push(tile.path());
                    read_tile(&place, tile)?
                }
            });
        }
        let found = edge.root();
        if found != checkpoint.root() {
            return Err(ReadError::Edge { paths, expected: checkpoint.root(), found });
        }
        let edge = edge.levels.into_iter().map(|hashes| Arc::new(TileTree::over(hashes))).collect();
        Ok(Self { place, checkpoint: checkpoint.clone(), edge, full: Mutex::default() })
    }

    /// The checkpoint as of which the log is read.
    pub fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// The leaf hash of the entry at `index`.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn leaf(&self, index: u64) -> Result<Hash, ReadError> {
        self.hash(0, index)
    }

    /// The entry at `index`.
    ///
    /// # Errors
    /// [`ReadError`]; [`ReadError::Entry`] when it is not the entry of the log.
    pub fn entry(&self, index: u64) -> Result<Vec<u8>, ReadError> {
        let first = index - index % u64::from(WIDTH);
        let position = usize::try_from(index - first).unwrap_or_default();
        let beyond = ReadError::Beyond { index, size: self.checkpoint.size() };
        self.bundle(first / u64::from(WIDTH), position..position + 1)?.pop().ok_or(beyond)
    }

    /// The entries of bundle number `number` (256 each, the last one fewer) at these positions in it.
    ///
    /// # Errors
    /// [`ReadError`]; [`ReadError::Entry`] when one is not the entry of the log.
    pub fn bundle(&self, number: u64, positions: Range<usize>) -> Result<Vec<Vec<u8>>, ReadError> {
        let (size, first) = (self.checkpoint.size(), number * u64::from(WIDTH));
        let tile =
            Tile::in_log(Shelf::Entries, number, size).ok_or(ReadError::Beyond { index: first, size })?;
        let (path, bytes, held) = read_any(&self.place, tile, MAX_BUNDLE)?;
        let entries = parse_bundle(&bytes, usize::from(held))
            .map_err(|error| ReadError::Bundle { path: path.clone(), error })?;
        let wanted = positions.start..positions.end.min(usize::from(tile.width));
        let mut read = Vec::with_capacity(wanted.len());
        for (entry, index) in
            entries.get(wanted.clone()).unwrap_or_default().iter().zip(first + wanted.start as u64..)
        {
            let (expected, found) = (self.leaf(index)?, leaf_hash(entry));
            if found != expected {
                return Err(ReadError::Entry { index, path, expected, found });
            }
            read.push(entry.to_vec());
        }
        Ok(read)
    }

    /// The proof that the entry at `index` is in the log: hashes from the leaf's sibling up
    /// (RFC 6962, section 2.1.1).
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn prove_inclusion(&self, index: u64) -> Result<Vec<Hash>, ReadError> {
        self.prove_inclusion_at(self.checkpoint.size(), index)
    }

    /// As [`Log::prove_inclusion`], for the log as it was when it had `size` entries.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn prove_inclusion_at(&self, size: u64, index: u64) -> Result<Vec<Hash>, ReadError> {
        if index >= size || size > self.checkpoint.size() {
            return Err(ReadError::Beyond { index, size });
        }
        self.with_reader(|reader| prove_record(size, index, reader))
    }

    /// The proof that the log of `old_size` entries is the beginning of this one (RFC 6962, section
    /// 2.1.2). Empty for the empty log and for the same size.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn prove_consistency(&self, old_size: u64) -> Result<Vec<Hash>, ReadError> {
        let size = self.checkpoint.size();
        if old_size > size {
            return Err(ReadError::Beyond { index: old_size, size });
        }
        if old_size == 0 {
            return Ok(Vec::new());
        }
        self.with_reader(|reader| prove_tree(size, old_size, reader))
    }

    /// The root this log had when it had `old_size` entries.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn root_at(&self, old_size: u64) -> Result<Hash, ReadError> {
        let size = self.checkpoint.size();
        if old_size > size {
            return Err(ReadError::Beyond { index: old_size, size });
        }
        self.with_reader(|reader| tree_hash(old_size, reader))
    }

    /// Hash number `index` of a tile level.
    pub(crate) fn hash(&self, level: u8, index: u64) -> Result<Hash, ReadError> {
        let tile = index / u64::from(WIDTH);
        let beyond = || ReadError::Beyond { index, size: self.checkpoint.size() };
        self.tile(level, tile)?.node(0, index % u64::from(WIDTH)).ok_or_else(beyond)
    }

    /// The checked hashes of a tile.
    fn tile(&self, level: u8, index: u64) -> Result<Hashes, ReadError> {
        let beyond = || ReadError::Beyond { index, size: self.checkpoint.size() };
        let tile = Tile::in_log(Shelf::Hashes(level), index, self.checkpoint.size()).ok_or_else(beyond)?;
        if !tile.is_full() {
            return self.edge.get(usize::from(level)).map(Arc::clone).ok_or_else(beyond);
        }
        if let Some(known) = self.kept().get(&(level, index)) {
            return Ok(Arc::clone(known));
        }
        let expected = self.hash(level + 1, index)?;
        let tree = TileTree::over(read_tile(&self.place, tile)?);
        let found = tree.root().ok_or_else(beyond)?;
        if found != expected {
            return Err(ReadError::Altered { path: tile.path(), expected, found });
        }
        let tree = Arc::new(tree);
        let mut kept = self.kept();
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert((level, index), Arc::clone(&tree));
        Ok(tree)
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, HashMap<(u8, u64), Hashes>> {
        self.full.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs an algorithm of `tlog_tiles` over the checked hashes.
    fn with_reader<T>(
        &self,
        work: impl FnOnce(&Reader<'_, F>) -> Result<T, tlog_tiles::Error>,
    ) -> Result<T, ReadError> {
        let reader = Reader { log: self, error: RefCell::new(None) };
        work(&reader).map_err(|_| {
            let size = self.checkpoint.size();
            reader.error.into_inner().unwrap_or(ReadError::Beyond { index: size, size })
        })
    }
}

/// Keeps our error while `tlog_tiles` passes on one of its own.
struct Reader<'l, F> {
    log: &'l Log<F>,
    error: RefCell<Option<ReadError>>,
}

impl<F: Fetch> HashReader for Reader<'_, F> {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, tlog_tiles::Error> {
        let read = |&stored: &u64| {
            // A hash of height h is the root over 2^(h mod 8) hashes of the tile level h / 8.
            let (height, number) = split_stored_hash_index(stored);
            let (level, within) = (height / 8, height % 8);
            let first = number << within;
            let size = self.log.checkpoint.size();
            let tree = self.log.tile(level, first / u64::from(WIDTH))?;
            let node = tree.node(within, (first % u64::from(WIDTH)) >> within);
            node.ok_or(ReadError::Beyond { index: first, size })
        };
        indexes.iter().map(read).collect::<Result<_, ReadError>>().map_err(|error| {
            *self.error.borrow_mut() = Some(error);
            tlog_tiles::Error::IndexesNotInTree
        })
    }
}

/// The hashes of a tile as they are in the file, unchecked.
pub(crate) fn read_tile<F: Fetch + ?Sized>(place: &F, tile: Tile) -> Result<Vec<Hash>, ReadError> {
    let (path, bytes, held) = read_any(place, tile, usize::from(WIDTH) * HASH_SIZE)?;
    let expected = usize::from(held) * HASH_SIZE;
    if bytes.len() != expected {
        return Err(ReadError::Length { path, found: bytes.len(), expected });
    }
    let (hashes, _) = bytes.as_chunks::<HASH_SIZE>();
    Ok(hashes.iter().take(usize::from(tile.width)).map(|hash| Hash(*hash)).collect())
}

/// Path, content and width of the partial file, or of the full one that has replaced it.
pub(crate) fn read_any<F: Fetch + ?Sized>(
    place: &F,
    tile: Tile,
    limit: usize,
) -> Result<(String, Vec<u8>, u16), ReadError> {
    let path = tile.path();
    if let Some(bytes) = place.fetch(&path, limit)? {
        return Ok((path, bytes, tile.width));
    }
    if !tile.is_full()
        && let Some(bytes) = place.fetch(&tile.full_path(), limit)?
    {
        return Ok((tile.full_path(), bytes, WIDTH));
    }
    Err(ReadError::Missing { path })
}
