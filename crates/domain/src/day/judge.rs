//! The judgement of one person over a range of dates.

use std::collections::BTreeMap;

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
    let look = free_run::LOOK.days();
    let days: Vec<Day<'_>> = dates(from.saturating_sub(look), until.saturating_add(look))
        .map(|date| Day::plan(facts, date))
        .collect();
    let kinds: Vec<DayKind> = days.iter().map(Day::kind).collect();
    let (first, last) = (from.saturating_sub(REACH.days()), until.saturating_add(REACH.days()));

    let mut slots: Vec<Slot<'_>> = Vec::with_capacity(days.len());
    for (index, day) in days.iter().enumerate().filter(|(_, d)| first <= d.date && d.date <= last) {
        day.add_slots(index, &mut slots);
    }
    slots.sort_by_key(|s| (s.window_from(), s.start));
    let Sorted { punches, skipped } = punches_near(facts, first, last);
    let (offered, homeless) = assign(&punches, &slots);

    let mut filled: Vec<(Slot<'_>, Offered<'_>)> = slots.into_iter().zip(offered).collect();
    filled.sort_by_key(|(slot, _)| slot.day);
    let mut next = 0;
    let homeless = homeless.into_iter().map(|p| (p, None));
    let mut left_out: BTreeMap<Date, Vec<(&Punch, Option<Reason>)>> = BTreeMap::new();
    for (punch, reason) in skipped.into_iter().map(|(p, r)| (p, Some(r))).chain(homeless) {
        left_out.entry(punch.at.date()).or_default().push((punch, reason));
    }

    let mut results = Vec::with_capacity(days.len());
    for (index, day) in days.iter().enumerate().filter(|(_, d)| from <= d.date && d.date <= until) {
        let begin = next + filled[next..].partition_point(|(slot, _)| slot.day < index);
        next = begin + filled[begin..].partition_point(|(slot, _)| slot.day == index);
        let mut result = day.judge(facts, &mut filled[begin..next]);
        for (punch, reason) in left_out.remove(&day.date).unwrap_or_default() {
            let reason = reason.unwrap_or_else(|| day.why_homeless());
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

fn dates(first: Date, last: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(first), |date| date.tomorrow().ok()).take_while(move |date| *date <= last)
}

/// Punches oldest first, apart from those that must not be counted.
struct Sorted<'a> {
    punches: Vec<&'a Punch>,
    skipped: Vec<(&'a Punch, Reason)>,
}

/// The punches of the range and of a day on both sides.
fn punches_near<'a>(facts: &PersonFacts<'a>, first: Date, last: Date) -> Sorted<'a> {
    let (first, last) = (first.yesterday().unwrap_or(first), last.tomorrow().unwrap_or(last));
    let mut sorted = Sorted { punches: Vec::with_capacity(facts.punches.len()), skipped: Vec::new() };
    for punch in facts.punches.iter().filter(|p| first <= p.at.date() && p.at.date() <= last) {
        if punch.skip {
            sorted.skipped.push((punch, Reason::Skipped));
        } else if punch.at > facts.as_of {
            sorted.skipped.push((punch, Reason::AfterAsOf));
        } else {
            sorted.punches.push(punch);
        }
    }
    let by_time = |a: &Punch, b: &Punch| (a.at, &a.id).cmp(&(b.at, &b.id));
    sorted.punches.sort_by(|a, b| by_time(a, b));
    sorted.skipped.sort_by(|(a, _), (b, _)| by_time(a, b));
    sorted
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
        let plan = schedule.map(|s| s.plan(date, facts.calendar, facts.roster, facts.offset_on(date)));
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

    fn add_slots(&self, index: usize, slots: &mut Vec<Slot<'a>>) {
        let Some(rules) = self.rules() else { return };
        let shifts = match &self.plan {
            Some(DayPlan::Work { shifts, .. }) => shifts,
            Some(DayPlan::Free { otherwise, .. }) if rules.attendance_on_holidays => otherwise,
            _ => return,
        };
        slots.extend(shifts.iter().map(|s| Slot::place(*s, rules, self.date, index)));
    }

    fn why_homeless(&self) -> Reason {
        match &self.plan {
            Some(DayPlan::Work { .. }) => Reason::OutsideWindow,
            _ => Reason::FreeDay,
        }
    }

    fn judge(&self, facts: &PersonFacts<'a>, mine: &mut [(Slot<'a>, Offered<'a>)]) -> DayResult {
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
            let ignored = ignore_all(mine, &covered);
            let code = DayCode::Status(status.code.clone());
            return DayResult { required, planned, ignored, reasons, ..DayResult::blank(self.date, code) };
        }
        let mut partial_status = None;
        for status in statuses.iter().filter(|_| required) {
            if status.part == DayPart::Full {
                reasons.push(Reason::StatusPlace { code: status.code.clone() });
            } else {
                for (slot, _) in mine.iter_mut() {
                    slot.cover(status);
                }
                let (code, document) = (status.code.clone(), status.document.clone());
                reasons.push(Reason::StatusPart { code, part: status.part, document });
            }
            partial_status.get_or_insert_with(|| status.code.clone());
        }
        match &self.plan {
            Some(DayPlan::Work { .. }) => {
                let judged = combine(self.date, mine, facts.gaps, facts.as_of, reasons);
                DayResult { required, partial_status, ..judged }
            }
            Some(DayPlan::Free { kind, .. }) => {
                if mine.iter().any(|(_, punches)| !punches.is_empty()) {
                    let mut attended = reasons.clone();
                    attended.push(Reason::HolidayAttended);
                    let judged = combine(self.date, mine, facts.gaps, facts.as_of, attended);
                    if matches!(judged.code, DayCode::Hadir | DayCode::SetengahHari) {
                        return DayResult { required: false, ..judged };
                    }
                }
                let code = match kind {
                    FreeKind::Weekend | FreeKind::Holiday(_) => DayCode::Libur,
                    FreeKind::Roster => DayCode::Lepas,
                    FreeKind::AfterNight(_) => DayCode::LepasJaga,
                };
                let ignored = ignore_all(mine, &Reason::FreeDay);
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
