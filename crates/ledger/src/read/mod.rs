//! Reading a published log, from a directory or an address alike. The files are not trusted: whatever is
//! taken from them has been checked against the root of a verified checkpoint.

mod error;
mod fetch;
mod proof;
mod tile_tree;
mod trusted;

pub use error::ReadError;
pub use fetch::{DirectoryFetch, Fetch, FetchError};
pub use proof::{ProofError, check_consistency, check_inclusion};
pub use trusted::{Log, cosigned, published};

pub(crate) use trusted::{read_any, read_tile};
