//! A roster that repeats itself: 24 hours on, 48 off, and the like.

use jiff::{Unit, civil::Date};
use serde::{Deserialize, Serialize};

/// Shift codes that repeat from a first day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cycle {
    /// The date on which group 0 stands at the first code.
    pub anchor: Date,
    /// One code per day: `["D", "L", "L"]` for 24/48.
    pub shifts: Vec<String>,
}

impl Cycle {
    /// How many groups can relieve each other: offsets 0 to one less.
    pub fn groups(&self) -> usize {
        self.shifts.len()
    }

    /// The code of `date` for a group that runs `offset` days behind group 0; `None` for an empty cycle.
    pub fn on(&self, date: Date, offset: i32) -> Option<&str> {
        let length = i64::try_from(self.shifts.len()).ok().filter(|n| *n > 0)?;
        let days = self.anchor.until((Unit::Day, date)).ok()?.get_days();
        let index = (i64::from(days) - i64::from(offset)).rem_euclid(length);
        self.shifts.get(usize::try_from(index).ok()?).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_groups_relieve_each_other() {
        let cycle = Cycle { anchor: date(2026, 1, 1), shifts: ["D", "L", "L"].map(str::to_owned).to_vec() };
        let row =
            |offset| (28..=31).map(|d| cycle.on(date(2025, 12, d), offset).unwrap()).collect::<String>();
        assert_eq!([row(0), row(1), row(2)], ["LDLL", "LLDL", "DLLD"]);
    }
}
