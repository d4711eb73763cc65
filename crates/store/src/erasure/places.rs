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
        self.join([(first, last)]);
    }

    /// Adds all places of other sets at once; the time is that of sorting all runs.
    pub fn extend<'p>(&mut self, others: impl IntoIterator<Item = &'p Places>) {
        self.join(others.into_iter().flat_map(|other| other.runs.iter().copied()));
    }

    fn join(&mut self, more: impl IntoIterator<Item = (i64, i64)>) {
        self.runs.extend(more);
        self.runs.sort_unstable();
        self.runs.dedup_by(|next, run| {
            let touches = next.0 <= run.1.saturating_add(1);
            if touches {
                run.1 = run.1.max(next.1);
            }
            touches
        });
    }

    /// Whether a place is in it.
    pub fn contains(&self, place: i64) -> bool {
        let at = self.runs.partition_point(|(_, last)| *last < place);
        self.runs.get(at).is_some_and(|(first, _)| *first <= place)
    }

    /// The places from `first` to before `end`, counted from `first`.
    pub(crate) fn within(&self, first: i64, end: i64) -> Places {
        let cut = |(from, to): &(i64, i64)| ((*from).max(first) - first, (*to).min(end - 1) - first);
        Places { runs: self.runs.iter().map(cut).filter(|(from, to)| from <= to).collect() }
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
            let (first, last) = (first.parse().ok()?, last.parse().ok()?);
            places.runs.extend((first <= last).then_some((first, last)));
        }
        // What was written is in order; what somebody else put there need not be.
        places.join([]);
        Some(places)
    }
}

impl FromIterator<i64> for Places {
    fn from_iter<I: IntoIterator<Item = i64>>(places: I) -> Places {
        let mut all = Places::default();
        all.join(places.into_iter().map(|place| (place, place)));
        all
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
        assert_eq!(Places::parse("12,4-6,5-9,20-19").unwrap().to_string(), "4-9,12");
        assert_eq!(Places::parse(""), Some(Places::default()));
        assert_eq!(Places::parse("4-x"), None);
    }

    #[test]
    fn sets_are_joined_at_once() {
        let sets: Vec<Places> =
            ["1-3,9", "4,20-30", "25-40,8"].map(|text| Places::parse(text).unwrap()).into();
        let mut all = Places::parse("10").unwrap();
        all.extend(&sets);
        assert_eq!(all.to_string(), "1-4,8-10,20-40");
        // A hundred thousand runs far apart: quadratic work would take minutes.
        let odd: Places = (0..100_000).map(|n| 2 * n + 1).collect();
        let even: Places = (0..100_000).map(|n| 2 * n).collect();
        let mut both = Places::default();
        both.extend([&odd, &even]);
        assert_eq!((both.to_string().as_str(), both.count()), ("0-199999", 200_000));
    }
}
