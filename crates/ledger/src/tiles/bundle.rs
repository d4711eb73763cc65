//! Bundles of entries: each entry after its length in two bytes, highest first (c2sp.org/tlog-tiles,
//! "Log entries").

use thiserror::Error;

use super::address::WIDTH;

/// Longest entry a bundle can hold, in bytes.
pub const MAX_ENTRY: usize = u16::MAX as usize;
/// Longest bundle, in bytes.
pub const MAX_BUNDLE: usize = WIDTH as usize * (2 + MAX_ENTRY);

/// Why bytes are not a bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BundleError {
    /// The bytes end inside an entry, or before the last one.
    #[error("the bundle ends after {whole} whole entries of {expected}")]
    Short {
        /// Entries that are complete.
        whole: usize,
        /// Entries there should be.
        expected: usize,
    },
    /// There are bytes after the last entry.
    #[error("the bundle has {extra} bytes after its last entry")]
    Long {
        /// Number of bytes too many.
        extra: usize,
    },
}

/// Adds one entry to a bundle; `false` when it is longer than [`MAX_ENTRY`] and was not added.
#[must_use]
pub fn append_entry(bundle: &mut Vec<u8>, entry: &[u8]) -> bool {
    let Ok(length) = u16::try_from(entry.len()) else { return false };
    bundle.extend_from_slice(&length.to_be_bytes());
    bundle.extend_from_slice(entry);
    true
}

/// The `count` entries of a bundle, no more and no less.
///
/// # Errors
/// [`BundleError`].
pub fn parse_bundle(bundle: &[u8], count: usize) -> Result<Vec<&[u8]>, BundleError> {
    let mut entries = Vec::with_capacity(count.min(usize::from(WIDTH)));
    let mut rest = bundle;
    while entries.len() < count {
        let short = BundleError::Short { whole: entries.len(), expected: count };
        let (length, after) = rest.split_first_chunk::<2>().ok_or(short)?;
        let (entry, after) = after.split_at_checked(usize::from(u16::from_be_bytes(*length))).ok_or(short)?;
        entries.push(entry);
        rest = after;
    }
    if rest.is_empty() { Ok(entries) } else { Err(BundleError::Long { extra: rest.len() }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_entry_that_is_too_long_is_not_added() {
        let mut bundle = Vec::new();
        assert!(!append_entry(&mut bundle, &vec![0; MAX_ENTRY + 1]));
        assert!(bundle.is_empty());
        assert!(append_entry(&mut bundle, &vec![0; MAX_ENTRY]));
        assert_eq!(bundle.len(), 2 + MAX_ENTRY);
    }

    proptest! {
        #[test]
        fn bundles_are_read_back_and_no_other_bytes(
            entries in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..30), 0..20),
            cut in 0..100_usize, extra: u8,
        ) {
            let mut bundle = Vec::new();
            for entry in &entries { prop_assert!(append_entry(&mut bundle, entry)); }
            let read = parse_bundle(&bundle, entries.len()).unwrap();
            prop_assert_eq!(read, entries.iter().map(Vec::as_slice).collect::<Vec<_>>());
            if cut < bundle.len() { prop_assert!(parse_bundle(&bundle[..cut], entries.len()).is_err()); }
            bundle.push(extra);
            prop_assert!(parse_bundle(&bundle, entries.len()).is_err());
        }

        #[test]
        fn any_bytes_are_read_or_refused_but_never_panic(
            bytes in proptest::collection::vec(any::<u8>(), 0..300), count in 0..260_usize,
        ) {
            if let Ok(entries) = parse_bundle(&bytes, count) {
                let mut again = Vec::new();
                for entry in entries { prop_assert!(append_entry(&mut again, entry)); }
                prop_assert_eq!(again, bytes);
            }
        }
    }
}
