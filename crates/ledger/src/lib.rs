//! The transparency log: what was recorded cannot be changed later without somebody outside noticing.
//!
//! Everything here is pure or plain files: no database, no network, no clock. Time and randomness are
//! parameters. The formats are those of C2SP, so that programs we did not write can check us:
//!
//! | module | what | specification |
//! |---|---|---|
//! | [`entry`] | one recorded fact, as a salted commitment | ours |
//! | [`key`] | keys that sign and verify checkpoints | c2sp.org/signed-note |
//! | [`checkpoint`] | the signed size and root of a log | c2sp.org/tlog-checkpoint |
//! | [`tree`] | the growing edge of the Merkle tree | RFC 6962, section 2.1 |
#![forbid(unsafe_code)]

pub mod checkpoint;
pub mod entry;
pub mod key;
pub mod tree;

pub use checkpoint::{Checkpoint, CheckpointError, SignedCheckpoint};
pub use entry::{Commitment, Entry, EntryError, EntryKind, commitment};
pub use key::{KeyError, Signer, VerifierKey};
pub use tlog_tiles::Hash;
pub use tree::{Edge, EdgeError, leaf_hash};
