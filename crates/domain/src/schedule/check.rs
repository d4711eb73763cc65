//! Finding contradictions in a schedule before anyone is judged by it.

use super::{Overlay, PunchRule, Rules, Schedule, ScheduleKind, Shift, WeekdayName};
use crate::document::Problem;

impl Schedule {
    /// What is contradictory or missing in this schedule; empty when it can be used.
    pub fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.code.trim().is_empty() {
            problems.push(
                Problem::at("code", "the schedule needs a code").remedy("for example code = \"kantor\""),
            );
        }
        check_rules(&self.rules, &mut problems);
        if self.shifts.is_empty() {
            problems.push(
                Problem::at("shift", "the schedule has no shift")
                    .remedy("add a [[shift]] with code, start and end"),
            );
        }
        for (i, shift) in self.shifts.iter().enumerate() {
            check_shift(shift, &self.rules, &format!("shift[{i}]"), &mut problems);
            if self.shifts[..i].iter().any(|s| s.code == shift.code) {
                problems.push(Problem::at(
                    format!("shift[{i}].code"),
                    format!("the code '{}' is used twice", shift.code),
                ));
            }
        }
        if self.kind == ScheduleKind::Weekly
            && self.shifts.iter().all(|s| s.days.is_empty())
            && !self.shifts.is_empty()
        {
            let remedy = "give a shift days = [\"mon\", …], or write kind = \"roster\"";
            problems.push(
                Problem::at("shift", "no shift of this weekly schedule names a weekday").remedy(remedy),
            );
        }
        if let Some(cycle) = &self.cycle {
            if self.kind == ScheduleKind::Weekly {
                problems.push(
                    Problem::at("cycle", "a weekly schedule has no cycle").remedy("write kind = \"roster\""),
                );
            }
            if cycle.shifts.is_empty() {
                problems.push(Problem::at("cycle.shifts", "the cycle is empty"));
            }
            for (i, code) in cycle.shifts.iter().enumerate() {
                if self.shift(code).is_none() && self.free_code(code).is_none() {
                    let message = format!("'{code}' is neither a shift of this schedule nor a free code");
                    problems.push(
                        Problem::at(format!("cycle.shifts[{i}]"), message).remedy("free codes are L and LJ"),
                    );
                }
            }
        }
        for (i, overlay) in self.overlays.iter().enumerate() {
            self.check_overlay(overlay, &format!("overlay[{i}]"), &mut problems);
        }
        problems
    }

    fn check_overlay(&self, overlay: &Overlay, path: &str, problems: &mut Vec<Problem>) {
        match (&overlay.period, overlay.from, overlay.until) {
            (Some(_), None, None) => {}
            (Some(_), ..) => problems.push(Problem::at(path, "give either period or from/until, not both")),
            (None, None, None) => {
                problems.push(
                    Problem::at(path, "the overlay says nowhere when it holds")
                        .remedy("add period = \"ramadan\", or from and until"),
                );
            }
            (None, Some(from), Some(until)) if until < from => {
                problems.push(Problem::at(format!("{path}.until"), format!("{until} lies before {from}")));
            }
            _ => {}
        }
        if overlay.shifts.is_empty() && overlay.free_days.is_empty() {
            problems.push(
                Problem::at(path, "the overlay changes nothing").remedy("add [[overlay.shift]] or free_days"),
            );
        }
        for (i, shift) in overlay.shifts.iter().enumerate() {
            let path = format!("{path}.shift[{i}]");
            check_shift(shift, &self.rules, &path, problems);
            if shift.days.is_empty() && self.shift(&shift.code).is_none() {
                let message =
                    format!("'{}' replaces no shift: the schedule has none of this code", shift.code);
                problems
                    .push(Problem::at(path, message).remedy("name days, or the code of a shift to replace"));
            }
        }
    }
}

fn check_rules(rules: &Rules, problems: &mut Vec<Problem>) {
    let minutes = [
        ("flex_minutes", rules.flex_minutes),
        ("duplicate_minutes", rules.duplicate_minutes),
        ("min_gap_minutes", rules.min_gap_minutes),
        ("window_before_minutes", rules.window_before_minutes),
        ("window_after_minutes", rules.window_after_minutes),
        ("half_day_below_minutes", rules.half_day_below_minutes.unwrap_or(0)),
        ("absent_below_minutes", rules.absent_below_minutes.unwrap_or(0)),
    ];
    for (name, value) in minutes {
        if !(0..=2880).contains(&value) {
            problems.push(Problem::at(
                format!("rules.{name}"),
                format!("{value} is not between 0 and 2880 minutes"),
            ));
        }
    }
    if let (Some(half), Some(absent)) = (rules.half_day_below_minutes, rules.absent_below_minutes)
        && absent > half
    {
        let message = format!("absent below {absent} minutes leaves nothing for half a day below {half}");
        problems.push(
            Problem::at("rules.absent_below_minutes", message).remedy("make it the smaller of the two"),
        );
    }
}

fn check_shift(shift: &Shift, rules: &Rules, path: &str, problems: &mut Vec<Problem>) {
    let mut say = |field: &str, message: String, remedy: &str| {
        let path = if field.is_empty() { path.to_owned() } else { format!("{path}.{field}") };
        problems.push(Problem::at(path, message).remedy(remedy));
    };
    if shift.code.trim().is_empty() {
        say("code", "the shift needs a code".to_owned(), "for example code = \"P\"");
    }
    let (start, end) = (shift.start, shift.nominal_end());
    if start.day_offset() != 0 {
        say(
            "start",
            format!("{start} does not lie on the working date"),
            "a shift belongs to the date on which it starts",
        );
    }
    if end.as_minutes() - start.as_minutes() > 48 * 60 {
        say("end", "the shift is longer than 48 hours".to_owned(), "");
    }
    if let Some(rest) = shift.placed_rest()
        && !(start <= rest.from && rest.from < rest.until && rest.until <= end)
    {
        say("rest", format!("{} to {} does not lie inside the shift", rest.from, rest.until), "");
    }
    if shift.net_minutes() < 0 {
        say("required_minutes", "less than nothing is required".to_owned(), "");
    }
    let (comes, leaves) = (shift.accepts_in(rules), shift.accepts_out(rules));
    if comes.until < comes.from {
        say("in_window", format!("it closes at {} before it opens at {}", comes.until, comes.from), "");
    }
    if comes.until < start || comes.from > shift.on_time_limit() {
        say(
            "in_window",
            format!("nobody could come on time: it is open from {} to {}", comes.from, comes.until),
            "",
        );
    }
    if leaves.until < shift.leave_limit() {
        say(
            "out_window",
            format!("it closes at {} before anyone may leave at {}", leaves.until, shift.leave_limit()),
            "",
        );
    }
    if shift.on_time_limit() < start {
        say(
            "on_time_until",
            format!("{} lies before the start {start}", shift.on_time_limit()),
            "move the start instead",
        );
    }
    if rules.punches == PunchRule::LastInWindow
        && (shift.in_window.is_none() || shift.out_window.is_none() || comes.until >= leaves.from)
    {
        let remedy = "give in_window and out_window that do not overlap";
        say("", "with punches = \"last_in_window\" both windows must be given and apart".to_owned(), remedy);
    }
    if rules.punches == PunchRule::Paired && shift.rest_check.is_some() {
        let remedy = "paired punches leave the rest out by themselves";
        say("rest_check", "a rest check does not go with punches = \"paired\"".to_owned(), remedy);
    }
    if let (Some(from), Some(until)) = (shift.valid_from, shift.valid_until)
        && until < from
    {
        say("valid_until", format!("{until} lies before {from}"), "");
    }
    for (i, day) in shift.days.iter().enumerate() {
        if shift.days[..i].contains(day) {
            say("days", format!("{} is listed twice", day_code(*day)), "");
        }
    }
}

fn day_code(day: WeekdayName) -> &'static str {
    match day {
        WeekdayName::Mon => "mon",
        WeekdayName::Tue => "tue",
        WeekdayName::Wed => "wed",
        WeekdayName::Thu => "thu",
        WeekdayName::Fri => "fri",
        WeekdayName::Sat => "sat",
        WeekdayName::Sun => "sun",
    }
}
