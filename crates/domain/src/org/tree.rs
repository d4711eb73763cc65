//! The organisation as a tree, to any depth: who stands above whom, and to which OPD each unit belongs.

use std::collections::{HashMap, HashSet};

use crate::ids::UnitId;

/// Where a unit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The unit.
    pub unit: UnitId,
    /// The unit above; `None` for a root.
    pub above: Option<UnitId>,
    /// Whether it is an OPD.
    pub is_opd: bool,
}

/// The whole organisation.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    above: HashMap<UnitId, UnitId>,
    opd_of: HashMap<UnitId, UnitId>,
    order: Vec<UnitId>,
}

impl Tree {
    /// A tree from units in any order; siblings keep the order given. A unit whose place above is unknown, or that is
    /// part of a ring, still stands in the tree, so that no unit ever disappears from the screen.
    pub fn new(places: impl IntoIterator<Item = Place>) -> Tree {
        let places: Vec<Place> = places.into_iter().collect();
        let known: HashSet<UnitId> = places.iter().map(|place| place.unit).collect();
        let mut below: HashMap<UnitId, Vec<UnitId>> = HashMap::new();
        let mut tree = Tree::default();
        for place in &places {
            if let Some(above) = place.above.filter(|above| known.contains(above)) {
                tree.above.insert(place.unit, above);
                below.entry(above).or_default().push(place.unit);
            }
        }
        tree.order = walk(&places, &tree.above, &below);
        let opds: HashSet<UnitId> = places.iter().filter(|p| p.is_opd).map(|p| p.unit).collect();
        for place in &places {
            let opd = tree.path(place.unit).into_iter().find(|unit| opds.contains(unit));
            tree.opd_of.extend(opd.map(|opd| (place.unit, opd)));
        }
        tree
    }

    /// The unit itself and everything above it, nearest first. Ends also if the tree was bent into a ring.
    pub fn path(&self, unit: UnitId) -> Vec<UnitId> {
        let mut path = Vec::new();
        let mut next = Some(unit);
        while let Some(id) = next.filter(|id| !path.contains(id)) {
            path.push(id);
            next = self.above.get(&id).copied();
        }
        path
    }

    /// The OPD a unit is or belongs to; `None` for the government itself.
    pub fn opd_of(&self, unit: UnitId) -> Option<UnitId> {
        self.opd_of.get(&unit).copied()
    }

    /// All units, each before those below it.
    pub fn walk(&self) -> &[UnitId] {
        &self.order
    }
}

fn walk(
    places: &[Place],
    above: &HashMap<UnitId, UnitId>,
    below: &HashMap<UnitId, Vec<UnitId>>,
) -> Vec<UnitId> {
    let mut seen = HashSet::new();
    let mut order = Vec::with_capacity(places.len());
    let roots = places.iter().filter(|place| !above.contains_key(&place.unit));
    // Whatever the roots do not lead to was only reachable from itself.
    for place in roots.chain(places) {
        let mut waiting = vec![place.unit];
        while let Some(unit) = waiting.pop() {
            if seen.insert(unit) {
                order.push(unit);
                waiting.extend(below.get(&unit).into_iter().flatten().rev());
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn id(n: u128) -> UnitId {
        UnitId(Uuid::from_u128(n))
    }

    fn place(n: u128, above: Option<u128>, is_opd: bool) -> Place {
        Place { unit: id(n), above: above.map(id), is_opd }
    }

    #[test]
    fn units_of_any_depth_find_their_opd() {
        let tree = Tree::new([
            place(5, Some(4), false),
            place(4, Some(3), false),
            place(3, Some(2), false),
            place(2, Some(1), true),
            place(1, None, false),
        ]);
        assert_eq!(tree.walk(), (1..=5).map(id).collect::<Vec<_>>());
        assert_eq!(tree.path(id(5)), (1..=5).rev().map(id).collect::<Vec<_>>());
        assert_eq!(tree.opd_of(id(5)), Some(id(2)));
        assert_eq!(tree.opd_of(id(1)), None);
    }

    #[test]
    fn siblings_keep_the_order_given_and_stand_after_the_unit_above() {
        let tree = Tree::new([
            place(3, Some(1), true),
            place(2, Some(1), true),
            place(1, None, false),
            place(4, Some(3), false),
        ]);
        assert_eq!(tree.walk(), [1, 3, 4, 2].map(id));
    }

    #[test]
    fn no_unit_is_lost_to_a_ring_or_an_unknown_place_above() {
        let tree = Tree::new([
            place(1, None, false),
            place(2, Some(3), true),
            place(3, Some(2), false),
            place(4, Some(99), true),
        ]);
        assert_eq!(tree.walk().len(), 4);
        assert_eq!(tree.path(id(3)), [3, 2].map(id));
        assert_eq!((tree.opd_of(id(3)), tree.opd_of(id(4))), (Some(id(2)), Some(id(4))));
    }

    #[test]
    fn an_opd_inside_an_opd_counts_for_itself() {
        let tree = Tree::new([place(1, None, true), place(2, Some(1), true), place(3, Some(2), false)]);
        assert_eq!(tree.opd_of(id(3)), Some(id(2)));
        assert_eq!(tree.opd_of(id(1)), Some(id(1)));
    }
}
