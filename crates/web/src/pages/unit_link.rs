//! Units that a page lets one choose or open.

use store::org::Unit;

/// An OPD that can be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitLink {
    /// Key in addresses.
    pub key: String,
    /// Name.
    pub name: String,
}

/// Units as links of a page; none when there is nothing to choose.
pub fn links(units: &[&Unit]) -> Vec<UnitLink> {
    if units.len() < 2 { Vec::new() } else { units.iter().map(|u| link(u)).collect() }
}

/// A unit as a link of a page.
pub fn link(unit: &Unit) -> UnitLink {
    UnitLink { key: unit.code.clone(), name: unit.name.clone() }
}
