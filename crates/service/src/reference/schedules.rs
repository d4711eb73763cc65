//! Which schedule somebody follows since when: a personal one beats that of the unit, which beats the unit above.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use domain::{dated::Timeline, ids::UnitId, schedule::Schedule};
use jiff::civil::Date;

use super::Units;

/// All schedules and where they are assigned.
#[derive(Debug, Default)]
pub(super) struct Schedules {
    by_code: HashMap<String, Timeline<Arc<Schedule>>>,
    of_unit: HashMap<UnitId, Timeline<String>>,
}

impl Schedules {
    pub(super) fn new(
        by_code: HashMap<String, Timeline<Arc<Schedule>>>,
        of_unit: HashMap<UnitId, Timeline<String>>,
    ) -> Schedules {
        Schedules { by_code, of_unit }
    }

    /// What was assigned to this very unit, oldest first.
    pub(super) fn assigned(&self, unit: UnitId) -> Timeline<String> {
        self.of_unit.get(&unit).cloned().unwrap_or_default()
    }

    /// The version of a schedule that holds on a day.
    pub(super) fn version(&self, code: &str, day: Date) -> Option<Arc<Schedule>> {
        self.by_code.get(code)?.on(day).cloned()
    }

    pub(super) fn codes(&self) -> Vec<(String, String)> {
        let mut codes: Vec<_> = self
            .by_code
            .iter()
            .filter_map(|(code, versions)| Some((code.clone(), versions.entries().last()?.1.name.clone())))
            .collect();
        codes.sort();
        codes
    }

    pub(super) fn of(
        &self,
        tree: &Units,
        units: &Timeline<Option<UnitId>>,
        own: &Timeline<Option<String>>,
    ) -> Timeline<Arc<Schedule>> {
        let mut found = Timeline::default();
        let mut last: Option<Arc<Schedule>> = None;
        for day in self.turning_points(tree, units, own) {
            let code = own.on(day).cloned().flatten().or_else(|| self.code_of_unit(tree, units, day));
            let Some(schedule) = code.and_then(|code| self.by_code.get(&code)?.on(day).cloned()) else {
                continue;
            };
            if last.as_ref().is_none_or(|before| !Arc::ptr_eq(before, &schedule)) {
                found.set(day, Arc::clone(&schedule));
                last = Some(schedule);
            }
        }
        found
    }

    /// The days on which the answer may change.
    fn turning_points(
        &self,
        tree: &Units,
        units: &Timeline<Option<UnitId>>,
        own: &Timeline<Option<String>>,
    ) -> BTreeSet<Date> {
        let mut days: BTreeSet<Date> = units.entries().iter().map(|(d, _)| *d).collect();
        days.extend(own.entries().iter().map(|(d, _)| *d));
        for unit in units.entries().iter().filter_map(|(_, unit)| *unit) {
            let above = tree.path(unit);
            let assigned = above.iter().filter_map(|u| self.of_unit.get(u));
            days.extend(assigned.flat_map(|t| t.entries().iter().map(|(d, _)| *d)));
        }
        days.extend(self.by_code.values().flat_map(|t| t.entries().iter().map(|(d, _)| *d)));
        days
    }

    fn code_of_unit(&self, tree: &Units, units: &Timeline<Option<UnitId>>, day: Date) -> Option<String> {
        let unit = units.on(day).copied().flatten()?;
        tree.path(unit).into_iter().find_map(|u| self.of_unit.get(&u)?.on(day).cloned())
    }
}
