//! Values that hold from a date until the next one replaces them.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A history of values: each holds from its date until the day before the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timeline<T>(Vec<(Date, T)>);

impl<T> Default for Timeline<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Timeline<T> {
    /// A history from (date, value) pairs in any order; of two values with one date the later in the list wins.
    pub fn new(entries: impl IntoIterator<Item = (Date, T)>) -> Self {
        let mut timeline = Self::default();
        for (since, value) in entries {
            timeline.set(since, value);
        }
        timeline
    }

    /// One value that has always held.
    pub fn always(value: T) -> Self {
        Self(vec![(Date::MIN, value)])
    }

    /// Lets `value` hold from `since` on.
    pub fn set(&mut self, since: Date, value: T) {
        match self.0.binary_search_by_key(&since, |(d, _)| *d) {
            Ok(at) => self.0[at].1 = value,
            Err(at) => self.0.insert(at, (since, value)),
        }
    }

    /// The value that holds on `date`.
    pub fn on(&self, date: Date) -> Option<&T> {
        let after = self.0.partition_point(|(since, _)| *since <= date);
        after.checked_sub(1).map(|at| &self.0[at].1)
    }

    /// The date since when the value of `date` has held.
    pub fn since(&self, date: Date) -> Option<Date> {
        let after = self.0.partition_point(|(since, _)| *since <= date);
        after.checked_sub(1).map(|at| self.0[at].0)
    }

    /// All entries, oldest first.
    pub fn entries(&self) -> &[(Date, T)] {
        &self.0
    }

    /// Whether nothing was ever set.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_value_holds_until_the_next() {
        let t = Timeline::new([(date(2026, 3, 1), "b"), (date(2026, 1, 1), "a"), (date(2026, 3, 1), "c")]);
        assert_eq!(t.on(date(2025, 12, 31)), None);
        assert_eq!(t.on(date(2026, 2, 28)), Some(&"a"));
        assert_eq!(t.on(date(2026, 3, 1)), Some(&"c"));
        assert_eq!(t.since(date(2026, 9, 1)), Some(date(2026, 3, 1)));
    }
}
