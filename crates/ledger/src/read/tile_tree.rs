//! A tile with all hashes of its subtree, so that a proof costs look-ups instead of hundreds of hashes.

use tlog_tiles::{Hash, node_hash};

/// The hashes of a tile and of the nodes above them, up to the root of a full tile at height 8.
#[derive(Debug)]
pub(super) struct TileTree {
    heights: Vec<Vec<Hash>>,
}

impl TileTree {
    /// Hashes everything above `hashes`; of a partial tile only complete pairs have a node.
    pub fn over(hashes: Vec<Hash>) -> Self {
        let mut heights = vec![hashes];
        while let Some(below) = heights.last().filter(|below| below.len() > 1) {
            let (pairs, _) = below.as_chunks::<2>();
            let above = pairs.iter().map(|[left, right]| node_hash(*left, *right)).collect();
            heights.push(above);
        }
        Self { heights }
    }

    /// The node number `index` from the left at `height`: the root over 2^height of the tile's hashes.
    pub fn node(&self, height: u8, index: u64) -> Option<Hash> {
        self.heights.get(usize::from(height))?.get(usize::try_from(index).ok()?).copied()
    }

    /// The root of a full tile.
    pub fn root(&self) -> Option<Hash> {
        self.node(8, 0)
    }
}
