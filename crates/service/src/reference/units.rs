//! The organisation as a lookup: who stands above a unit, to which OPD it belongs, in which zone it lies.

use std::collections::HashMap;

use domain::{
    ids::UnitId,
    org::{Place, Tree},
    zone::Zone,
};
use jiff::{Timestamp, civil::Date};
use store::org::Unit;

/// All units by id.
#[derive(Debug, Clone, Default)]
pub struct Units {
    by_id: HashMap<UnitId, Unit>,
    order: Vec<UnitId>,
    tree: Tree,
    zone: Zone,
}

impl Units {
    /// A lookup over `units`; `zone` is that of the government itself.
    pub fn new(units: Vec<Unit>, zone: Zone) -> Units {
        let order = units.iter().map(|u| u.unit_id).collect();
        let places = units.iter().map(|u| Place { unit: u.unit_id, above: u.parent_id, is_opd: u.is_opd });
        let tree = Tree::new(places);
        Units { by_id: units.into_iter().map(|u| (u.unit_id, u)).collect(), order, tree, zone }
    }

    /// The same organisation without the units that are closed on a day.
    pub fn open_on(&self, day: Date) -> Units {
        let open = self.iter().filter(|unit| unit.closed_on.is_none_or(|closed| closed > day));
        Units::new(open.cloned().collect(), self.zone)
    }

    /// Who stands above whom.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// A unit.
    pub fn get(&self, unit: UnitId) -> Option<&Unit> {
        self.by_id.get(&unit)
    }

    /// A unit by its code, upper and lower case alike.
    pub fn by_code(&self, code: &str) -> Option<&Unit> {
        self.iter().find(|u| u.code.eq_ignore_ascii_case(code.trim()))
    }

    /// All units, in the order of the tree's storage.
    pub fn iter(&self) -> impl Iterator<Item = &Unit> {
        self.order.iter().filter_map(|id| self.by_id.get(id))
    }

    /// All OPDs.
    pub fn opds(&self) -> impl Iterator<Item = &Unit> {
        self.iter().filter(|u| u.is_opd)
    }

    /// The unit itself and everything above it, nearest first. Ends also if the tree was bent into a ring.
    pub fn path(&self, unit: UnitId) -> Vec<UnitId> {
        self.tree.path(unit)
    }

    /// The OPD a unit is or belongs to.
    pub fn opd_of(&self, unit: UnitId) -> Option<&Unit> {
        self.by_id.get(&self.tree.opd_of(unit)?)
    }

    /// The civil zone in which people of the unit work.
    pub fn zone_of(&self, unit: UnitId) -> Zone {
        self.path(unit)
            .into_iter()
            .find_map(|id| self.by_id.get(&id).and_then(|u| u.zone))
            .unwrap_or(self.zone)
    }

    /// The zone of the government itself.
    pub fn home_zone(&self) -> Zone {
        self.zone
    }

    /// "Today" where a unit works; without one, at the seat of the government.
    pub fn today(&self, unit: Option<UnitId>, now: Timestamp) -> Date {
        unit.map_or(self.zone, |unit| self.zone_of(unit)).local(now).date()
    }

    /// Name of a unit, empty if unknown.
    pub fn name(&self, unit: UnitId) -> &str {
        self.by_id.get(&unit).map_or("", |u| u.name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(n: u8, parent: Option<u8>, is_opd: bool, zone: Option<Zone>) -> Unit {
        let id = |n: u8| UnitId::new(Timestamp::UNIX_EPOCH, [n; 10]);
        Unit {
            parent_id: parent.map(id),
            is_opd,
            zone,
            sort_order: i64::from(n),
            ..Unit::new(id(n), format!("U{n}"), format!("Unit {n}"), Timestamp::UNIX_EPOCH)
        }
    }

    #[test]
    fn a_unit_knows_its_opd_and_zone() {
        let units = vec![
            unit(1, None, false, None),
            unit(2, Some(1), true, Some(Zone::Wita)),
            unit(3, Some(2), false, None),
        ];
        let units = Units::new(units, Zone::Wib);
        let leaf = units.by_code("u3").unwrap().unit_id;
        assert_eq!(units.opd_of(leaf).unwrap().code, "U2");
        assert_eq!(units.zone_of(leaf), Zone::Wita);
        assert_eq!(units.path(leaf).len(), 3);
        let root = units.by_code("U1").unwrap().unit_id;
        assert_eq!((units.zone_of(root), units.opd_of(root).is_none()), (Zone::Wib, true));
    }

    #[test]
    fn a_closed_unit_is_not_in_the_tree_of_the_day_after() {
        let mut closed = unit(2, Some(1), true, None);
        closed.closed_on = Some(jiff::civil::date(2026, 11, 1));
        let units = Units::new(vec![unit(1, None, false, None), closed], Zone::Wib);
        let on = |day| units.open_on(jiff::civil::date(2026, day, 31)).tree().walk().len();
        assert_eq!((on(10), on(12)), (2, 1));
    }
}
