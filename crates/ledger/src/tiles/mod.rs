//! The published form of a log: a directory of files that never change, and one checkpoint that does
//! (c2sp.org/tlog-tiles).
//!
//! ```text
//! checkpoint                  the newest signed checkpoint
//! checkpoint.cosigned         the newest one that enough witnesses have cosigned, if there are witnesses
//! tile/entries/000            256 entries, each after its length in two bytes
//! tile/entries/001.p/17       the first 17 entries of a bundle that is not full yet
//! tile/0/000                  the leaf hashes of 256 entries
//! tile/1/000.p/3              hashes of whole tiles of the level below
//! ```

mod address;
mod bundle;
mod directory;
mod disk;
mod edge;
mod error;
mod publication;
mod publisher;
mod sweep;

pub use address::{Shelf, Tile, WIDTH};
pub use bundle::{BundleError, MAX_BUNDLE, MAX_ENTRY, append_entry, parse_bundle};
pub use directory::Directory;
pub use disk::{Disk, DiskFile};
pub use error::{PublishError, Step};
pub use publication::Publication;
pub use publisher::Publisher;

pub(crate) use address::{hashes_at, levels};
pub(crate) use edge::{EdgeTiles, subtree};

/// The path of the newest checkpoint.
pub const CHECKPOINT: &str = "checkpoint";
/// The path of the newest checkpoint that enough witnesses have cosigned; ours, beside those of the specification.
pub const COSIGNED: &str = "checkpoint.cosigned";
/// Where files are written before they get their name; never served, emptied when a publication begins.
pub(crate) const STAGING: &str = ".staging";
