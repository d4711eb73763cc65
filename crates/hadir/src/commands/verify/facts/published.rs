//! What the published files have of entries that are not in the database any more.

use std::collections::HashMap;

use ledger::{
    Entry,
    read::{Log, published},
};
use service::transparency::LogFiles;
use store::log::Finding;

/// Removed entries that are looked up.
const MOST: u64 = 100;

/// Which entries of which log were published, with kind and time, as far as they can be read.
pub(super) type Published = HashMap<(i64, u64), Entry>;

/// The published entries of those that were removed.
pub(super) fn removed(files: &LogFiles, findings: &[Finding]) -> Published {
    let mut found = Published::new();
    for finding in findings {
        let Finding::Removed { first, count } = finding else { continue };
        let files = files.generation(first.generation);
        let Ok(signed) = published(&files.fetch()) else { continue };
        let Ok(log) = Log::open(files.fetch(), signed.checkpoint()) else { continue };
        for index in (first.index..).take(usize::try_from((*count).min(MOST)).unwrap_or(usize::MAX)) {
            let entry = log.entry(index).ok().and_then(|bytes| Entry::parse(&bytes).ok());
            found.extend(entry.map(|entry| ((first.generation, index), entry)));
        }
    }
    found
}
