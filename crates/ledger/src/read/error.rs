//! What can be wrong with the files of a log when something is read from them.

use thiserror::Error;
use tlog_tiles::Hash;

use super::fetch::FetchError;
use crate::checkpoint::CheckpointError;
use crate::tiles::BundleError;

/// Why something of a log could not be read.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum ReadError {
    /// The place cannot be read.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// A file that the checkpoint implies is not there.
    #[error("{path} is missing")]
    Missing {
        /// Which file.
        path: String,
    },
    /// A tile has another length than its hashes.
    #[error("{path} has {found} bytes instead of {expected}")]
    Length {
        /// Which file.
        path: String,
        /// Its length in bytes.
        found: usize,
        /// The length it should have.
        expected: usize,
    },
    /// A full tile does not have the root that the tile above says.
    #[error("{path} was altered: its hashes give {found}, the log has {expected}")]
    Altered {
        /// Which file.
        path: String,
        /// The root of the tile in the log.
        expected: Hash,
        /// The root of its content.
        found: Hash,
    },
    /// The tiles at the right edge do not give the signed root.
    #[error("the tiles at the end of the log ({}) give the root {found}, signed was {expected}", paths.join(", "))]
    Edge {
        /// The partial tiles of all levels.
        paths: Vec<String>,
        /// The signed root.
        expected: Hash,
        /// The root they give.
        found: Hash,
    },
    /// A bundle of entries is not whole.
    #[error("{path}: {error}")]
    Bundle {
        /// Which file.
        path: String,
        /// What is wrong.
        error: BundleError,
    },
    /// An entry does not have the hash that the log has for it.
    #[error("entry {index} in {path} was altered: it hashes to {found}, the log has {expected}")]
    Entry {
        /// Its index.
        index: u64,
        /// The bundle.
        path: String,
        /// The leaf hash in the log.
        expected: Hash,
        /// The leaf hash of the entry found.
        found: Hash,
    },
    /// The index is not in the log.
    #[error("the log has {size} entries, number {index} is not among them")]
    Beyond {
        /// The index asked for.
        index: u64,
        /// Number of entries.
        size: u64,
    },
    /// The checkpoint is not one.
    #[error("checkpoint: {0}")]
    Checkpoint(#[from] CheckpointError),
}
