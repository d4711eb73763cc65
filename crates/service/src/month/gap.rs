//! Times in which data may be missing through no fault of the people: silent terminals and declared outages.

use std::collections::HashMap;

use domain::{
    day::{Gap, GapCause},
    ids::UnitId,
    silence::{SILENT_AFTER, is_silent},
    zone::Zone,
};
use jiff::{SignedDuration, Timestamp, civil::DateTime};
use store::terminal::{Terminal, TerminalState};

use crate::reference::Reference;

/// The newest contact that is long enough ago to be silence.
fn just_silent(now: Timestamp) -> Timestamp {
    let ago = SILENT_AFTER.saturating_add(SignedDuration::from_secs(1));
    now.saturating_sub(ago).unwrap_or(now)
}

/// How long ago each OPD was heard of.
#[derive(Debug, Default)]
pub(super) struct Silence {
    heard: HashMap<UnitId, Timestamp>,
    quiet: HashMap<UnitId, Vec<String>>,
    now: Timestamp,
}

impl Silence {
    pub(super) fn of(reference: &Reference, terminals: &[Terminal], now: Timestamp) -> Silence {
        let mut silence = Silence { now, ..Silence::default() };
        for terminal in terminals.iter().filter(|t| t.state == TerminalState::Approved) {
            let Some(opd) = terminal.unit_id.and_then(|u| reference.units.opd_of(u)) else { continue };
            let is_quiet = is_silent(terminal.last_seen, now);
            // What a clock that was set back since noted says only that the terminal is not heard of now.
            let heard_at =
                if is_quiet { terminal.last_seen.min(just_silent(now)) } else { terminal.last_seen };
            let heard = silence.heard.entry(opd.unit_id).or_insert(heard_at);
            *heard = (*heard).max(heard_at);
            if is_quiet {
                silence.quiet.entry(opd.unit_id).or_default().push(terminal.name.clone());
            }
        }
        silence
    }

    /// The gaps for people of `unit`, in local time.
    pub(super) fn gaps(&self, reference: &Reference, unit: UnitId, zone: Zone) -> Vec<Gap> {
        let path = reference.units.path(unit);
        let concerned = reference
            .outages
            .iter()
            .filter(|o| o.terminal_id.is_none() && o.unit_id.is_none_or(|u| path.contains(&u)));
        let mut gaps: Vec<Gap> = concerned
            .map(|o| Gap {
                from: zone.local(o.from_at),
                until: o.until_at.map(|t| zone.local(t)),
                cause: o.kind,
            })
            .collect();
        let heard = reference.units.opd_of(unit).and_then(|opd| self.heard.get(&opd.unit_id));
        match heard {
            None => gaps.push(Gap { from: DateTime::MIN, until: None, cause: GapCause::TerminalSilent }),
            Some(at) if is_silent(*at, self.now) => {
                gaps.push(Gap { from: zone.local(*at), until: None, cause: GapCause::TerminalSilent });
            }
            Some(_) => {}
        }
        gaps
    }

    /// When data of the unit last arrived, and which of its terminals are silent.
    pub(super) fn report(
        &self,
        reference: &Reference,
        unit: Option<UnitId>,
    ) -> (Option<Timestamp>, Vec<String>) {
        let inside = |opd: &UnitId| {
            unit.is_none_or(|u| {
                u == *opd || reference.units.path(*opd).contains(&u) || reference.units.path(u).contains(opd)
            })
        };
        let heard = self.heard.iter().filter(|(opd, _)| inside(opd)).map(|(_, at)| *at).max();
        let mut quiet: Vec<String> =
            self.quiet.iter().filter(|(opd, _)| inside(opd)).flat_map(|(_, names)| names.clone()).collect();
        quiet.sort();
        (heard, quiet)
    }
}
