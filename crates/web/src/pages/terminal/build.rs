//! The terminals as the page shows them, cut to what the visitor may see.

use domain::{
    ids::UnitId,
    rights::{Reach, Right},
};
use jiff::Timestamp;
use service::{reference::Reference, terminal_admin::TerminalLine};
use store::terminal::{Group, TerminalState};

use super::{ApprovalForm, Choice, PendingTerminal, TerminalListPage, TerminalRow, TerminalTexts};
use crate::{
    pages::{
        layout::{Section, Tone},
        moment::{ago, moment},
    },
    server::ask::Ask,
};

/// Whether a right holds where a terminal stands; one that stands nowhere yet needs the right everywhere.
pub(super) fn may(ask: &Ask, right: Right, reference: &Reference, unit: Option<UnitId>) -> bool {
    let access = ask.access();
    unit.map_or(access.reach(right) == Reach::Everything, |unit| {
        access.may(right, &reference.units.path(unit))
    })
}

/// The list; `refused` is the form of a terminal that could not be approved.
pub(super) fn list(
    ask: &Ask,
    reference: &Reference,
    lines: &[TerminalLine],
    groups: &[Group],
    refused: Option<(&str, ApprovalForm)>,
) -> TerminalListPage {
    let t = TerminalTexts(ask.lang);
    let now = ask.site.office.now();
    let seen = |l: &&TerminalLine| may(ask, Right::SeeTerminals, reference, l.terminal.unit_id);
    let (waiting, known): (Vec<&TerminalLine>, Vec<&TerminalLine>) =
        lines.iter().filter(seen).partition(|l| l.terminal.state == TerminalState::Pending);
    let mut terminals: Vec<(u8, TerminalRow)> = known.iter().map(|l| row(l, now, t)).collect();
    terminals.sort_by_key(|(rank, _)| *rank);
    let home = reference.units.home_zone();
    let form = |serial: &str| match &refused {
        Some((of, form)) if *of == serial => form.clone(),
        _ => ApprovalForm { zone: home, ..ApprovalForm::default() },
    };
    let pending = waiting
        .iter()
        .map(|l| PendingTerminal {
            serial: l.terminal.serial.clone(),
            model: model(l),
            address: l.terminal.last_ip.clone(),
            first_seen: moment(l.terminal.first_seen, home, ask.lang),
            waiting: l.held.map_or(0, u64::from),
            form: form(&l.terminal.serial),
        })
        .collect();
    let own = Choice { key: String::new(), label: t.of_opd().to_owned() };
    let named = groups.iter().map(|g| Choice { key: g.code.clone(), label: g.name.clone() });
    TerminalListPage {
        shell: ask.shell(Some(Section::Terminal)),
        terminals: terminals.into_iter().map(|(_, row)| row).collect(),
        pending,
        units: places(ask, reference),
        groups: std::iter::once(own).chain(named).collect(),
        may_approve: ask.has(Right::ManageTerminals),
    }
}

/// Units where the visitor may place a terminal, each below the name of its OPD.
fn places(ask: &Ask, reference: &Reference) -> Vec<Choice> {
    let units = reference.units.iter().filter(|u| u.closed_on.is_none());
    let placed = units.filter(|u| may(ask, Right::ManageTerminals, reference, Some(u.unit_id)));
    let mut places: Vec<Choice> = placed
        .map(|unit| {
            let opd = reference.units.opd_of(unit.unit_id).filter(|opd| opd.unit_id != unit.unit_id);
            let label = opd.map_or_else(|| unit.name.clone(), |opd| format!("{} › {}", opd.name, unit.name));
            Choice { key: unit.code.clone(), label }
        })
        .collect();
    places.sort_by(|a, b| a.label.cmp(&b.label));
    places
}

/// A terminal, and how far up it stands.
fn row(line: &TerminalLine, now: Timestamp, t: TerminalTexts) -> (u8, TerminalRow) {
    let terminal = &line.terminal;
    let (rank, state, tone) = match terminal.state {
        TerminalState::Retired => (3, t.retired(), Tone::Info),
        _ if line.is_silent => (0, t.silent(), Tone::Bad),
        _ if line.is_urgent => (1, t.check(), Tone::Warn),
        _ => (2, t.alive(), Tone::Good),
    };
    let row = TerminalRow {
        key: terminal.serial.clone(),
        name: terminal.name.clone(),
        serial: terminal.serial.clone(),
        unit: line.unit_name.clone(),
        state: state.to_owned(),
        tone,
        last_seen: ago(terminal.last_seen, now, terminal.zone, t.0),
        drift: drift(terminal.drift_seconds, t),
        backlog: line.backlog.and_then(|n| u64::try_from(n).ok()),
        unmapped: count(line.unmapped),
        alerts: count(line.alerts),
    };
    (rank, row)
}

pub(super) fn model(line: &TerminalLine) -> String {
    let words = [line.terminal.model.as_str(), line.terminal.firmware.as_str()];
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(", ")
}

pub(super) fn drift(seconds: Option<i64>, t: TerminalTexts) -> String {
    let Some(seconds) = seconds else { return String::new() };
    let sign = match seconds {
        0 => "",
        ..0 => "−",
        _ => "+",
    };
    t.seconds(format!("{sign}{}", seconds.unsigned_abs()))
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use domain::lang::Lang;

    use super::*;

    #[test]
    fn drift_has_a_sign() {
        let t = TerminalTexts(Lang::En);
        assert_eq!(drift(Some(94), t), "+94 seconds");
        assert_eq!(drift(Some(-2), t), "−2 seconds");
        assert_eq!(drift(Some(0), t), "0 seconds");
        assert_eq!(drift(None, t), "");
    }
}
