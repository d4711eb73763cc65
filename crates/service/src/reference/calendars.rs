//! The layered calendar of each unit, merged when first asked for.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use domain::{
    calendar::{Calendar, Layer},
    ids::UnitId,
};

/// Layers of the tenant and of single units.
#[derive(Debug, Default)]
pub(super) struct Calendars {
    wide: Vec<Layer>,
    of_unit: HashMap<UnitId, Layer>,
    merged: Mutex<HashMap<Vec<UnitId>, Arc<Calendar>>>,
}

impl Calendars {
    /// `wide` are the layers for everybody, from the country down.
    pub(super) fn new(wide: Vec<Layer>, of_unit: HashMap<UnitId, Layer>) -> Calendars {
        Calendars { wide, of_unit, merged: Mutex::default() }
    }

    /// The calendar of the unit whose path (nearest first) is given.
    pub(super) fn of(&self, path: &[UnitId]) -> Arc<Calendar> {
        let key: Vec<UnitId> = path.iter().copied().filter(|u| self.of_unit.contains_key(u)).collect();
        let mut merged = self.merged.lock().unwrap_or_else(PoisonError::into_inner);
        let calendar = merged.entry(key).or_insert_with_key(|key| {
            let own = key.iter().rev().filter_map(|u| self.of_unit.get(u));
            Arc::new(Calendar::national_with(self.wide.iter().chain(own)))
        });
        Arc::clone(calendar)
    }
}
