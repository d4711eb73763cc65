//! Reading the tracker's facts; a fixed number of statements whatever the size.

use std::collections::{HashMap, HashSet};

use domain::{
    calendar::{Calendar, WorkWeek},
    dated::Timeline,
    ids::UnitId,
    org::{Stage, Tree},
    silence::is_lost,
};
use jiff::{Timestamp, civil::Date};
use store::{
    Tx,
    org::Unit,
    rollout,
    terminal::{self, TerminalState},
};

use super::tracker::{OpdFacts, OpdState, track};
use crate::{
    Office, ServiceError,
    reference::{self, Reference, Units},
};

/// Where every OPD stands today; units that are closed by then are left out.
///
/// # Errors
/// When the database cannot be reached.
pub async fn tracker(office: &Office) -> Result<Vec<OpdState>, ServiceError> {
    let mut tx = office.db.begin_read(office.tenant).await?;
    let reference = reference::current(office, &mut tx).await?;
    let today = reference.units.today(None, office.now());
    let facts = facts(&mut tx, &reference, today, office.now()).await?;
    tx.rollback().await?;
    Ok(track(facts, today))
}

async fn facts(
    tx: &mut Tx,
    reference: &Reference,
    today: Date,
    now: Timestamp,
) -> Result<Vec<OpdFacts>, ServiceError> {
    let units = reference.units.open_on(today);
    let tree = units.tree();
    let mut facts: HashMap<UnitId, OpdFacts> =
        units.opds().map(|opd| (opd.unit_id, empty(opd, reference.stages(opd.unit_id)))).collect();
    count_people(tx, tree, today, &mut facts).await?;
    count_terminals(tx, tree, now, &mut facts).await?;
    watch_trials(tx, &units, today, &mut facts).await?;
    Ok(tree.walk().iter().filter_map(|unit| facts.remove(unit)).collect())
}

fn empty(opd: &Unit, stages: Timeline<Stage>) -> OpdFacts {
    OpdFacts {
        unit: opd.unit_id,
        code: opd.code.clone(),
        name: opd.name.clone(),
        stages,
        people: 0,
        with_number: 0,
        with_superior: 0,
        with_schedule: 0,
        with_pin: 0,
        terminals: 0,
        terminals_seen: 0,
        terminals_pending: 0,
        trial_days: 0,
        punched: 0,
        trial_recap: false,
    }
}

async fn count_people(
    tx: &mut Tx,
    tree: &Tree,
    today: Date,
    facts: &mut HashMap<UnitId, OpdFacts>,
) -> Result<(), ServiceError> {
    let scheduled: HashSet<UnitId> = rollout::units_with_schedule(tx, today).await?.into_iter().collect();
    let size = |count: i64| usize::try_from(count).unwrap_or(0);
    for count in rollout::unit_counts(tx, today).await? {
        let Some(opd) = tree.opd_of(count.unit_id).and_then(|opd| facts.get_mut(&opd)) else { continue };
        opd.people += size(count.people);
        opd.with_number += size(count.with_number);
        opd.with_superior += size(count.with_superior);
        let whole_unit = tree.path(count.unit_id).iter().any(|unit| scheduled.contains(unit));
        opd.with_schedule += size(if whole_unit { count.people } else { count.with_schedule });
        opd.with_pin += size(count.with_pin);
    }
    for opd in facts.values_mut() {
        // The head of an OPD has no superior inside it; everybody else must have one.
        opd.with_superior = opd.people.min(opd.with_superior + 1);
    }
    Ok(())
}

async fn count_terminals(
    tx: &mut Tx,
    tree: &Tree,
    now: Timestamp,
    facts: &mut HashMap<UnitId, OpdFacts>,
) -> Result<(), ServiceError> {
    for terminal in terminal::all(tx).await? {
        let opd = terminal.unit_id.and_then(|unit| tree.opd_of(unit));
        let Some(opd) = opd.and_then(|opd| facts.get_mut(&opd)) else { continue };
        match terminal.state {
            TerminalState::Approved => {
                opd.terminals += 1;
                opd.terminals_seen += usize::from(!is_lost(terminal.last_seen, now));
            }
            TerminalState::Pending => opd.terminals_pending += 1,
            TerminalState::Retired => {}
        }
    }
    Ok(())
}

/// Fills in what is only asked of OPDs in trial.
async fn watch_trials(
    tx: &mut Tx,
    units: &Units,
    today: Date,
    facts: &mut HashMap<UnitId, OpdFacts>,
) -> Result<(), ServiceError> {
    let (tree, zone) = (units.tree(), units.home_zone());
    let mut began: HashMap<UnitId, Timestamp> = HashMap::new();
    let calendar = Calendar::national();
    for opd in facts.values_mut() {
        let (Some(Stage::UjiCoba), Some(since)) = (opd.stages.on(today), opd.stages.since(today)) else {
            continue;
        };
        let days = calendar.working_days(since, today, WorkWeek::FIVE_DAYS);
        opd.trial_days = usize::try_from(days).unwrap_or(0);
        began.extend(zone.instant(since.at(0, 0, 0, 0)).map(|at| (opd.unit, at)));
    }
    let Some(earliest) = began.values().min() else { return Ok(()) };
    for (unit, _, last) in rollout::last_punches(tx, today, *earliest).await? {
        let Some(opd) = tree.opd_of(unit) else { continue };
        if began.get(&opd).is_some_and(|since| last >= *since)
            && let Some(opd) = facts.get_mut(&opd)
        {
            opd.punched += 1;
        }
    }
    for (opd, locked) in rollout::last_locks(tx).await? {
        if let (Some(since), Some(facts)) = (began.get(&opd), facts.get_mut(&opd)) {
            facts.trial_recap = locked >= *since;
        }
    }
    Ok(())
}
