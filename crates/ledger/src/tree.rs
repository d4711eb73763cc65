//! The growing edge of a log's Merkle tree (RFC 6962, section 2.1; the hashes of c2sp.org/tlog-tiles).
//!
//! To append and to know the root, a log needs no more of its tree than the roots of the largest complete
//! subtrees, from left to right: one for each 1 in the binary form of its size, so 23 at most for five
//! million entries.

use thiserror::Error;
use tlog_tiles::{EMPTY_HASH, HASH_SIZE, Hash, node_hash, record_hash};

use crate::checkpoint::MAX_SIZE;

/// The hash of an entry as a leaf of the tree: SHA-256(0x00 || entry).
pub fn leaf_hash(entry: &[u8]) -> Hash {
    record_hash(entry)
}

/// Why bytes are not an edge, or an edge cannot grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum EdgeError {
    /// Not eight bytes of size followed by as many hashes as the size has ones.
    #[error("the stored edge of the tree is damaged: {found} bytes, which is not its length for any size")]
    Length {
        /// Number of bytes.
        found: usize,
    },
    /// The log has [`MAX_SIZE`] entries.
    #[error("the log is full")]
    Full,
}

/// Size of a log and the roots of its largest complete subtrees, from left to right.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Edge {
    size: u64,
    roots: Vec<Hash>,
}

impl Edge {
    /// The edge of the empty log.
    pub fn new() -> Self {
        Self::default()
    }

    /// Number of entries.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends the next entry's [`leaf_hash`] and gives its index.
    ///
    /// # Errors
    /// [`EdgeError::Full`]; nothing is appended then.
    pub fn append(&mut self, leaf: Hash) -> Result<u64, EdgeError> {
        let index = self.size;
        if index >= MAX_SIZE {
            return Err(EdgeError::Full);
        }
        let mut hash = leaf;
        // Each trailing 1 of the size is a complete subtree as large as what has been joined so far.
        for _ in 0..index.trailing_ones() {
            if let Some(left) = self.roots.pop() {
                hash = node_hash(left, hash);
            }
        }
        self.roots.push(hash);
        self.size += 1;
        Ok(index)
    }

    /// The root of the whole tree; of the empty one, the hash of nothing.
    pub fn root(&self) -> Hash {
        let mut roots = self.roots.iter().rev();
        match roots.next() {
            None => EMPTY_HASH,
            Some(&last) => roots.fold(last, |right, &left| node_hash(left, right)),
        }
    }

    /// For the database: the size as eight bytes, highest first, then the hashes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.size.to_be_bytes().to_vec();
        for root in &self.roots {
            bytes.extend_from_slice(&root.0);
        }
        bytes
    }

    /// Reads what [`Edge::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`EdgeError::Length`], [`EdgeError::Full`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, EdgeError> {
        let wrong = EdgeError::Length { found: bytes.len() };
        let (size, hashes) = bytes.split_first_chunk::<8>().ok_or(wrong)?;
        let size = u64::from_be_bytes(*size);
        if size > MAX_SIZE {
            return Err(EdgeError::Full);
        }
        let (chunks, rest) = hashes.as_chunks::<HASH_SIZE>();
        if !rest.is_empty() || chunks.len() as u64 != u64::from(size.count_ones()) {
            return Err(wrong);
        }
        Ok(Self { size, roots: chunks.iter().map(|chunk| Hash(*chunk)).collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ct_merkle::mem_backed_tree::MemoryBackedTree;
    use proptest::prelude::*;
    use sha2::Sha256;

    /// RFC 6962, section 2.1, written down once more, straight from its definition.
    fn defined(leaves: &[Vec<u8>]) -> Hash {
        match leaves {
            [] => EMPTY_HASH,
            [one] => leaf_hash(one),
            many => {
                let split = many.len().next_power_of_two() / 2;
                node_hash(defined(&many[..split]), defined(&many[split..]))
            }
        }
    }

    #[test]
    fn roots_are_those_of_an_independent_implementation_at_every_size() {
        let mut theirs = MemoryBackedTree::<Sha256, Vec<u8>>::new();
        let mut ours = Edge::new();
        assert_eq!(ours.root(), EMPTY_HASH);
        for n in 0..1_100_u64 {
            let entry = n.to_be_bytes().to_vec();
            assert_eq!(ours.append(leaf_hash(&entry)), Ok(n));
            theirs.push(entry);
            assert_eq!(ours.root().0.as_slice(), theirs.root().as_bytes().as_slice(), "at size {}", n + 1);
        }
    }

    #[test]
    fn damaged_bytes_are_refused() {
        let mut edge = Edge::new();
        for n in 0..5_u8 {
            edge.append(leaf_hash(&[n])).unwrap();
        }
        let bytes = edge.to_bytes();
        assert_eq!(bytes.len(), 8 + 2 * 32);
        for wrong in [&bytes[..0], &bytes[..7], &bytes[..8], &bytes[..bytes.len() - 1]] {
            assert_eq!(Edge::from_bytes(wrong), Err(EdgeError::Length { found: wrong.len() }));
        }
        let mut other_size = bytes.clone();
        other_size[7] = 7;
        assert!(Edge::from_bytes(&other_size).is_err());
        assert_eq!(Edge::from_bytes(&[0xff; 8 + 64 * 32]), Err(EdgeError::Full));
    }

    proptest! {
        #[test]
        fn storing_and_reading_between_appends_changes_nothing(
            leaves in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..40), 0..80),
            cut in 0..80_usize,
        ) {
            let mut edge = Edge::new();
            for (n, leaf) in leaves.iter().enumerate() {
                if n == cut { edge = Edge::from_bytes(&edge.to_bytes()).unwrap(); }
                edge.append(leaf_hash(leaf)).unwrap();
            }
            prop_assert_eq!(edge.size(), leaves.len() as u64);
            prop_assert_eq!(edge.root(), defined(&leaves));
            prop_assert_eq!(edge.to_bytes().len(), 8 + 32 * leaves.len().count_ones() as usize);
        }

        #[test]
        fn any_bytes_are_read_or_refused_but_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(edge) = Edge::from_bytes(&bytes) { prop_assert_eq!(edge.to_bytes(), bytes); }
        }
    }
}
