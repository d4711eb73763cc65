//! Which shift a punch belongs to.

use jiff::civil::DateTime;

use super::slot::{Slot, seconds_between};
use crate::{
    punch::{Direction, Punch},
    schedule::DirectionUse,
};

/// The punches of one slot, oldest first.
pub(super) type Offered<'a> = Vec<&'a Punch>;

/// Gives every punch to the slot it stands nearest to; returns the punches per slot and those that no slot accepts.
///
/// A punch in the windows of several shifts goes where the start (for coming) or the end (for leaving) is nearest.
/// When two are equally near, as at a change of shifts, it closes the earlier shift if that one is open; else it
/// opens the later one, or the earlier one if that is still running for a while. Nothing depends on the order in which punches arrived.
pub(super) fn assign<'a>(punches: &[&'a Punch], slots: &[Slot<'_>]) -> (Vec<Offered<'a>>, Vec<&'a Punch>) {
    let mut offered: Vec<Offered<'a>> = slots.iter().map(|_| Vec::new()).collect();
    let mut homeless = Vec::new();
    let mut closed = vec![false; slots.len()];
    let mut first = 0;
    let mut same_moment: Vec<(&Punch, usize)> = Vec::new();
    for punch in punches {
        while first < slots.len() && slots[first].window_until() < floor(punch.at) {
            first += 1;
        }
        let mut best: Option<(i64, usize)> = None;
        for (i, slot) in slots.iter().enumerate().skip(first) {
            if slot.window_from() > punch.at {
                break;
            }
            let at = slot.effective(punch.at);
            if !slot.accepts_in(at) && !slot.accepts_out(at) {
                continue;
            }
            let distance = distance(slot, punch, at);
            let nearer = match best {
                None => true,
                Some((least, other)) if distance == least => {
                    closed[other] || offered[other].is_empty() && !runs_on(&slots[other], slot, at)
                }
                Some((least, _)) => distance < least,
            };
            if nearer {
                best = Some((distance, i));
            }
        }
        // The same press under two ids stays together, so that a copy never opens another shift.
        same_moment.retain(|(p, _)| p.at == punch.at);
        let copied = same_moment.iter().find(|(p, _)| p.direction == punch.direction);
        match copied.map(|(_, i)| *i).or(best.map(|(_, i)| i)) {
            Some(i) => {
                same_moment.push((punch, i));
                closed[i] |= offered[i].first().is_some_and(|first| closes(&slots[i], first, punch));
                offered[i].push(punch);
            }
            None => homeless.push(*punch),
        }
    }
    (offered, homeless)
}

/// Whether `punch` ends what `first` began: nearer to the end of the shift, and no retry.
fn closes(slot: &Slot<'_>, first: &Punch, punch: &Punch) -> bool {
    let (since, at) = (slot.effective(first.at), slot.effective(punch.at));
    let nearer_end = seconds_between(at, slot.end).abs() < seconds_between(slot.start, at).abs();
    nearer_end && seconds_between(since, at) >= slot.rules.min_gap_minutes * 60
}

/// Whether the earlier shift is still running and the later one not about to begin.
fn runs_on(earlier: &Slot<'_>, later: &Slot<'_>, at: DateTime) -> bool {
    at < earlier.end && seconds_between(at, later.start) >= later.rules.min_gap_minutes * 60
}

fn floor(at: DateTime) -> DateTime {
    at.date().at(at.hour(), at.minute(), 0, 0)
}

fn distance(slot: &Slot<'_>, punch: &Punch, at: DateTime) -> i64 {
    let to_start = seconds_between(slot.start, at).abs();
    let to_end = seconds_between(at, slot.end).abs();
    match punch.direction {
        Direction::In if slot.rules.direction != DirectionUse::Ignore => to_start,
        Direction::Out if slot.rules.direction != DirectionUse::Ignore => to_end,
        _ => to_start.min(to_end),
    }
}
