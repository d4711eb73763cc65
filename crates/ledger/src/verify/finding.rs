//! What an audit finds, with the evidence.

use thiserror::Error;
use tlog_tiles::Hash;

use crate::checkpoint::CheckpointError;
use crate::entry::EntryError;

/// One thing that is wrong with a log.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum Finding {
    /// The checkpoint is missing, malformed, or not signed by a known key; or it was altered.
    #[error("checkpoint: {0}")]
    Checkpoint(CheckpointError),
    /// There is no checkpoint.
    #[error("checkpoint: the file is missing")]
    NoCheckpoint,
    /// A file cannot be read.
    #[error("{path}: {reason}")]
    Unreadable {
        /// Which file.
        path: String,
        /// What went wrong.
        reason: String,
    },
    /// A file is missing that the signed size implies.
    #[error("{path}: the file is missing; it holds what the log says about entries {first} to {last}")]
    Missing {
        /// Which file.
        path: String,
        /// First entry concerned.
        first: u64,
        /// Last entry concerned.
        last: u64,
    },
    /// A bundle or tile has another length than its content.
    #[error("{path}: damaged: {reason}")]
    Damaged {
        /// Which file.
        path: String,
        /// What is wrong.
        reason: String,
    },
    /// An entry is not the one that was signed.
    #[error(
        "entry {index} in {path} was altered: signed was the leaf hash {signed}, it now hashes to {found}"
    )]
    EntryAltered {
        /// Its index.
        index: u64,
        /// The bundle.
        path: String,
        /// The leaf hash under the signed root.
        signed: Hash,
        /// The hash of the entry found.
        found: Hash,
    },
    /// The entries under a hash of a higher level are not those that were signed, together with their tile.
    #[error(
        "entries {first} to {last} were altered: {path} has the signed hash {signed} for them, they now give {found}"
    )]
    EntriesAltered {
        /// First entry concerned.
        first: u64,
        /// Last entry concerned.
        last: u64,
        /// The tile whose hash shows it.
        path: String,
        /// The hash under the signed root.
        signed: Hash,
        /// The hash of the entries found.
        found: Hash,
    },
    /// A tile is not the one that was signed; the entries are.
    #[error("{path} was altered: hash {position} is {found}, the entries give {expected}")]
    TileAltered {
        /// Which tile.
        path: String,
        /// Which of its hashes, from 0.
        position: u64,
        /// The hash by the entries.
        expected: Hash,
        /// The hash found.
        found: Hash,
    },
    /// A tile and the entries below it disagree, and neither leads to the signed root.
    #[error(
        "{path}: hash {position} is {in_tile}, the entries give {by_entries}; neither leads to the signed root"
    )]
    Disagree {
        /// Which tile.
        path: String,
        /// Which of its hashes, from 0.
        position: u64,
        /// The hash found.
        in_tile: Hash,
        /// The hash by the entries.
        by_entries: Hash,
    },
    /// The entries do not give the signed root.
    #[error("the {size} entries give the root {computed}, signed was {signed}")]
    Root {
        /// Number of entries.
        size: u64,
        /// The signed root.
        signed: Hash,
        /// The root over the entries found.
        computed: Hash,
    },
    /// An entry is as it was signed, but is no entry that our server writes.
    #[error("entry {index} in {path} is signed, but is not in the form of an entry: {error}")]
    NotAnEntry {
        /// Its index.
        index: u64,
        /// The bundle.
        path: String,
        /// What is wrong.
        error: EntryError,
    },
}
