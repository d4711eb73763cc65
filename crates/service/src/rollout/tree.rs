//! The organisation as a tree, to any depth.

use std::collections::{HashMap, HashSet};

use domain::ids::UnitId;

/// A unit before it stands in the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The unit.
    pub id: UnitId,
    /// The unit above.
    pub parent: Option<UnitId>,
    /// Code used in files.
    pub code: String,
    /// Name.
    pub name: String,
    /// Whether it is an OPD.
    pub is_opd: bool,
}

/// A unit with everything below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The unit.
    pub unit: Entry,
    /// How many units stand above it.
    pub depth: usize,
    /// The units directly below, in the order given.
    pub children: Vec<Node>,
}

/// The whole organisation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tree {
    /// Units without a unit above.
    pub roots: Vec<Node>,
    opd_of: HashMap<UnitId, UnitId>,
}

impl Tree {
    /// A tree from units in any order; siblings keep the order given. A unit whose parent is unknown, or that is part
    /// of a ring, becomes a root, so that no unit ever disappears from the screen.
    pub fn new(units: Vec<Entry>) -> Tree {
        let ids: HashSet<UnitId> = units.iter().map(|unit| unit.id).collect();
        let order: Vec<UnitId> = units.iter().map(|unit| unit.id).collect();
        let mut below: HashMap<UnitId, Vec<UnitId>> = HashMap::new();
        let mut starts = Vec::new();
        for unit in &units {
            match unit.parent.filter(|parent| ids.contains(parent)) {
                Some(parent) => below.entry(parent).or_default().push(unit.id),
                None => starts.push(unit.id),
            }
        }
        let mut entries: HashMap<UnitId, Entry> = units.into_iter().map(|unit| (unit.id, unit)).collect();
        let mut tree = Tree::default();
        for id in starts {
            tree.roots.extend(grow(id, 0, &below, &mut entries));
        }
        // Whatever is left was only reachable from itself.
        for id in order {
            tree.roots.extend(grow(id, 0, &below, &mut entries));
        }
        for root in &tree.roots {
            note_opds(root, None, &mut tree.opd_of);
        }
        tree
    }

    /// The OPD a unit is or belongs to; `None` for the government itself.
    pub fn opd_of(&self, unit: UnitId) -> Option<UnitId> {
        self.opd_of.get(&unit).copied()
    }

    /// All units, each before those below it.
    pub fn walk(&self) -> Vec<&Node> {
        let mut out = Vec::new();
        let mut waiting: Vec<&Node> = self.roots.iter().rev().collect();
        while let Some(node) = waiting.pop() {
            out.push(node);
            waiting.extend(node.children.iter().rev());
        }
        out
    }

    /// The OPDs, in the order of the tree.
    pub fn opds(&self) -> Vec<&Entry> {
        self.walk().into_iter().map(|node| &node.unit).filter(|unit| unit.is_opd).collect()
    }
}

fn grow(
    id: UnitId,
    depth: usize,
    below: &HashMap<UnitId, Vec<UnitId>>,
    entries: &mut HashMap<UnitId, Entry>,
) -> Option<Node> {
    let unit = entries.remove(&id)?;
    let children = below
        .get(&id)
        .into_iter()
        .flatten()
        .filter_map(|child| grow(*child, depth + 1, below, entries))
        .collect();
    Some(Node { unit, depth, children })
}

fn note_opds(node: &Node, above: Option<UnitId>, opd_of: &mut HashMap<UnitId, UnitId>) {
    let opd = if node.unit.is_opd { Some(node.unit.id) } else { above };
    opd_of.extend(opd.map(|opd| (node.unit.id, opd)));
    for child in &node.children {
        note_opds(child, opd, opd_of);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn entry(n: u128, parent: Option<u128>, is_opd: bool) -> Entry {
        let id = |n| UnitId(Uuid::from_u128(n));
        Entry { id: id(n), parent: parent.map(id), code: n.to_string(), name: format!("U{n}"), is_opd }
    }

    fn names(tree: &Tree) -> Vec<(String, usize)> {
        tree.walk().iter().map(|node| (node.unit.name.clone(), node.depth)).collect()
    }

    #[test]
    fn units_of_any_depth_find_their_opd() {
        let units = vec![
            entry(5, Some(4), false),
            entry(4, Some(3), false),
            entry(3, Some(2), false),
            entry(2, Some(1), true),
            entry(1, None, false),
        ];
        let tree = Tree::new(units);
        let expected: Vec<(String, usize)> = (1..=5).map(|n| (format!("U{n}"), n - 1)).collect();
        assert_eq!(names(&tree), expected);
        let id = |n| UnitId(Uuid::from_u128(n));
        assert_eq!(tree.opd_of(id(5)), Some(id(2)));
        assert_eq!(tree.opd_of(id(1)), None);
        assert_eq!(tree.opds().len(), 1);
    }

    #[test]
    fn no_unit_is_lost_to_a_ring_or_an_unknown_parent() {
        let tree = Tree::new(vec![
            entry(1, None, false),
            entry(2, Some(3), true),
            entry(3, Some(2), false),
            entry(4, Some(99), true),
        ]);
        assert_eq!(tree.walk().len(), 4);
        assert_eq!(tree.opds().len(), 2);
    }

    #[test]
    fn an_opd_inside_an_opd_counts_for_itself() {
        let tree = Tree::new(vec![entry(1, None, true), entry(2, Some(1), true), entry(3, Some(2), false)]);
        let id = |n| UnitId(Uuid::from_u128(n));
        assert_eq!(tree.opd_of(id(3)), Some(id(2)));
        assert_eq!(tree.opd_of(id(1)), Some(id(1)));
    }
}
