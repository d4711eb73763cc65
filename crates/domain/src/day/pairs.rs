//! Punches made into pairs: only the time between the two of a pair was worked.

use super::{
    Reason,
    pick::Picked,
    slot::{Slot, minutes_between},
};
use crate::{
    punch::{Direction, Punch},
    schedule::{DirectionUse, PairBy},
};

pub(super) fn pick<'a>(slot: &Slot<'_>, offered: &[&'a Punch]) -> Picked<'a> {
    let mut picked = Picked::default();
    let mut open: Option<&Punch> = None;
    let mut last_kept: Option<&Punch> = None;
    let mut paired: Vec<(&Punch, &Punch)> = Vec::new();
    let gap =
        |from: &Punch, until: &Punch| minutes_between(slot.effective(from.at), slot.effective(until.at));
    let by_key = slot.rules.pair_by == PairBy::Direction && slot.rules.direction != DirectionUse::Ignore;
    for punch in offered.iter().copied() {
        let key = if by_key { punch.direction } else { Direction::Unknown };
        let twin = last_kept.filter(|p| {
            let same_way = !by_key || p.direction == punch.direction;
            same_way && gap(p, punch) <= slot.rules.duplicate_minutes
        });
        if let Some(twin) = twin {
            picked.ignored.push((punch, Reason::Duplicate { of: twin.id.clone() }));
            continue;
        }
        match (open, key) {
            (None, Direction::Out) => {
                picked.ignored.push((punch, Reason::Unpaired));
                continue;
            }
            (None, _) => open = Some(punch),
            (Some(_), Direction::In) => {
                picked.ignored.push((punch, Reason::Unpaired));
                continue;
            }
            (Some(first), Direction::Unknown) if gap(first, punch) < slot.rules.min_gap_minutes => {
                let min_gap_minutes = slot.rules.min_gap_minutes;
                picked.ignored.push((punch, Reason::Retry { of: first.id.clone(), min_gap_minutes }));
                continue;
            }
            (Some(first), _) => {
                paired.push((first, punch));
                open = None;
            }
        }
        last_kept = Some(punch);
    }
    picked.check_in = paired.first().map(|(first, _)| *first).or(open);
    picked.check_out = paired.last().map(|(_, last)| *last);
    if let Some(left_open) = open.filter(|_| !paired.is_empty()) {
        picked.ignored.push((left_open, Reason::Unpaired));
    }
    picked.pairs = paired.iter().map(|(i, o)| (slot.effective(i.at), slot.effective(o.at))).collect();
    let count = paired.len() * 2;
    let all = paired.into_iter().flat_map(|(i, o)| [i, o]);
    picked.inner = all.enumerate().filter(|(n, _)| *n > 0 && n + 1 < count).map(|(_, p)| p).collect();
    picked
}
