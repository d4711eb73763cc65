//! Where the files of a log come from.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use thiserror::Error;

/// Why a file could not be had, though it may exist.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{path}: {reason}")]
pub struct FetchError {
    /// Which file, relative to the log.
    pub path: String,
    /// What went wrong.
    pub reason: String,
}

/// A place with the files of a log.
pub trait Fetch: Sync {
    /// The content of the file at `path` (`checkpoint`, `tile/0/000`), `None` when there is no such file.
    ///
    /// # Errors
    /// The place cannot be read, or the file is longer than `limit` bytes.
    fn fetch(&self, path: &str, limit: usize) -> Result<Option<Vec<u8>>, FetchError>;
}

impl<F: Fetch + ?Sized> Fetch for &F {
    fn fetch(&self, path: &str, limit: usize) -> Result<Option<Vec<u8>>, FetchError> {
        (**self).fetch(path, limit)
    }
}

/// The files of a log in a directory, only read.
#[derive(Debug, Clone)]
pub struct DirectoryFetch {
    root: PathBuf,
}

impl DirectoryFetch {
    /// The log in the directory `root`.
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }
}

impl Fetch for DirectoryFetch {
    fn fetch(&self, path: &str, limit: usize) -> Result<Option<Vec<u8>>, FetchError> {
        let error = |reason: String| FetchError { path: path.to_owned(), reason };
        let file = match File::open(self.root.join(path)) {
            Ok(file) => file,
            Err(source) if source.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(error(source.to_string())),
        };
        let mut bytes = Vec::new();
        let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
        file.take(most).read_to_end(&mut bytes).map_err(|source| error(source.to_string()))?;
        if bytes.len() > limit {
            return Err(error(format!("longer than the {limit} bytes it may have")));
        }
        Ok(Some(bytes))
    }
}
