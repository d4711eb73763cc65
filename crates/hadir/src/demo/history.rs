//! What everybody did, day by day, as lines of the terminals.

use domain::calendar::{Calendar, WorkWeek};
use jiff::{
    ToSpan,
    civil::{Date, DateTime, Weekday, time},
};
use sim::population::{Person, Plan, Population, away, happening};

use super::employees::shift_of;

/// The presses of one person from `from` to `until`, oldest first.
pub(super) fn presses(
    population: &Population,
    index: usize,
    calendar: &Calendar,
    from: Date,
    until: DateTime,
) -> Vec<DateTime> {
    let person = &population.people[index];
    let days = from.series(1.day()).take_while(|d| *d <= until.date());
    let mut presses: Vec<DateTime> = days
        .filter(|day| !is_away(population.seed, index, *day))
        .filter_map(|day| plan(person, index, calendar, day))
        .flat_map(|plan| happening(population.seed, index, person, plan).presses)
        .filter(|at| *at <= until)
        .collect();
    presses.sort_unstable();
    presses
}

fn is_away(seed: u64, index: usize, day: Date) -> bool {
    away(seed, index, day.first_of_month()).is_some_and(|a| a.first <= day && day <= a.last)
}

fn plan(person: &Person, index: usize, calendar: &Calendar, day: Date) -> Option<Plan> {
    if let Some(shift) = shift_of(person, index, day) {
        let (start, end) = match shift {
            "P" => (day.at(7, 0, 0, 0), day.at(14, 0, 0, 0)),
            "S" => (day.at(14, 0, 0, 0), day.at(21, 0, 0, 0)),
            "M" => (day.at(21, 0, 0, 0), day.saturating_add(1.day()).at(7, 0, 0, 0)),
            _ => return None,
        };
        return Some(Plan { start, end });
    }
    let working = calendar.is_working(day, WorkWeek::FIVE_DAYS);
    let end = if day.weekday() == Weekday::Friday { time(16, 30, 0, 0) } else { time(16, 0, 0, 0) };
    working.then(|| Plan { start: day.at(7, 30, 0, 0), end: day.to_datetime(end) })
}
