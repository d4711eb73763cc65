//! Where the published log of a tenant lies.

use std::path::{Path, PathBuf};

use domain::ids::TenantId;
use ledger::{high_water::HighWater, read::DirectoryFetch};

/// The files of one tenant's log in the ledger folder. A log that was given up is followed by the next *generation*, in a
/// folder of its own inside the first one, as its name is a continuation of the first one's.
#[derive(Debug, Clone)]
pub struct LogFiles {
    first: PathBuf,
    generation: i64,
    root: PathBuf,
    mark: PathBuf,
    days: PathBuf,
    compared: PathBuf,
}

impl LogFiles {
    /// In `folder`: a directory named by the number of the tenant, and beside it the high-water mark. The newest generation
    /// that was ever published there.
    pub fn of(folder: &Path, tenant: TenantId) -> LogFiles {
        let mut newest = LogFiles::numbered(folder.join(tenant.0.to_string()), 1);
        loop {
            let next = newest.generation(newest.generation + 1);
            if !next.mark.exists() {
                return newest;
            }
            newest = next;
        }
    }

    fn numbered(first: PathBuf, generation: i64) -> LogFiles {
        let mut beside = first.clone().into_os_string();
        let root = if generation <= 1 {
            first.clone()
        } else {
            beside.push(format!(".{generation}"));
            first.join(generation.to_string())
        };
        let named = |ending: &str| {
            let mut name = beside.clone();
            name.push(ending);
            PathBuf::from(name)
        };
        let (mark, days, compared) = (named(".high-water"), named(".daily"), named(".compared"));
        LogFiles { first, generation, root, mark, days, compared }
    }

    /// The files of another generation of the same log, from 1.
    #[must_use]
    pub fn generation(&self, generation: i64) -> LogFiles {
        LogFiles::numbered(self.first.clone(), generation)
    }

    /// Which generation these are.
    pub fn number(&self) -> i64 {
        self.generation
    }

    /// The directory in the form of c2sp.org/tlog-tiles.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The greatest checkpoint that was ever published.
    pub fn high_water(&self) -> HighWater {
        HighWater::at(&self.mark)
    }

    /// The file of the greatest checkpoint that was ever published.
    pub fn mark(&self) -> &Path {
        &self.mark
    }

    /// Where the opening of an entry is kept that says what befell the log itself.
    pub fn event(&self, index: u64) -> PathBuf {
        self.root.join(format!("event-{index}"))
    }

    /// The directory with the end of the log that was kept for each day, a file a day.
    pub fn days(&self) -> &Path {
        &self.days
    }

    /// What the last comparison of the database with the log found.
    pub fn compared(&self) -> &Path {
        &self.compared
    }

    /// For reading; nothing that it gives is trusted before it is compared with a checkpoint.
    pub fn fetch(&self) -> DirectoryFetch {
        DirectoryFetch::new(&self.root)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_generation_is_the_one_with_a_mark() {
        let folder = tempfile::tempdir().unwrap();
        let files = || LogFiles::of(folder.path(), TenantId(1));
        assert_eq!((files().number(), files().root()), (1, folder.path().join("1").as_path()));
        std::fs::create_dir_all(files().generation(2).root()).unwrap();
        assert_eq!(files().number(), 1, "a folder alone is no log");
        std::fs::write(folder.path().join("1.2.high-water"), "").unwrap();
        let newest = files();
        assert_eq!((newest.number(), newest.root()), (2, folder.path().join("1/2").as_path()));
    }
}
