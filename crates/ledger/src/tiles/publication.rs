//! One publication: entries go in, bundles and tiles are staged as they fill, and nothing gets its name
//! before the root over all of it is the signed one. The checkpoint comes last.

use tlog_tiles::{HASH_SIZE, Hash};

use super::address::{Shelf, Tile, WIDTH, hashes_at, levels, shelves};
use super::bundle::{append_entry, parse_bundle};
use super::disk::Disk;
use super::edge::{EdgeTiles, concat};
use super::error::PublishError;
use super::publisher::{Draft, Publisher};
use super::{CHECKPOINT, STAGING};
use crate::checkpoint::SignedCheckpoint;
use crate::tree::leaf_hash;

/// Bytes of drafts that are kept in memory before they are written.
const KEPT: usize = 8 << 20;

/// A publication in progress; see [`Publisher::begin`]. Dropped before [`Publication::finish`], it has
/// changed nothing that a reader sees.
pub struct Publication<'p, D: Disk> {
    publisher: &'p mut Publisher<D>,
    published: Option<SignedCheckpoint>,
    from: u64,
    size: u64,
    edge: EdgeTiles,
    bundle: Vec<u8>,
    drafts: Vec<Draft>,
    kept: usize,
    /// What has been staged: path in the staging directory, final path.
    files: Vec<(String, String)>,
}

impl<'p, D: Disk> Publication<'p, D> {
    pub(super) fn begin(publisher: &'p mut Publisher<D>, from: u64) -> Result<Self, PublishError> {
        let published = publisher.published()?;
        let size = published.as_ref().map_or(0, SignedCheckpoint::size);
        if from > size {
            return Err(PublishError::Gap { published: size, from });
        }
        let (edge, bundle) = Edges { publisher, published: size }.read(from)?;
        let begun = Self {
            publisher,
            published,
            from,
            size: from,
            edge,
            bundle,
            drafts: Vec::new(),
            kept: 0,
            files: Vec::new(),
        };
        begun.compare_with_published()?;
        Ok(begun)
    }

    /// Number of entries so far, with those published before.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The root over the entries so far.
    pub fn root(&self) -> Hash {
        self.edge.root()
    }

    /// Adds the next entry.
    ///
    /// # Errors
    /// [`PublishError`]; the publication cannot be finished then.
    pub fn push(&mut self, entry: &[u8]) -> Result<(), PublishError> {
        if !append_entry(&mut self.bundle, entry) {
            return Err(PublishError::EntryTooLong { index: self.size, length: entry.len() });
        }
        let (mut level, mut hash) = (0_u8, leaf_hash(entry));
        while let Some(full) = self.edge.push(usize::from(level), hash) {
            if level == 0 {
                let bundle = std::mem::take(&mut self.bundle);
                self.stage(Tile::full(Shelf::Entries, full.index), bundle)?;
            }
            self.stage(Tile::full(Shelf::Hashes(level), full.index), full.bytes)?;
            hash = full.root;
            level += 1;
        }
        self.size += 1;
        self.compare_with_published()
    }

    /// Writes what is left, gives everything its name, and replaces the checkpoint by `signed`.
    ///
    /// # Errors
    /// [`PublishError`]; ask [`PublishError::must_stop`].
    pub fn finish(mut self, signed: &SignedCheckpoint) -> Result<(), PublishError> {
        if signed.size() != self.size {
            return Err(PublishError::Size { signed: signed.size(), given: self.size });
        }
        if let Some(published) = &self.published {
            let (ours, theirs) = (published.checkpoint().origin(), signed.checkpoint().origin());
            if ours != theirs {
                return Err(PublishError::OtherLog {
                    published: ours.to_owned(),
                    offered: theirs.to_owned(),
                });
            }
            if published.size() > self.size {
                return Err(PublishError::Shrinks { published: published.size(), offered: self.size });
            }
        }
        let computed = self.edge.root();
        if computed != signed.root() {
            return Err(PublishError::Root { computed, signed: signed.root() });
        }
        self.stage_partial()?;
        self.write_drafts()?;
        self.publisher.place(&self.files)?;
        self.publisher.replace(CHECKPOINT, signed)
    }

    /// The partial tiles and the partial bundle, except those that the published checkpoint has already.
    fn stage_partial(&mut self) -> Result<(), PublishError> {
        let known = self.published.as_ref().map_or(0, SignedCheckpoint::size);
        for shelf in shelves(self.size) {
            let Some(tile) = Tile::partial_in_log(shelf, self.size) else { continue };
            if known == self.from && Tile::partial_in_log(shelf, self.from) == Some(tile) {
                continue;
            }
            let bytes = match shelf {
                Shelf::Entries => self.bundle.clone(),
                Shelf::Hashes(level) => {
                    self.edge.levels.get(usize::from(level)).map(|hashes| concat(hashes)).unwrap_or_default()
                }
            };
            self.stage(tile, bytes)?;
        }
        Ok(())
    }

    /// Takes a file in. Whatever lies after the published checkpoint is written again even if it is there:
    /// the system may show a file that never reached the disk.
    fn stage(&mut self, tile: Tile, bytes: Vec<u8>) -> Result<(), PublishError> {
        let path = tile.path();
        if self.publisher.read(&path)?.is_some_and(|there| there != bytes) {
            return Err(PublishError::Conflict { path });
        }
        let staged = format!("{STAGING}/{}", path.replace('/', "-"));
        self.kept += bytes.len();
        self.drafts.push(Draft { staged: staged.clone(), bytes, protect: tile.is_full() });
        self.files.push((staged, path));
        if self.kept >= KEPT { self.write_drafts() } else { Ok(()) }
    }

    fn write_drafts(&mut self) -> Result<(), PublishError> {
        let drafts = std::mem::take(&mut self.drafts);
        self.kept = 0;
        self.publisher.write(&drafts)
    }

    /// At the size of the published checkpoint the roots must agree.
    fn compare_with_published(&self) -> Result<(), PublishError> {
        let Some(published) = self.published.as_ref().filter(|published| published.size() == self.size)
        else {
            return Ok(());
        };
        let offered = self.edge.root();
        if offered == published.root() {
            return Ok(());
        }
        Err(PublishError::Forks { size: self.size, published: published.root(), offered })
    }
}

/// Reads the published files at their right edge.
struct Edges<'p, D> {
    publisher: &'p Publisher<D>,
    published: u64,
}

impl<D: Disk> Edges<'_, D> {
    /// The right edge of the tiles when there were `size` entries, and the entries of the bundle that was
    /// not full then.
    fn read(&self, size: u64) -> Result<(EdgeTiles, Vec<u8>), PublishError> {
        let mut edge = EdgeTiles::default();
        for level in levels(size) {
            let shelf = Shelf::Hashes(level);
            edge.full.push(hashes_at(shelf, size) / u64::from(WIDTH));
            edge.levels.push(match Tile::partial_in_log(shelf, size) {
                None => Vec::new(),
                Some(tile) => self.hashes(tile)?,
            });
        }
        let mut bundle = Vec::new();
        if let Some(tile) = Tile::partial_in_log(Shelf::Entries, size) {
            let (held, bytes) = self.any(tile)?;
            let damaged = |reason: String| PublishError::Damaged { path: held.path(), reason };
            let entries =
                parse_bundle(&bytes, usize::from(held.width)).map_err(|error| damaged(error.to_string()))?;
            let leaves = edge.levels.first().map(Vec::as_slice).unwrap_or_default();
            for (entry, leaf) in entries.iter().zip(leaves) {
                if leaf_hash(entry) != *leaf || !append_entry(&mut bundle, entry) {
                    return Err(damaged("an entry does not have the hash that its tile says".to_owned()));
                }
            }
        }
        Ok((edge, bundle))
    }

    fn hashes(&self, tile: Tile) -> Result<Vec<Hash>, PublishError> {
        let (held, bytes) = self.any(tile)?;
        let (hashes, _) = bytes.as_chunks::<HASH_SIZE>();
        let hashes: Vec<Hash> = hashes.iter().take(usize::from(tile.width)).map(|hash| Hash(*hash)).collect();
        if hashes.len() < usize::from(tile.width) {
            let reason = format!("{} bytes are too few", bytes.len());
            return Err(PublishError::Damaged { path: held.path(), reason });
        }
        Ok(hashes)
    }

    /// The partial file, or one of its wider forms that have replaced it.
    fn any(&self, tile: Tile) -> Result<(Tile, Vec<u8>), PublishError> {
        let now = Tile::in_log(tile.shelf, tile.index, self.published).unwrap_or(tile);
        for form in [tile, now, Tile::full(tile.shelf, tile.index)] {
            if let Some(bytes) = self.publisher.read(&form.path())? {
                return Ok((form, bytes));
            }
        }
        Err(PublishError::Damaged { path: tile.path(), reason: "the file is missing".to_owned() })
    }
}
