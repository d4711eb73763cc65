//! The high-water mark: the greatest checkpoint that ever left the server, kept in a file outside the
//! database. A database that was restored to an older state is behind it, and must not sign: it would
//! give the same numbers to other entries, and the log would fork.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use thiserror::Error;
use tlog_tiles::Hash;

use crate::checkpoint::{Checkpoint, CheckpointError, SignedCheckpoint};

/// The first line of the file.
const HEADER: &str = "hadir-high-water/v1\n";

/// Why the mark cannot be read or raised.
#[derive(Debug, Error)]
pub enum HighWaterError {
    /// The file cannot be read.
    #[error("{path}: {source}")]
    Read {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The new mark could not be written; the old one stands, and writing may be tried again.
    #[error("{path}: {source}")]
    Write {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file could not be written durably. Nothing may be published or signed on.
    #[error(
        "{path}: the high-water mark could not be made durable ({source}); the log must not be signed further"
    )]
    Stop {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file is not a high-water mark.
    #[error("{path}: not a high-water mark")]
    Malformed {
        /// Which file.
        path: PathBuf,
    },
    /// The checkpoint in the file cannot be read.
    #[error("{path}: {error}")]
    Checkpoint {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        error: CheckpointError,
    },
    /// The mark stands higher, at another root, or belongs to another log.
    #[error("the high-water mark stands at {} entries of `{}`, and cannot be set to {} of `{}`",
        mark.size(), mark.checkpoint().origin(), offered.size(), offered.checkpoint().origin())]
    NotHigher {
        /// What the file holds.
        mark: Box<SignedCheckpoint>,
        /// What it should have been set to.
        offered: Box<SignedCheckpoint>,
    },
}

/// The file with the mark of one log.
#[derive(Debug, Clone)]
pub struct HighWater {
    path: PathBuf,
}

impl HighWater {
    /// The mark in the file at `path`, which need not exist yet; its directory must.
    pub fn at(path: &Path) -> Self {
        Self { path: path.to_owned() }
    }

    /// The greatest checkpoint that was published; `None` before the first. Its signature is not checked.
    ///
    /// # Errors
    /// [`HighWaterError::Read`], [`HighWaterError::Malformed`], [`HighWaterError::Checkpoint`]. A damaged
    /// file is not the same as none: somebody has to look.
    pub fn read(&self) -> Result<Option<SignedCheckpoint>, HighWaterError> {
        let path = self.path.clone();
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(source) if source.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(HighWaterError::Read { path, source }),
        };
        let text = String::from_utf8(bytes).ok();
        let Some(note) = text.as_deref().and_then(|text| text.strip_prefix(HEADER)) else {
            return Err(HighWaterError::Malformed { path });
        };
        SignedCheckpoint::parse(note).map(Some).map_err(|error| HighWaterError::Checkpoint { path, error })
    }

    /// Whether there is a file, readable or not.
    pub fn is_there(&self) -> bool {
        self.path.exists()
    }

    /// Puts a file that cannot be read aside as evidence, beside its place with `.damaged` at the end.
    ///
    /// # Errors
    /// As the system says.
    pub fn set_aside(&self) -> io::Result<()> {
        let mut aside = self.path.clone().into_os_string();
        aside.push(".damaged");
        fs::rename(&self.path, aside)
    }

    /// Raises the mark to `offered`; durable when it returns. To be called before `offered` is published.
    /// Witnesses may have been shown an end before: they keep a memory of their own.
    ///
    /// # Errors
    /// [`HighWaterError::NotHigher`], [`HighWaterError::Write`], [`HighWaterError::Stop`], and those of [`HighWater::read`].
    pub fn raise(&self, offered: &SignedCheckpoint) -> Result<(), HighWaterError> {
        if let Some(mark) = self.read()? {
            let other = mark.checkpoint().origin() != offered.checkpoint().origin()
                || mark.size() > offered.size()
                || mark.size() == offered.size() && mark.root() != offered.root();
            if other {
                return Err(HighWaterError::NotHigher {
                    mark: Box::new(mark),
                    offered: Box::new(offered.clone()),
                });
            }
        }
        let path = || self.path.clone();
        let mut name = path().into_os_string();
        name.push(".new");
        let fresh = PathBuf::from(name);
        // Until it is flushed, the mark stands as it was: a disk that was full may be tried again.
        let file =
            prepare(&fresh, offered).map_err(|source| HighWaterError::Write { path: path(), source })?;
        self.replace(&file, &fresh).map_err(|source| HighWaterError::Stop { path: path(), source })
    }

    fn replace(&self, file: &File, fresh: &Path) -> io::Result<()> {
        file.sync_all()?;
        fs::rename(fresh, &self.path)?;
        let parent = self.path.parent().filter(|parent| !parent.as_os_str().is_empty());
        File::open(parent.unwrap_or(Path::new(".")))?.sync_all()
    }
}

/// Writes the mark beside the old one, not yet flushed.
fn prepare(fresh: &Path, mark: &SignedCheckpoint) -> io::Result<File> {
    let mut file = File::create(fresh)?;
    file.write_all(HEADER.as_bytes())?;
    file.write_all(mark.text().as_bytes())?;
    Ok(file)
}

/// How the log in the database stands to the mark.
#[derive(Debug, Clone, PartialEq)]
pub enum Standing {
    /// It goes on from the mark, or there is none yet.
    Good,
    /// The database has fewer entries than were published: it was restored to an older state.
    Behind {
        /// What was published.
        mark: SignedCheckpoint,
        /// Entries in the database.
        size: u64,
    },
    /// The database has other entries than were published.
    Forked {
        /// What was published.
        mark: SignedCheckpoint,
        /// The root of as many entries of the database.
        root: Hash,
    },
    /// The mark is of another log.
    OtherLog {
        /// What was published.
        mark: SignedCheckpoint,
    },
}

/// Compares the log in the database, at `head`, with the mark. `root_at` gives the root of the database's
/// first entries, as many as asked for; it is asked only for sizes below that of `head`.
///
/// # Errors
/// Those of `root_at`.
pub fn compare<E>(
    mark: Option<&SignedCheckpoint>,
    head: &Checkpoint,
    root_at: impl FnOnce(u64) -> Result<Hash, E>,
) -> Result<Standing, E> {
    let Some(mark) = mark else { return Ok(Standing::Good) };
    if mark.checkpoint().origin() != head.origin() {
        return Ok(Standing::OtherLog { mark: mark.clone() });
    }
    if head.size() < mark.size() {
        return Ok(Standing::Behind { mark: mark.clone(), size: head.size() });
    }
    let root = if head.size() == mark.size() { head.root() } else { root_at(mark.size())? };
    if root == mark.root() { Ok(Standing::Good) } else { Ok(Standing::Forked { mark: mark.clone(), root }) }
}
