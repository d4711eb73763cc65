//! Reading a published log, from a directory or an address alike. The files are not trusted: whatever is
//! taken from them has been checked against the root of a verified checkpoint.

mod error;
mod fetch;
mod log;
mod proof;
mod tile_tree;

pub use error::ReadError;
pub use fetch::{DirectoryFetch, Fetch, FetchError};
pub use log::{Log, cosigned, published};
pub use proof::{ProofError, check_consistency, check_inclusion};

pub(crate) use log::{read_any, read_tile};
