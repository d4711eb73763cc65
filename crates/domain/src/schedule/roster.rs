//! What one person's roster says, date by date.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::month::Month;

/// Shift codes by date, for one person. Several codes on a date are several shifts that day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Roster(BTreeMap<Date, Codes>);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, expecting = "a shift code in quotes, or a list of them")]
enum Codes {
    One(String),
    Many(Vec<String>),
}

impl Roster {
    /// A roster from (date, code) pairs; a date named again adds a shift to it.
    pub fn new(entries: impl IntoIterator<Item = (Date, impl Into<String>)>) -> Roster {
        let mut roster = Roster::default();
        for (date, code) in entries {
            roster.add(date, code);
        }
        roster
    }

    /// Adds a shift (or a free code) to `date`.
    pub fn add(&mut self, date: Date, code: impl Into<String>) {
        let code = code.into();
        match self.0.get_mut(&date) {
            None => {
                self.0.insert(date, Codes::One(code));
            }
            Some(Codes::Many(codes)) => codes.push(code),
            Some(one) => {
                let first = match one {
                    Codes::One(first) => std::mem::take(first),
                    Codes::Many(_) => return,
                };
                *one = Codes::Many(vec![first, code]);
            }
        }
    }

    /// The codes of `date`; `None` where the roster says nothing.
    pub fn on(&self, date: Date) -> Option<&[String]> {
        self.0.get(&date).map(|codes| match codes {
            Codes::One(code) => std::slice::from_ref(code),
            Codes::Many(codes) => codes.as_slice(),
        })
    }

    /// Whether anything is planned in `month`.
    pub fn covers(&self, month: Month) -> bool {
        self.0.range(month.first()..=month.last()).next().is_some()
    }

    /// All dates with their codes, oldest first.
    pub fn entries(&self) -> impl Iterator<Item = (Date, &[String])> {
        self.0.keys().filter_map(|date| Some((*date, self.on(*date)?)))
    }
}
