//! The transparency log: what was recorded cannot be changed later without somebody outside noticing.
//!
//! Everything here is pure or plain files: no database, no network, no clock. Time and randomness are
//! parameters. The formats are those of C2SP, so that programs we did not write can check us:
//!
//! | module | what | specification |
//! |---|---|---|
//! | [`entry`] | one recorded fact, as a salted commitment | ours |
//! | [`opening`] | what an entry commits to, for those who may see it | ours |
//! | [`key`] | keys that sign and verify checkpoints | c2sp.org/signed-note |
//! | [`checkpoint`] | the signed size and root of a log | c2sp.org/tlog-checkpoint |
//! | [`tree`] | the growing edge of the Merkle tree | RFC 6962, section 2.1 |
//! | [`tiles`] | the published files, written so that no crash harms them | c2sp.org/tlog-tiles |
//! | [`read`] | entries and proofs out of files that are not trusted | c2sp.org/tlog-tiles, RFC 6962 |
//! | [`receipt`] | proof that one entry is in the log, verified offline | c2sp.org/tlog-proof |
//! | [`verify`] | the audit of a whole log, and of its growth | |
//! | [`witness`] | cosignatures by others, and how many must be there | c2sp.org/tlog-cosignature, tlog-witness, tlog-policy |
//! | [`high_water`] | what was published once, kept outside the database | |
#![forbid(unsafe_code)]

pub mod checkpoint;
pub mod entry;
pub mod high_water;
pub mod key;
pub mod opening;
pub mod read;
pub mod receipt;
pub mod tiles;
pub mod tree;
pub mod verify;
pub mod witness;

pub use checkpoint::{Checkpoint, CheckpointError, SignedCheckpoint};
pub use entry::{Commitment, Entry, EntryError, EntryKind, commitment};
pub use key::{KeyError, Signer, VerifierKey};
pub use opening::{Opening, OpeningError};
pub use receipt::{Receipt, ReceiptError};
pub use tlog_tiles::Hash;
pub use tree::{Edge, EdgeError, leaf_hash};
