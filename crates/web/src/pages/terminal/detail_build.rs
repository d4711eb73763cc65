//! One terminal as the page shows it; names of people only for those who connect PINs there.

use domain::{
    ids::{EmployeeId, UnitId},
    rights::Right,
    zone::Zone,
};
use jiff::civil::Date;
use service::{
    actors::Actors,
    reference::Reference,
    terminal_admin::{TerminalDetail, UnmappedPin as Waiting},
    terminal_desk::counts::Counts,
};
use store::{
    Scope, Tx,
    employee::{self, Person},
    terminal::TerminalState,
};

use super::{
    EmployeeChoice, QuarantineLine, TerminalFacts, TerminalPage, TerminalTexts, UnmappedPin, build, commands,
};
use crate::{
    pages::{
        layout::{Flash, Section, Tone},
        moment::{ago, moment},
    },
    server::{ask::Ask, fault::WebError},
};

/// People offered while typing; a larger OPD types the NIP.
const OFFERED: usize = 1_500;

/// One terminal with what the visitor may know of it; names of people only for those who connect PINs there.
pub(super) async fn page(
    ask: &Ask,
    tx: &mut Tx,
    reference: &Reference,
    found: &TerminalDetail,
) -> Result<TerminalPage, WebError> {
    let t = TerminalTexts(ask.lang);
    let terminal = &found.line.terminal;
    let zone = terminal.zone;
    let actors = Actors::read(tx).await?;
    let may_map = found.group.is_some() && build::may(ask, Right::MapPins, reference, terminal.unit_id);
    let people = match may_map && !found.unmapped.is_empty() {
        true => People::read(ask, tx, reference, terminal.unit_id).await?,
        false => People::default(),
    };
    let in_service = terminal.state == TerminalState::Approved;
    let may_send = in_service && build::may(ask, Right::ManageTerminals, reference, terminal.unit_id);
    Ok(TerminalPage {
        shell: ask.shell(Some(Section::Terminal)),
        key: terminal.serial.clone(),
        name: terminal.name.clone(),
        facts: facts(ask, found, t),
        alerts: found
            .alerts
            .iter()
            .map(|a| Flash {
                tone: if a.is_urgent() { Tone::Bad } else { Tone::Warn },
                text: a.sentence(ask.lang),
            })
            .collect(),
        unmapped: found.unmapped.iter().map(|w| pin(w, &people, may_map)).collect(),
        quarantine: found
            .quarantine
            .iter()
            .map(|q| QuarantineLine {
                at: moment(q.line.recorded_at, zone, ask.lang),
                raw: if may_map { q.text() } else { without_name(&q.text(), t) },
                reason: q.reason(ask.lang),
            })
            .collect(),
        commands: found
            .commands
            .iter()
            .map(|c| commands::line(c, moment(c.command.queued_at, zone, ask.lang), &actors, t))
            .collect(),
        may_send: if may_send { commands::ALL.to_vec() } else { Vec::new() },
        may_map,
        may_reopen: terminal.state == TerminalState::Retired
            && ask.has(Right::ManageTerminals)
            && terminal.unit_id.is_none_or(|u| build::may(ask, Right::ManageTerminals, reference, Some(u))),
        people: people.offered,
    })
}

fn facts(ask: &Ask, found: &TerminalDetail, t: TerminalTexts) -> TerminalFacts {
    let terminal = &found.line.terminal;
    let users = Counts::of(terminal).device.map(|d| {
        let n = |n: Option<u32>| n.unwrap_or(0);
        t.users_of(n(d.users), n(d.fingerprints), n(d.faces))
    });
    TerminalFacts {
        serial: terminal.serial.clone(),
        unit: found.line.unit_name.clone(),
        group: found.group.as_ref().map(|g| g.name.clone()).unwrap_or_default(),
        zone: terminal.zone.abbreviation().to_owned(),
        model: build::model(&found.line),
        address: terminal.last_ip.clone(),
        last_seen: ago(terminal.last_seen, ask.site.office.now(), terminal.zone, ask.lang),
        drift: build::drift(terminal.drift_seconds, t),
        backlog: found.line.backlog.map(|n| n.to_string()).unwrap_or_default(),
        today: found.today.to_string(),
        users: users.unwrap_or_default(),
    }
}

fn pin(waiting: &Waiting, people: &People, may_map: bool) -> UnmappedPin {
    let (first, last) = (waiting.first.date(), waiting.last.date());
    let proposal = waiting.proposal.as_ref().filter(|p| people.reached.contains(&p.employee));
    UnmappedPin {
        pin: waiting.pin.clone(),
        name: if may_map { waiting.device_name.clone() } else { String::new() },
        punches: u64::try_from(waiting.punches).unwrap_or(0),
        span: if first == last { first.to_string() } else { format!("{first} – {last}") },
        suggestion: proposal.map(|p| EmployeeChoice { nip: p.number.clone(), name: p.name.clone() }),
    }
}

/// The people whom the visitor may give a PIN.
#[derive(Default)]
struct People {
    reached: Vec<EmployeeId>,
    offered: Vec<EmployeeChoice>,
}

impl People {
    /// Those of the OPD of a terminal, those of its own unit first.
    async fn read(
        ask: &Ask,
        tx: &mut Tx,
        reference: &Reference,
        unit: Option<UnitId>,
    ) -> Result<People, WebError> {
        let opd = unit.and_then(|unit| reference.units.opd_of(unit)).map(|opd| opd.unit_id);
        let today = today(ask, reference, unit);
        let scope = opd.or(unit).map_or(Scope::Everyone, Scope::Subtree);
        let mut all = employee::load(tx, scope, today, today).await?;
        all.retain(|p| may_give(ask, reference, p, today));
        let here = |p: &Person| {
            p.unit(today).is_some_and(|u| unit.is_some_and(|unit| reference.units.path(u).contains(&unit)))
        };
        all.sort_by_cached_key(|p| !here(p));
        let choice = |p: &Person| {
            Some(EmployeeChoice { nip: p.number(today)?.to_owned(), name: p.employee.name.clone() })
        };
        Ok(People {
            reached: all.iter().map(|p| p.employee.employee_id).collect(),
            offered: all.iter().filter_map(choice).take(OFFERED).collect(),
        })
    }
}

/// Whether the visitor may give this person a PIN: there, and never to oneself.
pub(super) fn may_give(ask: &Ask, reference: &Reference, person: &Person, today: Date) -> bool {
    let path = person.unit(today).map(|unit| reference.units.path(unit)).unwrap_or_default();
    ask.access().may_change(Right::MapPins, &path, person.employee.employee_id)
}

/// "Today" where the terminal stands.
pub(super) fn today(ask: &Ask, reference: &Reference, unit: Option<UnitId>) -> Date {
    let zone: Zone = unit.map_or(reference.units.home_zone(), |unit| reference.units.zone_of(unit));
    zone.local(ask.site.office.now()).date()
}

/// A line about a user of the terminal holds a name, which is not for everybody who sees terminals.
fn without_name(raw: &str, t: TerminalTexts) -> String {
    let Some(at) = raw.to_ascii_lowercase().find("name=") else { return raw.to_owned() };
    format!("{} {}", &raw[..at], t.name_hidden())
}

#[cfg(test)]
mod tests {
    use domain::lang::Lang;

    use super::*;

    #[test]
    fn names_of_users_are_cut_from_raw_lines() {
        let t = TerminalTexts(Lang::Id);
        assert_eq!(
            without_name("USER PIN=7→Name=Siti Rahmawati→Pri=0", t),
            "USER PIN=7→ (nama disembunyikan)"
        );
        assert_eq!(without_name("7→2026-13-01 07:00:00→255", t), "7→2026-13-01 07:00:00→255");
    }
}
