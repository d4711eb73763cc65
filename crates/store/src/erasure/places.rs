//! Places in the log as a short text: `4-9,12`.

use std::fmt;

use crate::sql::value::{Cell, Column, Kind, Value};

/// A set of places.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    /// First and last place of each run, ascending, apart from each other.
    runs: Vec<(i64, i64)>,
}

impl Places {
    /// Adds the places from `first` to `last`, both included; nothing when there are none.
    pub fn add(&mut self, first: i64, last: i64) {
        if last < first {
            return;
        }
        self.runs.push((first, last));
        self.runs.sort_unstable();
        let mut joined: Vec<(i64, i64)> = Vec::with_capacity(self.runs.len());
        for (first, last) in self.runs.drain(..) {
            match joined.last_mut() {
                Some(run) if first <= run.1.saturating_add(1) => run.1 = run.1.max(last),
                _ => joined.push((first, last)),
            }
        }
        self.runs = joined;
    }

    /// Adds all places of another set.
    pub fn extend(&mut self, other: &Places) {
        for (first, last) in &other.runs {
            self.add(*first, *last);
        }
    }

    /// Whether a place is in it.
    pub fn contains(&self, place: i64) -> bool {
        let at = self.runs.partition_point(|(_, last)| *last < place);
        self.runs.get(at).is_some_and(|(first, _)| *first <= place)
    }

    /// How many places.
    pub fn count(&self) -> i64 {
        self.runs.iter().map(|(first, last)| last - first + 1).sum()
    }

    /// Reads what [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Option<Places> {
        let mut places = Places::default();
        for run in text.split(',').filter(|run| !run.is_empty()) {
            let (first, last) = run.split_once('-').unwrap_or((run, run));
            places.runs.push((first.parse().ok()?, last.parse().ok()?));
        }
        Some(places)
    }
}

impl FromIterator<i64> for Places {
    fn from_iter<I: IntoIterator<Item = i64>>(places: I) -> Places {
        let mut each: Vec<i64> = places.into_iter().collect();
        each.sort_unstable();
        let mut runs: Vec<(i64, i64)> = Vec::new();
        for place in each {
            match runs.last_mut() {
                Some(run) if place <= run.1 + 1 => run.1 = place,
                _ => runs.push((place, place)),
            }
        }
        Places { runs }
    }
}

impl fmt::Display for Places {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, (first, last)) in self.runs.iter().enumerate() {
            let comma = if n == 0 { "" } else { "," };
            if first == last {
                write!(f, "{comma}{first}")?;
            } else {
                write!(f, "{comma}{first}-{last}")?;
            }
        }
        Ok(())
    }
}

impl Column for Places {
    const KIND: Kind = Kind::Text;

    fn to_value(&self) -> Value {
        Value::Text(self.to_string())
    }

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        if let Cell::Text(text) = cell { Places::parse(text) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_joined_and_read_back() {
        let mut places: Places = [9, 4, 5, 6, 12, 7, 8, 4].into_iter().collect();
        assert_eq!((places.to_string().as_str(), places.count()), ("4-9,12", 7));
        assert_eq!(Places::parse("4-9,12"), Some(places.clone()));
        assert!([4, 9, 12].iter().all(|place| places.contains(*place)));
        assert!([3, 10, 11, 13].iter().all(|place| !places.contains(*place)));
        places.add(10, 11);
        places.add(20, 19);
        assert_eq!(places.to_string(), "4-12");
        assert_eq!(Places::parse(""), Some(Places::default()));
        assert_eq!(Places::parse("4-x"), None);
    }
}
