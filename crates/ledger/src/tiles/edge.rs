//! The right edge of the tiles: what is in the last, partial tile of each level.

use tlog_tiles::{EMPTY_HASH, HASH_SIZE, Hash, node_hash};

use super::address::WIDTH;

/// The hashes in the last tile of each level that are not part of a full tile, from the leaves up. The
/// root of the whole tree follows from them.
#[derive(Debug, Clone, Default)]
pub(crate) struct EdgeTiles {
    /// From the leaves up, each with at most 255 hashes.
    pub levels: Vec<Vec<Hash>>,
    /// Number of full tiles on each level.
    pub full: Vec<u64>,
}

impl EdgeTiles {
    /// Puts `hash` at the end of `level`. When that fills a tile, the tile is returned, and its root has
    /// to be put at the end of the level above.
    pub fn push(&mut self, level: usize, hash: Hash) -> Option<FullTile> {
        while self.levels.len() <= level {
            self.levels.push(Vec::with_capacity(usize::from(WIDTH)));
            self.full.push(0);
        }
        let (Some(hashes), Some(full)) = (self.levels.get_mut(level), self.full.get_mut(level)) else {
            return None;
        };
        hashes.push(hash);
        if hashes.len() < usize::from(WIDTH) {
            return None;
        }
        let index = *full;
        *full += 1;
        let hashes = std::mem::replace(hashes, Vec::with_capacity(usize::from(WIDTH)));
        Some(FullTile { index, root: subtree(&hashes), bytes: concat(&hashes) })
    }

    /// The root of the whole tree.
    pub fn root(&self) -> Hash {
        let mut root = None;
        // From the right: the leaves that are in no full tile, then the level above, and so on.
        for hashes in &self.levels {
            for part in complete_parts(hashes).into_iter().rev() {
                let left = subtree(part);
                root = Some(match root {
                    None => left,
                    Some(right) => node_hash(left, right),
                });
            }
        }
        root.unwrap_or(EMPTY_HASH)
    }
}

/// A tile that has just become full.
pub(crate) struct FullTile {
    /// Which one of its level.
    pub index: u64,
    /// The root over its hashes.
    pub root: Hash,
    /// The hashes one after the other.
    pub bytes: Vec<u8>,
}

/// The hashes one after the other, as in a tile's file.
pub(crate) fn concat(hashes: &[Hash]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(hashes.len() * HASH_SIZE);
    for hash in hashes {
        bytes.extend_from_slice(&hash.0);
    }
    bytes
}

/// The root over hashes whose number is a power of two.
pub(crate) fn subtree(hashes: &[Hash]) -> Hash {
    match hashes {
        [] => EMPTY_HASH,
        [one] => *one,
        many => {
            let (left, right) = many.split_at(many.len() / 2);
            node_hash(subtree(left), subtree(right))
        }
    }
}

/// Splits hashes into the largest complete subtrees, from left to right.
fn complete_parts(hashes: &[Hash]) -> Vec<&[Hash]> {
    let mut parts = Vec::new();
    let mut rest = hashes;
    while !rest.is_empty() {
        let (part, after) = rest.split_at(1 << rest.len().ilog2());
        parts.push(part);
        rest = after;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{Edge, leaf_hash};

    /// Appends a leaf and carries full tiles up.
    fn append(edge: &mut EdgeTiles, leaf: Hash) {
        let (mut level, mut hash) = (0, leaf);
        while let Some(full) = edge.push(level, hash) {
            level += 1;
            hash = full.root;
        }
    }

    #[test]
    fn the_root_from_tiles_is_the_root_of_the_tree() {
        let (mut tiles, mut edge) = (EdgeTiles::default(), Edge::new());
        assert_eq!(tiles.root(), edge.root());
        for n in 0..66_500_u32 {
            append(&mut tiles, leaf_hash(&n.to_be_bytes()));
            edge.append(leaf_hash(&n.to_be_bytes())).unwrap();
            if n < 1_030 || n % 97 == 0 || n > 65_500 && n < 65_600 {
                assert_eq!(tiles.root(), edge.root(), "at size {}", n + 1);
            }
        }
        assert_eq!(tiles.full, [259, 1, 0]);
    }
}
