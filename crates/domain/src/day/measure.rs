//! What follows from the punches of one shift: late, early, missing, absent.

use jiff::civil::DateTime;

use super::{
    DayCode, Gap, GapCause, IgnoredPunch, Reason, Side,
    pick::{Picked, pick},
    slot::{Slot, begun_minutes_between, minutes_between, seconds_between},
};
use crate::punch::{PlaceState, Punch};

/// One judged shift.
#[derive(Debug)]
pub(super) struct Measured {
    pub code: DayCode,
    pub check_in: Option<DateTime>,
    pub check_out: Option<DateTime>,
    pub in_place: PlaceState,
    pub out_place: PlaceState,
    pub late: i64,
    pub early: i64,
    pub break_late: i64,
    pub missing_break: bool,
    pub missing_in: bool,
    pub missing_out: bool,
    pub worked: i64,
    pub used: Vec<String>,
    pub ignored: Vec<IgnoredPunch>,
    pub reasons: Vec<Reason>,
}

/// Judges one shift by its punches, oldest first, as of a moment.
pub(super) fn measure(slot: &Slot<'_>, offered: &[&Punch], gaps: &[Gap], as_of: DateTime) -> Measured {
    let open = as_of <= slot.window_until();
    let mut picked = pick(slot, offered, open);
    let mut out = Measured::start();
    let has_punches = picked.check_in.is_some() || picked.check_out.is_some();
    if open {
        postpone_check_out(slot, &mut picked);
    }
    out.reasons.append(&mut picked.notes);
    if has_punches {
        out.code = DayCode::Hadir;
        coming(slot, &picked, gaps, &mut out);
        leaving(slot, &picked, gaps, open, &mut out);
        rest(slot, &picked, gaps, open, &mut out);
        worked(slot, &picked, &mut out);
    } else {
        nobody(slot, gaps, as_of, open, &mut out);
    }
    out.take_references(picked);
    out
}

impl Measured {
    fn start() -> Measured {
        Measured {
            code: DayCode::Belum,
            check_in: None,
            check_out: None,
            in_place: PlaceState::Unknown,
            out_place: PlaceState::Unknown,
            late: 0,
            early: 0,
            break_late: 0,
            missing_break: false,
            missing_in: false,
            missing_out: false,
            worked: 0,
            used: Vec::new(),
            ignored: Vec::new(),
            reasons: Vec::new(),
        }
    }

    fn take_references(&mut self, picked: Picked<'_>) {
        self.used = Vec::with_capacity(2 + picked.inner.len());
        // The check-in comes before the return from rest and that before the check-out, pairs lie between.
        let ends = [picked.check_in, picked.back].into_iter().flatten();
        let used = ends.chain(picked.inner.iter().copied()).chain(picked.check_out);
        self.used.extend(used.map(|p| p.id.clone()));
        let ignored = picked.ignored.into_iter();
        self.ignored = ignored.map(|(p, reason)| IgnoredPunch { id: p.id.clone(), reason }).collect();
    }
}

/// A check-out before time may still be followed by a later one, so while the window is open it decides nothing.
fn postpone_check_out(slot: &Slot<'_>, picked: &mut Picked<'_>) {
    let Some(punch) = picked.check_out.filter(|p| slot.effective(p.at) < slot.leave) else { return };
    picked.check_out = None;
    if picked.pairs.is_empty() {
        picked.ignored.push((punch, Reason::WindowOpen { until: slot.window_until() }));
    } else {
        picked.inner.push(punch);
    }
}

fn coming(slot: &Slot<'_>, picked: &Picked<'_>, gaps: &[Gap], out: &mut Measured) {
    let Some(punch) = picked.check_in else {
        let expected_until = slot.in_until.min(slot.middle());
        match gaps.iter().find(|g| g.touches(slot.in_from, expected_until)) {
            Some(gap) => out.reasons.push(gap_reason(gap, Some(Side::In))),
            None => {
                out.missing_in = true;
                out.reasons.push(Reason::MissingIn);
            }
        }
        return;
    };
    let at = slot.effective(punch.at);
    out.check_in = Some(punch.at);
    out.in_place = punch.place;
    let limit = slot.on_time;
    if at <= limit {
        if punch.at > limit && at != punch.at {
            out.reasons.push(Reason::SecondsLeftOut { side: Side::In, at: punch.at });
        } else if at > slot.start && slot.covered_minutes == 0 {
            out.reasons.push(Reason::WithinLimit { at, limit });
        }
        return;
    }
    if begun_minutes_between(limit, at) <= slot.rules.flex_minutes {
        return;
    }
    let since = slot.late_counted_from();
    let counted = begun_minutes_between(since, at);
    let excused = excuse(gaps, since, at, Side::In, &mut out.reasons);
    out.late = (counted - excused).max(0);
    if out.late > 0 {
        out.reasons.push(Reason::Late { minutes: out.late, at: punch.at, limit, since });
    }
}

fn leaving(slot: &Slot<'_>, picked: &Picked<'_>, gaps: &[Gap], open: bool, out: &mut Measured) {
    let Some(punch) = picked.check_out else {
        let expected_from = slot.out_from.max(slot.middle());
        let until = slot.window_until();
        if open {
            out.reasons.push(Reason::WindowOpen { until });
        } else if let Some(gap) = gaps.iter().find(|g| g.touches(expected_from, slot.out_until)) {
            out.reasons.push(gap_reason(gap, Some(Side::Out)));
        } else {
            out.missing_out = true;
            out.reasons.push(Reason::MissingOut { closed: until });
        }
        return;
    };
    let at = slot.effective(punch.at);
    out.check_out = Some(punch.at);
    out.out_place = punch.place;
    let limit = flexed_leave(slot, picked, out);
    if at >= limit {
        return;
    }
    let excused = excuse(gaps, at, limit, Side::Out, &mut out.reasons);
    out.early = (begun_minutes_between(at, limit) - excused).max(0);
    if out.early > 0 {
        out.reasons.push(Reason::Early { minutes: out.early, at: punch.at, limit });
    }
}

/// Who used the flexible start leaves as much later.
fn flexed_leave(slot: &Slot<'_>, picked: &Picked<'_>, out: &mut Measured) -> DateTime {
    let Some(check_in) = picked.check_in else { return slot.leave };
    let minutes = begun_minutes_between(slot.on_time, slot.effective(check_in.at));
    if minutes <= 0 || minutes > slot.rules.flex_minutes {
        return slot.leave;
    }
    let leave_from = slot.leave.saturating_add(jiff::SignedDuration::from_mins(minutes));
    out.reasons.push(Reason::Flex { minutes, leave_from });
    leave_from
}

fn rest(slot: &Slot<'_>, picked: &Picked<'_>, gaps: &[Gap], open: bool, out: &mut Measured) {
    let Some(check) = slot.planned.shift.placed_rest_check() else { return };
    let (from, until) = (check.from.on(slot.date), check.until.on(slot.date));
    let excused = slot.covered_minutes > 0 || gaps.iter().any(|g| g.touches(from, until));
    match picked.back {
        Some(punch) => {
            let (at, limit) =
                (slot.effective(punch.at), check.on_time_until.unwrap_or(check.from).on(slot.date));
            out.break_late = begun_minutes_between(limit, at).max(0);
            if out.break_late > 0 {
                out.reasons.push(Reason::BreakLate { minutes: out.break_late, at: punch.at, limit });
            }
        }
        None if !open && !excused => {
            out.missing_break = true;
            out.reasons.push(Reason::MissingBreak);
        }
        None => {}
    }
}

fn worked(slot: &Slot<'_>, picked: &Picked<'_>, out: &mut Measured) {
    let whole = match (picked.check_in, picked.check_out) {
        (Some(i), Some(o)) => Some((slot.effective(i.at), slot.effective(o.at))),
        _ => None,
    };
    let net =
        |(from, until): (DateTime, DateTime)| minutes_between(from, until) - slot.rest_within(from, until);
    out.worked = if picked.pairs.is_empty() {
        whole.map_or(0, net)
    } else {
        picked.pairs.iter().copied().map(net).sum()
    };
    if whole.is_none() {
        return;
    }
    let (worked, credited) = (out.worked, out.worked + slot.covered_minutes);
    if let Some(threshold) = slot.rules.absent_below_minutes.filter(|t| credited < *t) {
        out.code = DayCode::Tk;
        out.reasons.push(Reason::BelowPresence { worked, threshold });
    } else if let Some(threshold) = slot.rules.half_day_below_minutes.filter(|t| credited < *t) {
        out.code = DayCode::SetengahHari;
        out.reasons.push(Reason::BelowHalfDay { worked, threshold });
    }
}

/// No punch at all: absent only when nothing can come any more and nothing may be missing.
fn nobody(slot: &Slot<'_>, gaps: &[Gap], as_of: DateTime, open: bool, out: &mut Measured) {
    if slot.date > as_of.date() {
        out.reasons.push(Reason::Future);
    } else if open {
        out.reasons.push(Reason::WindowOpen { until: slot.window_until() });
    } else if let Some(gap) = gaps.iter().find(|g| g.touches(slot.window_from(), slot.window_until())) {
        out.reasons.push(gap_reason(gap, None));
    } else {
        out.code = DayCode::Tk;
        out.reasons.push(Reason::NoPunch { closed: slot.window_until() });
    }
}

fn gap_reason(gap: &Gap, side: Option<Side>) -> Reason {
    Reason::DataGap { side, from: gap.from, until: gap.until, cause: gap.cause }
}

/// Minutes between two moments during which nobody could punch. A terminal that was merely silent keeps its
/// punches with their times and excuses nothing here.
fn excuse(gaps: &[Gap], from: DateTime, until: DateTime, side: Side, reasons: &mut Vec<Reason>) -> i64 {
    let mut minutes = 0;
    let mut covered = from;
    let mut outages: Vec<&Gap> =
        gaps.iter().filter(|g| g.cause != GapCause::TerminalSilent && g.touches(from, until)).collect();
    outages.sort_by_key(|g| g.from);
    for gap in outages {
        let (begin, end) = (gap.from.max(covered), gap.end().min(until));
        let seconds = seconds_between(begin, end).max(0);
        let part = (seconds + 59) / 60;
        if part > 0 {
            minutes += part;
            reasons.push(Reason::OutageExcluded { side, minutes: part, from: gap.from, until: gap.until });
        }
        covered = covered.max(end);
    }
    minutes
}
