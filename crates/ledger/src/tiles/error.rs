//! What can keep a log from being published, and whether the server may go on signing.

use std::io;

use thiserror::Error;
use tlog_tiles::Hash;

use crate::checkpoint::CheckpointError;

/// A step after whose failure nobody knows what is on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Making a file's content durable.
    Sync,
    /// Giving a file its name.
    Rename,
    /// Making the names in a directory durable.
    SyncDirectory,
}

/// Why a publication failed.
#[derive(Debug, Error)]
pub enum PublishError {
    /// The file system failed at a step that must not be repeated: Linux may report success the second
    /// time although the data never reached the disk. Only a restart, which writes everything after the
    /// last published checkpoint anew, may go on.
    #[error("{path}: {step:?} failed ({source}); the log must not be signed any further until a restart")]
    Stop {
        /// Which step.
        step: Step,
        /// At which file or directory.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// An earlier publication by this publisher ended with [`PublishError::Stop`].
    #[error("publishing stopped after an earlier failure of the disk; restart the server")]
    Stopped,
    /// A file could not be written, for example because the disk is full. Nothing was published; the
    /// same may be tried again.
    #[error("{path}: cannot be written: {source}")]
    Write {
        /// Which file or directory.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// A published file could not be read.
    #[error("{path}: cannot be read: {source}")]
    Read {
        /// Which file.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// A published file is missing or not what it should be. Publishing from 0 finds out whether the rest
    /// agrees.
    #[error("{path}: {reason}")]
    Damaged {
        /// Which file.
        path: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A published file holds something else than what should be published under its name.
    #[error("{path}: already published with other content; the log has been changed since")]
    Conflict {
        /// Which file.
        path: String,
    },
    /// The published checkpoint cannot be read.
    #[error("the published checkpoint: {0}")]
    Checkpoint(#[from] CheckpointError),
    /// The published checkpoint is of another log.
    #[error("the directory belongs to the log `{published}`, not to `{offered}`")]
    OtherLog {
        /// Origin of the published checkpoint.
        published: String,
        /// Origin of the one to be published.
        offered: String,
    },
    /// More is published than is offered: the database was set back.
    #[error("{published} entries are published already, only {offered} are offered")]
    Shrinks {
        /// Size of the published checkpoint.
        published: u64,
        /// Size of the one to be published.
        offered: u64,
    },
    /// The first entries offered do not give the published root.
    #[error("the published root of the first {size} entries is {published}, those offered give {offered}")]
    Forks {
        /// Size of the published checkpoint.
        size: u64,
        /// Its root.
        published: Hash,
        /// The root of as many entries of those offered.
        offered: Hash,
    },
    /// Entries between the published ones and those offered are missing.
    #[error("{published} entries are published, but those offered begin at {from}")]
    Gap {
        /// Size of the published checkpoint.
        published: u64,
        /// Index of the first entry offered.
        from: u64,
    },
    /// The checkpoint is for another number of entries than were given.
    #[error("the checkpoint is for {signed} entries, but {given} were given")]
    Size {
        /// Size of the checkpoint.
        signed: u64,
        /// Entries given, with those published.
        given: u64,
    },
    /// The root over what would be published is not the signed one.
    #[error("the entries give the root {computed}, but {signed} was signed")]
    Root {
        /// Root over the tiles.
        computed: Hash,
        /// Root of the checkpoint.
        signed: Hash,
    },
    /// An entry does not fit into a bundle.
    #[error("entry {index} has {length} bytes, more than the {} a bundle can hold", super::MAX_ENTRY)]
    EntryTooLong {
        /// Its index.
        index: u64,
        /// Its length in bytes.
        length: usize,
    },
}

impl PublishError {
    /// Whether the server must stop signing this log: always, except when a file just could not be
    /// written or read yet.
    pub fn must_stop(&self) -> bool {
        !matches!(self, Self::Write { .. } | Self::Read { .. })
    }
}
