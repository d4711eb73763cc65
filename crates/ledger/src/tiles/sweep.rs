//! Removes partial tiles and bundles once their full form is published (allowed by c2sp.org/tlog-tiles,
//! "Partial Tiles").

use super::address::{Shelf, Tile, levels};
use super::disk::Disk;
use super::error::PublishError;
use super::publisher::Publisher;
use crate::checkpoint::SignedCheckpoint;

impl<D: Disk> Publisher<D> {
    /// Removes the partial forms of every tile and bundle that is full in the published checkpoint, and
    /// gives the number of files removed. Best called some time after a publication, since somebody may
    /// still be reading by the checkpoint before. What is interrupted is done by the next call.
    ///
    /// # Errors
    /// [`PublishError::Write`]: nothing is lost, only not yet removed; [`PublishError::Read`],
    /// [`PublishError::Checkpoint`].
    pub fn sweep(&mut self) -> Result<u64, PublishError> {
        let size = self.published()?.as_ref().map_or(0, SignedCheckpoint::size);
        let mut removed = 0;
        let shelves = levels(size).map(|level| (Shelf::Hashes(level), format!("tile/{level}")));
        for (shelf, path) in std::iter::once((Shelf::Entries, "tile/entries".to_owned())).chain(shelves) {
            removed += self.sweep_directory(shelf, &path, 0, size)?;
        }
        Ok(removed)
    }

    fn sweep_directory(
        &mut self,
        shelf: Shelf,
        path: &str,
        before: u64,
        size: u64,
    ) -> Result<u64, PublishError> {
        let mut removed = 0;
        for name in self.list(path)? {
            let inner = format!("{path}/{name}");
            let number = |digits: &str| digits.parse::<u64>().ok().map(|number| before * 1000 + number);
            if let Some(number) = name.strip_prefix('x').and_then(number) {
                removed += self.sweep_directory(shelf, &inner, number, size)?;
            } else if let Some(index) = name.strip_suffix(".p").and_then(number)
                && Tile::in_log(shelf, index, size).is_some_and(|tile| tile.is_full())
            {
                let write = |source| PublishError::Write { path: inner.clone(), source };
                for file in self.list(&inner)? {
                    self.disk.remove_file(&format!("{inner}/{file}")).map_err(write)?;
                    removed += 1;
                }
                self.disk.remove_directory(&inner).map_err(write)?;
                self.forget(&inner);
            }
        }
        Ok(removed)
    }

    fn list(&self, path: &str) -> Result<Vec<String>, PublishError> {
        self.disk.list(path).map_err(|source| PublishError::Read { path: path.to_owned(), source })
    }
}
