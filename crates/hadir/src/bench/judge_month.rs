//! An invented month in memory: facts are made beforehand, so that only judging and TPP are measured.

use std::sync::Arc;

use anyhow::Context;
use domain::{
    calendar::{Calendar, WorkWeek},
    dated::Timeline,
    day::{self, DayResult, PersonFacts, StatusFact},
    month::Month,
    policy::{self, InputValue, PersonMonth, Policy, TppResult, Who, evaluate},
    punch::{Direction, PlaceState, Punch},
    schedule::{Roster, Schedule, builtin},
};
use jiff::civil::{DateTime, Weekday};
use rust_decimal::Decimal;
use sim::population::{Person, Plan, Population, away, happening};

/// The measured month: 31 days.
pub const MONTH: &str = "2026-10";
/// Minutes of day reports that the default policy wants.
const LKH_MINUTES: i64 = 6_250;
/// Rupiah a month, invented.
const TPP: i64 = 5_000_000;

/// What all people share.
pub struct Rules {
    /// The month.
    pub month: Month,
    calendar: Calendar,
    schedules: Timeline<Arc<Schedule>>,
    roster: Roster,
    policy: Policy,
    as_of: DateTime,
    working_days: u32,
}

/// The facts of one person.
pub struct Facts {
    /// Who it is.
    pub person: Person,
    punches: Vec<Punch>,
    statuses: Vec<StatusFact>,
}

impl Rules {
    /// Five days by the Perpres, the national calendar, the default policy.
    ///
    /// # Errors
    /// When a file that ships cannot be read, which is a fault of ours.
    pub fn shipped() -> anyhow::Result<Rules> {
        let month: Month = MONTH.parse()?;
        let schedule = builtin::get(builtin::DEFAULT).context("the schedule that ships cannot be read")?;
        let text = policy::shipped("default-60-40").context("the default policy does not ship")?.text;
        let checked = Policy::parse(text).map_err(|p| anyhow::anyhow!("the default policy: {p:?}"))?;
        let calendar = Calendar::national();
        let working_days = u32::try_from(calendar.working_days_of(month, WorkWeek::FIVE_DAYS))?;
        Ok(Rules {
            month,
            calendar,
            schedules: Timeline::always(Arc::new(schedule)),
            roster: Roster::new(Vec::<(jiff::civil::Date, String)>::new()),
            policy: checked.policy,
            as_of: month.next().last().at(0, 0, 0, 0),
            working_days,
        })
    }

    /// The facts of `count` people drawn from `seed`.
    pub fn invent(&self, seed: u64, count: usize) -> Vec<Facts> {
        let people = Population::draw(seed, count).people;
        people.into_iter().enumerate().map(|(index, person)| self.facts(seed, index, person)).collect()
    }

    fn facts(&self, seed: u64, index: usize, person: Person) -> Facts {
        let away = away(seed, index, self.month.first());
        let at_work = |day: &jiff::civil::Date| {
            self.calendar.is_working(*day, WorkWeek::FIVE_DAYS)
                && !away.as_ref().is_some_and(|a| a.first <= *day && *day <= a.last)
        };
        let mut punches = Vec::new();
        for date in self.month.days().filter(at_work) {
            let end = if date.weekday() == Weekday::Friday { (16, 30) } else { (16, 0) };
            let plan = Plan { start: date.at(7, 30, 0, 0), end: date.at(end.0, end.1, 0, 0) };
            let presses = happening(seed, index, &person, plan).presses;
            punches.extend(presses.into_iter().map(punch));
        }
        let statuses = away.into_iter().map(|a| StatusFact::full(a.code, a.first, a.last)).collect();
        Facts { person, punches, statuses }
    }

    /// Judges the month of one person: the work that is measured.
    pub fn judge(&self, facts: &Facts) -> (Vec<DayResult>, TppResult) {
        let days = day::judge_month(
            &PersonFacts {
                employed_from: None,
                employed_until: None,
                schedules: &self.schedules,
                roster: &self.roster,
                cycle_offset: &Timeline::default(),
                calendar: &self.calendar,
                punches: &facts.punches,
                statuses: &facts.statuses,
                gaps: &[],
                as_of: self.as_of,
            },
            self.month,
        );
        let mut input = PersonMonth::new(self.month, who(&facts.person), self.working_days);
        input.amounts = [("tpp".to_owned(), Decimal::from(TPP))].into();
        input.inputs = [("lkh_minutes".to_owned(), InputValue::from(LKH_MINUTES))].into();
        input.days = days;
        let tpp = evaluate(&self.policy, &input);
        (input.days, tpp)
    }
}

fn who(person: &Person) -> Who {
    let mut who = Who::of(person.kind);
    who.golongan = Some(person.golongan.to_owned());
    who.kelas = Some(person.kelas);
    who
}

fn punch(at: DateTime) -> Punch {
    Punch {
        id: at.to_string(),
        at,
        direction: Direction::Unknown,
        place: PlaceState::Unknown,
        source: String::new(),
        skip: false,
    }
}
