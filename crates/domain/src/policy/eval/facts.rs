//! The days of a person as the rules see them, after the switches of `[day]`.

use jiff::civil::{Date, DateTime, Time};

use super::standing::Standing;
use crate::{
    day::{DayCode, DayResult},
    month::Month,
    policy::{
        document::Policy,
        input::{PersonMonth, Who},
        rules::day_switches::{DaySwitches, Missing},
    },
};

/// One day.
#[derive(Debug, Clone)]
pub struct Fact<'a> {
    /// The date.
    pub date: Date,
    /// The judged day; `None` for an event on a day that was not judged.
    pub day: Option<&'a DayResult>,
    /// Who the person was.
    pub who: &'a Who,
    /// Whether cuts apply.
    pub standing: Standing,
    /// Minutes late; `None` when lateness is not a question.
    pub late: Option<i64>,
    /// Minutes early.
    pub early: Option<i64>,
    /// Minutes late back from rest.
    pub break_late: Option<i64>,
    /// No check-in, as a signal of its own.
    pub missing_in: bool,
    /// No check-out, as a signal of its own.
    pub missing_out: bool,
    /// No punch on coming back from rest.
    pub missing_break: bool,
    /// Absent without notice.
    pub absent: bool,
    /// Half day, as a signal of its own.
    pub half: bool,
    /// Came.
    pub present: bool,
    /// Status of a working day.
    pub status: Option<&'a str>,
    /// Status of the day, also of a free one; excuses from events.
    pub excuse: Option<&'a str>,
    /// Status of part of the day.
    pub partial: Option<&'a str>,
    /// Minutes worked, where both punches exist.
    pub worked: Option<i64>,
    /// Minutes required.
    pub required: i64,
    /// Ramadan hours.
    pub ramadan: bool,
}

impl Fact<'_> {
    /// Whether cuts apply.
    pub fn in_force(&self) -> bool {
        self.standing.cuts_apply()
    }

    /// Whether the person was expected to work; free days neither count nor break a run.
    pub fn required_day(&self) -> bool {
        self.present || self.absent || self.status.is_some()
    }

    /// Minutes worked less than required.
    pub fn shortage(&self) -> Option<i64> {
        self.worked.map(|worked| (self.required - worked).max(0))
    }

    /// Late and early together.
    pub fn late_early(&self) -> Option<i64> {
        match (self.late, self.early) {
            (None, None) => None,
            (late, early) => Some(late.unwrap_or(0) + early.unwrap_or(0)),
        }
    }
}

/// All days of the month and all dates with events, in order.
pub fn facts<'a>(policy: &Policy, person: &'a PersonMonth, fallback: &'a Who) -> Vec<Fact<'a>> {
    let mut all: Vec<Fact> = Vec::with_capacity(person.days.len() + 2);
    for day in person.days.iter().filter(|day| person.month.contains(day.date)) {
        all.push(judged(policy, person, fallback, day));
    }
    all.sort_by_key(|fact| fact.date);
    all.dedup_by_key(|fact| fact.date);
    let judged = all.len();
    for event in person.events.iter().filter(|event| within(person.month, event.date)) {
        let known = all[..judged].binary_search_by_key(&event.date, |fact| fact.date).is_ok();
        if !known && !all[judged..].iter().any(|fact| fact.date == event.date) {
            all.push(blank(policy, person, fallback, event.date));
        }
    }
    if all.len() > judged {
        all.sort_by_key(|fact| fact.date);
    }
    all
}

fn within(month: Month, date: Date) -> bool {
    month.contains(date)
}

fn blank<'a>(policy: &Policy, person: &'a PersonMonth, fallback: &'a Who, date: Date) -> Fact<'a> {
    let in_ramadan = person.periods.iter().any(|p| p.name == "ramadan" && (p.from..=p.until).contains(&date));
    Fact {
        date,
        day: None,
        who: person.who.on(date).unwrap_or(fallback),
        standing: Standing::on(&policy.header, person, date),
        late: None,
        early: None,
        break_late: None,
        missing_in: false,
        missing_out: false,
        missing_break: false,
        absent: false,
        half: false,
        present: false,
        status: None,
        excuse: None,
        partial: None,
        worked: None,
        required: 0,
        ramadan: in_ramadan,
    }
}

fn judged<'a>(policy: &Policy, person: &'a PersonMonth, fallback: &'a Who, day: &'a DayResult) -> Fact<'a> {
    let switches = &policy.day;
    let mut fact = blank(policy, person, fallback, day.date);
    fact.day = Some(day);
    fact.partial = day.partial_status.as_ref().map(|code| code.as_str());
    if let Some(planned) = &day.planned {
        fact.ramadan |= planned.ramadan;
        fact.required = planned.required_minutes;
    }
    match &day.code {
        // Work on a free day is welcome and costs nothing.
        DayCode::Hadir | DayCode::SetengahHari if !day.required => {}
        DayCode::Hadir => came(policy, &mut fact, day),
        DayCode::SetengahHari if switches.half_day_is_absent => fact.absent = true,
        DayCode::SetengahHari => {
            fact.half = true;
            came(policy, &mut fact, day);
        }
        DayCode::Tk => fact.absent = true,
        DayCode::Status(code) => {
            fact.excuse = Some(code.as_str());
            fact.status = day.required.then_some(code.as_str());
            let keeps = &switches.status_keeps_minutes;
            if day.required && !keeps.is_empty() && keeps.take(Some(code.as_str())) {
                came(policy, &mut fact, day);
            }
        }
        DayCode::Libur | DayCode::Lepas | DayCode::LepasJaga | DayCode::Belum | DayCode::TanpaJadwal => {}
    }
    fact
}

fn came(policy: &Policy, fact: &mut Fact, day: &DayResult) {
    let switches = &policy.day;
    let plan = &policy.plan;
    fact.present = fact.status.is_none();
    fact.late = Some(late_minutes(switches, day));
    fact.early = Some(early_minutes(switches, day));
    fact.break_late = Some(day.break_late_minutes);
    fact.missing_break = day.missing_break;
    if !day.missing_in && !day.missing_out {
        fact.worked = Some(day.worked_minutes);
    }
    if day.partial_status.is_some() && switches.partial_excuses {
        (fact.late, fact.early, fact.break_late, fact.worked) = (None, None, None, None);
        fact.missing_break = false;
        return;
    }
    let mut absent = false;
    if day.missing_in {
        fact.late = match switches.missing_in {
            Missing::OwnRule | Missing::Ignore => None,
            Missing::TopBand => Some(plan.top_late),
            Missing::Minutes(minutes) => Some(minutes),
            Missing::Clock(time) => Some(late_at(switches, day, time)),
            Missing::Absent => {
                absent = true;
                None
            }
        };
        fact.missing_in = switches.missing_in == Missing::OwnRule;
    }
    if day.missing_out {
        fact.early = match switches.missing_out {
            Missing::OwnRule | Missing::Ignore => None,
            Missing::TopBand => Some(plan.top_early),
            Missing::Minutes(minutes) => Some(minutes),
            Missing::Clock(time) => Some(early_at(day, time)),
            Missing::Absent => {
                absent = true;
                None
            }
        };
        fact.missing_out = switches.missing_out == Missing::OwnRule;
    }
    if absent {
        fact.absent = true;
        fact.present = false;
        fact.half = false;
        (fact.late, fact.early, fact.break_late) = (None, None, None);
        (fact.missing_in, fact.missing_out, fact.missing_break) = (false, false, false);
    }
}

/// Whole minutes from `a` to `b`, and whether seconds are left over.
fn between(a: DateTime, b: DateTime) -> (i64, bool) {
    let seconds = b.duration_since(a).as_secs();
    (seconds.div_euclid(60), seconds.rem_euclid(60) > 0)
}

fn late_minutes(switches: &DaySwitches, day: &DayResult) -> i64 {
    let mut minutes = day.late_minutes;
    let (Some(planned), Some(check_in)) = (&day.planned, day.check_in) else { return minutes };
    let grace = between(planned.late_counted_from, planned.on_time_until).0.max(0);
    if switches.count_started_minute {
        let (past_limit, seconds) = between(planned.on_time_until, check_in);
        // A judge that counts begun minutes, or leaves out those of an outage, has another figure than this one.
        let dropped = minutes == between(planned.late_counted_from, check_in).0;
        if minutes > 0 && seconds && dropped {
            minutes += 1;
        } else if minutes == 0 && past_limit == 0 && seconds {
            // The judge dropped the seconds; the first started minute after the limit is late.
            minutes = grace + 1;
        }
    }
    if switches.late_from_limit && minutes > 0 { (minutes - grace).max(0) } else { minutes }
}

fn early_minutes(switches: &DaySwitches, day: &DayResult) -> i64 {
    let minutes = day.early_minutes;
    let (Some(planned), Some(check_out)) = (&day.planned, day.check_out) else { return minutes };
    if !switches.count_started_minute || check_out >= planned.leave_from {
        return minutes;
    }
    let (whole, seconds) = between(check_out, planned.end);
    // Only where the judge's figure is this very difference; an excused day stays excused.
    if minutes == whole && seconds { minutes + 1 } else { minutes }
}

fn late_at(switches: &DaySwitches, day: &DayResult, time: Time) -> i64 {
    let Some(planned) = &day.planned else { return 0 };
    let at = planned.start.date().to_datetime(time);
    if at <= planned.on_time_until {
        return 0;
    }
    let from = if switches.late_from_limit { planned.on_time_until } else { planned.late_counted_from };
    between(from, at).0.max(0)
}

fn early_at(day: &DayResult, time: Time) -> i64 {
    let Some(planned) = &day.planned else { return 0 };
    let at = planned.end.date().to_datetime(time);
    if at >= planned.leave_from { 0 } else { between(at, planned.end).0.max(0) }
}
