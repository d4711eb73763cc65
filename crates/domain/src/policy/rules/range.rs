//! From … to … of a quantity.

use std::fmt;

use rust_decimal::Decimal;

use crate::{
    money::grouped,
    policy::source::{Section, Sink, say},
};

/// A range with explicit limits: `min`/`max` are included, `above`/`below` are not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Range {
    /// Lower limit and whether it is included.
    pub low: Option<(Decimal, bool)>,
    /// Upper limit and whether it is included.
    pub high: Option<(Decimal, bool)>,
}

impl Range {
    /// From `min` up.
    pub fn at_least(min: Decimal) -> Range {
        Range { low: Some((min, true)), high: None }
    }

    /// Both included.
    pub fn between(min: Decimal, max: Decimal) -> Range {
        Range { low: Some((min, true)), high: Some((max, true)) }
    }

    /// More than zero.
    pub fn positive() -> Range {
        Range { low: Some((Decimal::ZERO, false)), high: None }
    }

    /// Reads `min`, `max`, `above`, `below`. With `whole`, exclusive limits become the next whole number.
    pub fn read(section: &mut Section, whole: bool, sink: &mut Sink) -> Range {
        let (min, max) = (section.decimal("min", sink), section.decimal("max", sink));
        let (above, below) = (section.decimal("above", sink), section.decimal("below", sink));
        for (a, b, keys) in [(min, above, "min, above"), (max, below, "max, below")] {
            if a.is_some() && b.is_some() {
                sink.error(&section.at, say::exactly_one(keys, 2));
            }
        }
        let mut range = Range {
            low: min.map(|n| (n, true)).or(above.map(|n| (n, false))),
            high: max.map(|n| (n, true)).or(below.map(|n| (n, false))),
        };
        if whole {
            range = range.whole();
        }
        if range.is_empty() {
            sink.error(&section.at, say::empty_range(&range.to_string()));
        }
        range
    }

    /// The same whole numbers with included limits.
    fn whole(self) -> Range {
        let low = self.low.map(|(n, included)| if included { n.ceil() } else { n.floor() + Decimal::ONE });
        let high = self.high.map(|(n, included)| if included { n.floor() } else { n.ceil() - Decimal::ONE });
        Range { low: low.map(|n| (n, true)), high: high.map(|n| (n, true)) }
    }

    /// Whether neither limit is set.
    pub fn is_open(&self) -> bool {
        self.low.is_none() && self.high.is_none()
    }

    /// Whether no number lies inside.
    pub fn is_empty(&self) -> bool {
        match (self.low, self.high) {
            (Some((low, a)), Some((high, b))) => low > high || (low == high && !(a && b)),
            _ => false,
        }
    }

    /// Whether a quantity lies inside.
    pub fn contains(&self, quantity: Decimal) -> bool {
        let above = self.low.is_none_or(|(low, included)| quantity > low || (included && quantity == low));
        let below =
            self.high.is_none_or(|(high, included)| quantity < high || (included && quantity == high));
        above && below
    }

    /// What lies in both.
    pub fn meet(&self, other: &Range) -> Range {
        let low = match (self.low, other.low) {
            (Some(a), Some(b)) => Some(if (a.0, !a.1) >= (b.0, !b.1) { a } else { b }),
            (a, b) => a.or(b),
        };
        let high = match (self.high, other.high) {
            (Some(a), Some(b)) => Some(if (a.0, a.1) <= (b.0, b.1) { a } else { b }),
            (a, b) => a.or(b),
        };
        Range { low, high }
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let low =
            self.low.map(|(n, included)| format!("{} {}", if included { ">=" } else { ">" }, grouped(n)));
        let high =
            self.high.map(|(n, included)| format!("{} {}", if included { "<=" } else { "<" }, grouped(n)));
        match (self.low, self.high, low, high) {
            (Some((a, true)), Some((b, true)), ..) if a == b => write!(f, "{}", grouped(a)),
            (Some((a, true)), Some((b, true)), ..) => write!(f, "{}-{}", grouped(a), grouped(b)),
            (_, _, Some(low), Some(high)) => write!(f, "{low} {high}"),
            (_, _, low, high) => f.write_str(&low.or(high).unwrap_or_default()),
        }
    }
}
