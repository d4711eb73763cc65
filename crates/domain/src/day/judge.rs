//! The judgement of one person over a range of dates.

use jiff::{ToSpan, civil::Date};

use super::{
    DayCode, DayPart, DayResult, IgnoredPunch, PersonFacts, Reason, StatusFact,
    assign::{Offered, assign},
    combine::{combine, planned_of},
    free_run::{self, DayKind},
    slot::Slot,
};
use crate::{
    calendar::Level,
    month::Month,
    punch::Punch,
    schedule::{DayPlan, FreeKind, Rules, Schedule},
};

/// Shifts of this many days around the range compete for its punches: night shifts, 24-hour duties.
const REACH: i64 = 2;

/// Judges one date. Judging a whole month at once costs little more.
pub fn judge_day(facts: &PersonFacts<'_>, date: Date) -> DayResult {
    judge_range(facts, date, date).pop().unwrap_or_else(|| DayResult::blank(date, DayCode::TanpaJadwal))
}

/// Judges every date of a month, in order.
pub fn judge_month(facts: &PersonFacts<'_>, month: Month) -> Vec<DayResult> {
    judge_range(facts, month.first(), month.last())
}

/// Judges every date from `from` to `until`, both included, in order. Empty when `until` lies before `from`.
///
/// Every punch inside the range ends up used or ignored, with a reason, on exactly one date; the morning
/// check-out of a night shift belongs to the date on which the shift began.
pub fn judge_range(facts: &PersonFacts<'_>, from: Date, until: Date) -> Vec<DayResult> {
    let dates = |first: Date, last: Date| first.series(1.day()).take_while(move |d| *d <= last);
    let (first, last) =
        (from.saturating_sub(free_run::LOOK.days()), until.saturating_add(free_run::LOOK.days()));
    let days: Vec<Day<'_>> = dates(first, last).map(|date| Day::plan(facts, date)).collect();
    let kinds: Vec<DayKind> = days.iter().map(Day::kind).collect();

    let near =
        |date: Date| from.saturating_sub(REACH.days()) <= date && date <= until.saturating_add(REACH.days());
    let mut slots: Vec<Slot<'_>> = Vec::new();
    for day in days.iter().filter(|d| near(d.date)) {
        day.add_slots(&mut slots);
    }
    slots.sort_by_key(|s| (s.window_from(), s.start));
    let (mut skipped, punches) = punches_near(facts, from, until);
    let (mut offered, homeless) = assign(&punches, &slots);
    skipped.extend(homeless.into_iter().map(|p| (p, None)));

    let mut results = Vec::new();
    for (index, day) in days.iter().enumerate().filter(|(_, d)| from <= d.date && d.date <= until) {
        let mut mine: Vec<(Slot<'_>, Offered<'_>)> = Vec::new();
        for (slot, punches) in slots.iter().zip(&mut offered).filter(|(s, _)| s.date == day.date) {
            mine.push((slot.clone(), std::mem::take(punches)));
        }
        let mut result = day.judge(facts, mine);
        for (punch, reason) in skipped.iter().filter(|(p, _)| p.at.date() == day.date) {
            let reason = reason.clone().unwrap_or_else(|| day.why_homeless());
            result.ignored.push(IgnoredPunch { id: punch.id.clone(), reason });
        }
        if result.required {
            result.first_after_holiday = free_run::comes_after(&kinds, index);
            result.last_before_holiday = free_run::comes_before(&kinds, index);
        }
        results.push(result);
    }
    results
}

/// The punches around the range: those to judge, oldest first, and those that must not be counted.
fn punches_near<'a>(
    facts: &PersonFacts<'a>,
    from: Date,
    until: Date,
) -> (Vec<(&'a Punch, Option<Reason>)>, Vec<&'a Punch>) {
    let (first, last) = (from.saturating_sub((REACH + 1).days()), until.saturating_add((REACH + 1).days()));
    let near = facts.punches.iter().filter(|p| first <= p.at.date() && p.at.date() <= last);
    let mut skipped = Vec::new();
    let mut punches = Vec::new();
    for punch in near {
        if punch.skip {
            skipped.push((punch, Some(Reason::Skipped)));
        } else if punch.at > facts.as_of {
            skipped.push((punch, Some(Reason::AfterAsOf)));
        } else {
            punches.push(punch);
        }
    }
    let by_time = |a: &&Punch, b: &&Punch| (a.at, &a.id).cmp(&(b.at, &b.id));
    punches.sort_by(by_time);
    skipped.sort_by(|a, b| by_time(&a.0, &b.0));
    (skipped, punches)
}

/// One date with its plan.
struct Day<'a> {
    date: Date,
    employed: bool,
    schedule: Option<&'a Schedule>,
    plan: Option<DayPlan<'a>>,
}

impl<'a> Day<'a> {
    fn plan(facts: &PersonFacts<'a>, date: Date) -> Day<'a> {
        let employed =
            facts.employed_from.is_none_or(|d| d <= date) && facts.employed_until.is_none_or(|d| date <= d);
        let schedule = facts.schedules.on(date).map(std::convert::AsRef::as_ref).filter(|_| employed);
        let plan = schedule.map(|s| s.plan(date, facts.calendar, facts.roster, facts.cycle_offset));
        Day { date, employed, schedule, plan }
    }

    fn kind(&self) -> DayKind {
        match &self.plan {
            Some(DayPlan::Work { .. }) => DayKind::Work,
            Some(DayPlan::Free { kind: FreeKind::Holiday(_), .. }) => DayKind::Holiday,
            Some(DayPlan::Free { .. }) => DayKind::Free,
            _ => DayKind::Unknown,
        }
    }

    fn rules(&self) -> Option<&'a Rules> {
        self.schedule.map(|s| &s.rules)
    }

    fn add_slots(&self, slots: &mut Vec<Slot<'a>>) {
        let Some(rules) = self.rules() else { return };
        let shifts = match &self.plan {
            Some(DayPlan::Work { shifts, .. }) => shifts,
            Some(DayPlan::Free { otherwise, .. }) if rules.attendance_on_holidays => otherwise,
            _ => return,
        };
        slots.extend(shifts.iter().map(|s| Slot::place(*s, rules, self.date)));
    }

    fn why_homeless(&self) -> Reason {
        match &self.plan {
            Some(DayPlan::Work { .. }) => Reason::OutsideWindow,
            _ => Reason::FreeDay,
        }
    }

    fn judge(&self, facts: &PersonFacts<'a>, mut mine: Vec<(Slot<'a>, Offered<'a>)>) -> DayResult {
        let required = matches!(self.plan, Some(DayPlan::Work { .. }));
        let mut reasons = self.plan_reasons(facts);
        let mut statuses: Vec<&StatusFact> = facts.statuses.iter().filter(|s| s.covers(self.date)).collect();
        statuses.sort_by(|a, b| {
            (a.effective_rank(), &a.code, a.from, &a.document).cmp(&(
                b.effective_rank(),
                &b.code,
                b.from,
                &b.document,
            ))
        });
        let show_status = self.employed && (required || self.rules().is_none_or(|r| r.status_on_free_days));
        let full =
            statuses.iter().find(|s| s.part == DayPart::Full && !s.punches_expected).filter(|_| show_status);
        if let Some(status) = full {
            reasons.push(Reason::StatusDay { code: status.code.clone(), document: status.document.clone() });
            for other in statuses.iter().filter(|s| !std::ptr::eq(**s, *status) && s.code != status.code) {
                reasons.push(Reason::StatusOutranked { code: other.code.clone(), by: status.code.clone() });
            }
            let covered = Reason::CoveredByStatus { code: status.code.clone() };
            let planned = planned_of(mine.iter().map(|(slot, _)| slot)).filter(|_| required);
            let ignored = ignore_all(&mine, &covered);
            let code = DayCode::Status(status.code.clone());
            return DayResult { required, planned, ignored, reasons, ..DayResult::blank(self.date, code) };
        }
        let mut partial_status = None;
        for status in statuses.iter().filter(|_| required) {
            if status.part == DayPart::Full {
                reasons.push(Reason::StatusPlace { code: status.code.clone() });
            } else {
                for (slot, _) in &mut mine {
                    slot.cover(status);
                }
                let (code, document) = (status.code.clone(), status.document.clone());
                reasons.push(Reason::StatusPart { code, part: status.part, document });
            }
            partial_status.get_or_insert_with(|| status.code.clone());
        }
        match &self.plan {
            Some(DayPlan::Work { .. }) => {
                let judged = combine(self.date, &mine, facts.gaps, facts.as_of, reasons);
                DayResult { required, partial_status, ..judged }
            }
            Some(DayPlan::Free { kind, .. }) => {
                if mine.iter().any(|(_, punches)| !punches.is_empty()) {
                    let mut attended = reasons.clone();
                    attended.push(Reason::HolidayAttended);
                    let judged = combine(self.date, &mine, facts.gaps, facts.as_of, attended);
                    if matches!(judged.code, DayCode::Hadir | DayCode::SetengahHari) {
                        return judged;
                    }
                }
                let code = match kind {
                    FreeKind::Weekend | FreeKind::Holiday(_) => DayCode::Libur,
                    FreeKind::Roster => DayCode::Lepas,
                    FreeKind::AfterNight(_) => DayCode::LepasJaga,
                };
                let ignored = ignore_all(&mine, &Reason::FreeDay);
                DayResult { ignored, reasons, ..DayResult::blank(self.date, code) }
            }
            _ => DayResult { reasons, ..DayResult::blank(self.date, DayCode::TanpaJadwal) },
        }
    }

    fn plan_reasons(&self, facts: &PersonFacts<'a>) -> Vec<Reason> {
        let mut reasons = Vec::new();
        match &self.plan {
            None if self.employed => reasons.push(Reason::NoSchedule),
            None => reasons.push(Reason::NotEmployed),
            Some(DayPlan::NoRoster) => reasons.push(Reason::RosterMissing),
            Some(DayPlan::UnknownCode(code)) => {
                reasons.push(Reason::RosterCodeUnknown { code: (*code).to_owned() })
            }
            Some(DayPlan::NotValid) => reasons.push(Reason::ShiftNotValid),
            Some(DayPlan::Free { kind, .. }) => reasons.push(match kind {
                FreeKind::Weekend => Reason::Weekend,
                FreeKind::Roster => Reason::RosterFree,
                FreeKind::AfterNight(night) => Reason::AfterNight { night: *night },
                FreeKind::Holiday(mark) => {
                    Reason::Holiday { name: mark.name.clone(), day: mark.kind, level: mark.level }
                }
            }),
            Some(DayPlan::Work { shifts, despite }) => {
                if let Some(overlay) = shifts.iter().find_map(|s| s.overlay) {
                    reasons.push(Reason::OtherHours { name: overlay.name.clone() });
                }
                if let Some(mark) = despite {
                    reasons.push(Reason::HolidayWorked { name: mark.name.clone() });
                }
                let mark = facts.calendar.mark(self.date);
                if let Some((mark, (level, why))) = mark.and_then(|m| Some((m, m.withdrawn.as_ref()?))) {
                    let (name, level, why): (_, Level, _) = (mark.name.clone(), *level, why.clone());
                    reasons.push(Reason::HolidayWithdrawn { name, level, why });
                }
                if !facts.calendar.knows(self.date.year()) {
                    reasons.push(Reason::CalendarUnknown { year: self.date.year() });
                }
            }
        }
        reasons
    }
}

fn ignore_all(mine: &[(Slot<'_>, Offered<'_>)], reason: &Reason) -> Vec<IgnoredPunch> {
    let punches = mine.iter().flat_map(|(_, punches)| punches);
    punches.map(|p| IgnoredPunch { id: p.id.clone(), reason: reason.clone() }).collect()
}
