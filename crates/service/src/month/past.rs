//! Earlier months: what they hand on to the month asked for. Read from their locks, judged where nothing is stored.

use std::collections::{BTreeMap, HashMap};

use domain::{
    discipline::Tally,
    ids::EmployeeId,
    month::Month,
    policy::{Carry, LookBack},
};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use store::{Scope, Tx, employee::Person, month_carry, month_close::CloseHead};

use super::{history::employment, load::Wanted};
use crate::{ServiceError, reference::Reference};

/// What one month of a person hands on, as it is stored at the lock.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Carried {
    /// Counters and open runs of the TPP policy.
    #[serde(flatten)]
    pub carry: Carry,
    /// Absence and lost minutes.
    #[serde(default)]
    pub tally: Tally,
}

/// What all earlier months together hand on.
#[derive(Debug, Clone, Default)]
pub(super) struct Before {
    /// Counters since 1 January.
    pub year_to_date: BTreeMap<String, Decimal>,
    /// Runs open at the end of the month before.
    pub spells: BTreeMap<String, Decimal>,
    /// Absence and lost minutes since 1 January.
    pub tally: Tally,
}

impl Before {
    /// Adds the next month. Of a month of the year before only the runs go on.
    pub(super) fn add(&mut self, month: &Carried, this_year: bool) {
        if this_year {
            for (name, value) in &month.carry.counters {
                *self.year_to_date.entry(name.to_string()).or_default() += value;
            }
            self.tally = self.tally.then(month.tally);
        } else {
            self.tally = Tally { open_run: month.tally.open_run, ..Tally::default() };
        }
        self.spells = month.carry.spells.iter().map(|(name, value)| (name.to_string(), *value)).collect();
    }
}

/// The earlier months that are needed, and what is stored of them.
#[derive(Debug, Default)]
pub(super) struct Past {
    /// In order, without the month asked for.
    months: Vec<Month>,
    stored: HashMap<EmployeeId, BTreeMap<Month, Carried>>,
    /// The first month of which somebody has nothing stored.
    open: Option<Month>,
}

impl Past {
    /// One statement if any earlier month is needed, which then also gives the steps in the closing of the month of `opd`;
    /// else none.
    pub(super) async fn read(
        tx: &mut Tx,
        reference: &Reference,
        wanted: &Wanted<'_>,
        days: (Date, Date),
        people: &[Person],
    ) -> Result<(Past, Option<Vec<CloseHead>>), ServiceError> {
        let months = months(reference, wanted);
        let Some(first) = months.first().copied().or(wanted.with_year.then_some(wanted.month)) else {
            return Ok((Past::default(), None));
        };
        let mut stored: HashMap<EmployeeId, BTreeMap<Month, Carried>> = HashMap::new();
        let opd = match wanted.scope {
            Scope::Subtree(unit) => reference.units.opd_of(unit).map(|opd| opd.unit_id),
            _ => None,
        };
        let months_read = (first, wanted.month);
        let closings = month_carry::of(tx, wanted.scope, days, (opd, wanted.month), months_read).await?;
        for row in closings.carried {
            let carried = serde_json::from_str(&row.carried).map_err(ServiceError::internal)?;
            stored.entry(row.employee_id).or_default().insert(row.month, carried);
        }
        let lacks = |month: &&Month| {
            people.iter().any(|person| {
                let (from, until) = employment(person);
                let employed =
                    from.is_none_or(|d| d <= month.last()) && until.is_none_or(|d| month.first() <= d);
                let known = stored.get(&person.employee.employee_id);
                employed && known.is_none_or(|of_person| !of_person.contains_key(month))
            })
        };
        let open = months.iter().find(lacks).copied();
        Ok((Past { months, stored, open }, opd.map(|_| closings.steps)))
    }

    /// The first day that has to be judged besides those asked for.
    pub(super) fn first_day(&self) -> Option<Date> {
        self.open.map(Month::first)
    }

    /// The earlier months, in order.
    pub(super) fn months(&self) -> impl Iterator<Item = Month> {
        self.months.iter().copied()
    }

    /// What the lock of a month stored of a person.
    pub(super) fn stored(&self, person: EmployeeId, month: Month) -> Option<&Carried> {
        self.stored.get(&person)?.get(&month)
    }
}

/// How far back the policies of the month look: to January, to the month before, or not at all.
fn months(reference: &Reference, wanted: &Wanted<'_>) -> Vec<Month> {
    let month = wanted.month;
    let mut look = LookBack { year: wanted.with_year, runs: wanted.with_year };
    if wanted.with_tpp {
        let holds = |p: &&domain::policy::Policy| {
            p.effective_from() <= month.last() && p.effective_until().is_none_or(|d| month.first() <= d)
        };
        for policy in reference.policies.all().iter().filter(holds) {
            let own = policy.looks_back();
            look = LookBack { year: look.year || own.year, runs: look.runs || own.runs };
        }
    }
    let mut first = month;
    while look.year && first.number() > 1 {
        first = first.previous();
    }
    if look.runs {
        first = first.min(month.previous());
    }
    let mut months = Vec::new();
    while first < month {
        months.push(first);
        first = first.next();
    }
    months
}
