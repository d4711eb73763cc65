//! Which punches of a shift are the check-in and the check-out.

use jiff::civil::DateTime;

use super::{
    Reason, Side, pairs,
    slot::{Slot, minutes_between, seconds_between},
};
use crate::{
    punch::{Direction, Punch},
    schedule::{DirectionUse, PunchRule},
};

/// The punches that count, those that do not, and why.
#[derive(Debug, Default)]
pub(super) struct Picked<'a> {
    pub check_in: Option<&'a Punch>,
    pub check_out: Option<&'a Punch>,
    /// The punch on coming back from rest.
    pub back: Option<&'a Punch>,
    /// Stretches worked, under paired punches; empty otherwise.
    pub pairs: Vec<(DateTime, DateTime)>,
    /// Counted in a pair, besides the check-in and check-out.
    pub inner: Vec<&'a Punch>,
    pub ignored: Vec<(&'a Punch, Reason)>,
    pub notes: Vec<Reason>,
}

impl Picked<'_> {
    fn counts(&self, punch: &Punch) -> bool {
        let same = |p: &Option<&Punch>| p.is_some_and(|p| std::ptr::eq(p, punch));
        same(&self.check_in) || same(&self.check_out) || same(&self.back)
    }
}

/// Reads the punches of one slot. `open` while more may come.
pub(super) fn pick<'a>(slot: &Slot<'_>, offered: &[&'a Punch], open: bool) -> Picked<'a> {
    match slot.rules.punches {
        PunchRule::Paired => pairs::pick(slot, offered),
        PunchRule::FirstInLastOut | PunchRule::LastInWindow => first_and_last(slot, offered, open),
    }
}

/// How a punch may be read by its key. Unless keys are believed strictly, "out" on time in the morning and "in"
/// after hours are slips of the finger and say nothing.
fn typed(slot: &Slot<'_>, punch: &Punch) -> Direction {
    let at = slot.effective(punch.at);
    match (slot.rules.direction, punch.direction) {
        (DirectionUse::Ignore, _) => Direction::Unknown,
        (DirectionUse::Prefer, Direction::Out) if at <= slot.on_time && nearer_start(slot, at) => {
            Direction::Unknown
        }
        (DirectionUse::Prefer, Direction::In) if at >= slot.leave && !nearer_start(slot, at) => {
            Direction::Unknown
        }
        (_, direction) => direction,
    }
}

/// The latest punch; of several at one moment the one with the lowest id, so that a copy never replaces the first.
fn latest<'p, 'a: 'p>(punches: impl Iterator<Item = &'p &'a Punch>) -> Option<&'a Punch> {
    punches.copied().max_by(|a, b| a.at.cmp(&b.at).then_with(|| b.id.cmp(&a.id)))
}

fn first_and_last<'a>(slot: &Slot<'_>, offered: &[&'a Punch], open: bool) -> Picked<'a> {
    let mut picked = Picked::default();
    let last_counts = slot.rules.punches == PunchRule::LastInWindow;
    let at = |p: &Punch| slot.effective(p.at);
    let mut comes = offered.iter().filter(|p| slot.accepts_in(at(p)) && typed(slot, p) != Direction::Out);
    picked.check_in = if last_counts { latest(comes) } else { comes.next().copied() };
    picked.back = back_from_rest(slot, offered, picked.check_in);
    let leaves = |p: &&&Punch| typed(slot, p) != Direction::In && may_leave(slot, p, &picked);
    picked.check_out = latest(offered.iter().filter(leaves));
    if slot.rules.direction == DirectionUse::Prefer {
        overrule_keys(slot, offered, &mut picked);
    }
    if picked.check_out.is_none() && !last_counts {
        choose_side(slot, offered, open, &mut picked);
    }
    if slot.rules.direction == DirectionUse::Prefer {
        note_overruled_keys(&mut picked);
    }
    label_rest(slot, offered, &mut picked, last_counts);
    picked
}

/// Whether a punch can be the check-out beside what is picked already: accepted, and not just a retry.
fn may_leave(slot: &Slot<'_>, punch: &Punch, picked: &Picked<'_>) -> bool {
    let at = slot.effective(punch.at);
    let believed = slot.rules.direction == DirectionUse::Strict && punch.direction == Direction::Out;
    let far_enough = picked.check_in.is_none_or(|i| {
        at >= slot.effective(i.at) && (believed || gap(slot, i, punch) >= slot.rules.min_gap_minutes)
    });
    let after_rest = picked.back.is_none_or(|b| gap(slot, b, punch) >= slot.rules.min_gap_minutes);
    slot.accepts_out(at) && !picked.counts(punch) && far_enough && after_rest
}

/// Whole minutes between two punches as they are compared.
fn gap(slot: &Slot<'_>, from: &Punch, until: &Punch) -> i64 {
    minutes_between(slot.effective(from.at), slot.effective(until.at))
}

/// The first punch in the window of the rest check that comes after the check-in.
fn back_from_rest<'a>(
    slot: &Slot<'_>,
    offered: &[&'a Punch],
    check_in: Option<&'a Punch>,
) -> Option<&'a Punch> {
    let check = slot.planned.shift.placed_rest_check()?;
    let (from, until) = (check.from.on(slot.date), check.until.on(slot.date));
    let check_in = check_in?;
    offered.iter().copied().find(|p| {
        let at = slot.effective(p.at);
        from <= at && at <= until && gap(slot, check_in, p) >= slot.rules.min_gap_minutes
    })
}

/// Where believing the keys leaves one side empty, takes a punch typed the other way that stands nearer to that side.
fn overrule_keys<'a>(slot: &Slot<'_>, offered: &[&'a Punch], picked: &mut Picked<'a>) {
    if picked.check_in.is_none() {
        picked.check_in = offered.iter().copied().find(|p| {
            let at = slot.effective(p.at);
            let min_gap = slot.rules.min_gap_minutes;
            let before_out = picked.check_out.is_none_or(|o| gap(slot, p, o) >= min_gap);
            slot.accepts_in(at) && nearer_start(slot, at) && before_out
        });
    }
    if picked.check_out.is_none() {
        let leaves = |p: &&&Punch| may_leave(slot, p, picked) && !nearer_start(slot, slot.effective(p.at));
        picked.check_out = latest(offered.iter().filter(leaves));
    }
}

/// Tells where a counted punch carries the key of the other side.
fn note_overruled_keys(picked: &mut Picked<'_>) {
    let wrong_in = picked.check_in.filter(|p| p.direction == Direction::Out).map(|p| (p, Side::In));
    let wrong_out = picked.check_out.filter(|p| p.direction == Direction::In).map(|p| (p, Side::Out));
    for (punch, side) in wrong_in.into_iter().chain(wrong_out) {
        picked.notes.push(Reason::KeyOverruled { id: punch.id.clone(), side });
    }
}

fn nearer_start(slot: &Slot<'_>, at: DateTime) -> bool {
    seconds_between(slot.start, at).abs() <= seconds_between(at, slot.end).abs()
}

/// Only one press (with its retries): it is the side it stands nearer to.
fn choose_side<'a>(slot: &Slot<'_>, offered: &[&'a Punch], open: bool, picked: &mut Picked<'a>) {
    let Some(first) = picked.check_in else { return };
    let direction = slot.rules.direction;
    let last = latest(offered.iter().filter(|p| {
        slot.accepts_out(slot.effective(p.at))
            && (direction != DirectionUse::Strict || p.direction != Direction::In)
    }));
    let Some(last) = last else { return };
    if picked.back.is_some() {
        return;
    }
    let (at_first, at_last) = (slot.effective(first.at), slot.effective(last.at));
    let is_leaving = if open || typed(slot, first) == Direction::In {
        // While the day goes on, and where the key says "in", only a moment after hours overrules it.
        at_last >= slot.leave && !nearer_start(slot, at_last)
    } else {
        seconds_between(at_last, slot.end).abs() < seconds_between(slot.start, at_first).abs()
    };
    if is_leaving {
        picked.check_in = None;
        picked.check_out = Some(last);
        picked.notes.push(Reason::NearestSide { id: last.id.clone(), side: Side::Out });
    } else if !nearer_start(slot, at_first)
        || typed(slot, first) == Direction::Unknown && at_first > slot.middle()
    {
        picked.notes.push(Reason::NearestSide { id: first.id.clone(), side: Side::In });
    }
}

/// Says of every other punch why it was not counted.
fn label_rest<'a>(slot: &Slot<'_>, offered: &[&'a Punch], picked: &mut Picked<'a>, last_counts: bool) {
    let mut ignored = Vec::new();
    for punch in offered.iter().copied().filter(|p| !picked.counts(p)) {
        let near = |other: Option<&'a Punch>| {
            other.filter(|o| gap(slot, o, punch).abs() <= slot.rules.duplicate_minutes)
        };
        let at = slot.effective(punch.at);
        let after_in = picked.check_in.is_some_and(|i| at >= slot.effective(i.at));
        let before_out = picked.check_out.is_none_or(|o| at <= slot.effective(o.at));
        let twin = near(picked.check_in).or_else(|| near(picked.check_out)).or_else(|| near(picked.back));
        let retry_of = [picked.back, picked.check_in].into_iter().flatten().find(|earlier| {
            at >= slot.effective(earlier.at) && gap(slot, earlier, punch) < slot.rules.min_gap_minutes
        });
        let later = match (picked.check_in, picked.check_out) {
            (Some(i), _) if last_counts && at <= slot.effective(i.at) => Some(i),
            (_, Some(o)) if last_counts && slot.accepts_out(at) => Some(o),
            (None, Some(o)) if at <= slot.effective(o.at) => Some(o),
            _ => None,
        };
        let reason = match (twin, retry_of, later) {
            (Some(twin), ..) => Reason::Duplicate { of: twin.id.clone() },
            (None, Some(earlier), _) => {
                Reason::Retry { of: earlier.id.clone(), min_gap_minutes: slot.rules.min_gap_minutes }
            }
            (None, None, Some(later)) => Reason::LaterCounts { by: later.id.clone() },
            (None, None, None) if after_in && before_out && picked.check_out.is_some() => Reason::Between,
            (None, None, None) => Reason::Unpaired,
        };
        ignored.push((punch, reason));
    }
    picked.ignored.extend(ignored);
}
