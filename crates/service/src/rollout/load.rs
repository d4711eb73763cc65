//! Reading the tracker's facts; a fixed number of statements whatever the size.

use std::collections::HashMap;

use domain::{
    calendar::{Calendar, WorkWeek},
    dated::Timeline,
    ids::UnitId,
    org::Stage,
};
use jiff::{SignedDuration, Timestamp, civil::Date};
use store::{
    Tx, org, rollout, tenant,
    terminal::{self, TerminalState},
};

use super::{
    tracker::{OpdFacts, Tracker, track},
    tree::{Entry, Tree},
};
use crate::{Office, ServiceError};

/// A terminal that was not heard of for this long counts as silent.
const SILENT: SignedDuration = SignedDuration::from_hours(24);

/// The organisation as a tree; units that are closed today are left out.
///
/// # Errors
/// When the database cannot be reached.
pub async fn tree(office: &Office) -> Result<Tree, ServiceError> {
    let mut tx = office.db.begin_read(office.tenant).await?;
    let today = today(office, &mut tx).await?;
    let tree = tree_on(&mut tx, today).await?;
    tx.rollback().await?;
    Ok(tree)
}

/// Where every OPD stands today.
///
/// # Errors
/// When the database cannot be reached.
pub async fn tracker(office: &Office) -> Result<Tracker, ServiceError> {
    let mut tx = office.db.begin_read(office.tenant).await?;
    let today = today(office, &mut tx).await?;
    let tree = tree_on(&mut tx, today).await?;
    let facts = facts(&mut tx, &tree, today, office.now()).await?;
    tx.rollback().await?;
    Ok(track(facts, today))
}

/// The stages of every OPD that has any.
///
/// # Errors
/// When the database cannot be reached.
pub async fn stages(tx: &mut Tx) -> Result<HashMap<UnitId, Timeline<Stage>>, ServiceError> {
    let mut stages: HashMap<UnitId, Timeline<Stage>> = HashMap::new();
    for record in org::stages(tx).await? {
        stages.entry(record.unit_id).or_default().set(record.since, record.stage);
    }
    Ok(stages)
}

/// The day it is where the government has its seat.
pub(super) async fn today(office: &Office, tx: &mut Tx) -> Result<Date, ServiceError> {
    Ok(tenant::own(tx).await?.zone.local(office.now()).date())
}

async fn tree_on(tx: &mut Tx, today: Date) -> Result<Tree, ServiceError> {
    let open = org::tree(tx).await?.into_iter().filter(|unit| unit.closed_on.is_none_or(|day| day > today));
    let entries = open.map(|unit| Entry {
        id: unit.unit_id,
        parent: unit.parent_id,
        code: unit.code,
        name: unit.name,
        is_opd: unit.is_opd,
    });
    Ok(Tree::new(entries.collect()))
}

async fn facts(tx: &mut Tx, tree: &Tree, today: Date, now: Timestamp) -> Result<Vec<OpdFacts>, ServiceError> {
    let mut stages = stages(tx).await?;
    let opds = tree.opds();
    let mut facts: HashMap<UnitId, OpdFacts> =
        opds.iter().map(|opd| (opd.id, empty(opd, stages.remove(&opd.id).unwrap_or_default()))).collect();
    count_people(tx, tree, today, &mut facts).await?;
    count_terminals(tx, tree, now, &mut facts).await?;
    watch_trials(tx, tree, today, &mut facts).await?;
    Ok(opds.into_iter().filter_map(|opd| facts.remove(&opd.id)).collect())
}

fn empty(opd: &Entry, stages: Timeline<Stage>) -> OpdFacts {
    OpdFacts {
        unit: opd.id,
        code: opd.code.clone(),
        name: opd.name.clone(),
        stages,
        people: 0,
        with_number: 0,
        with_unit: 0,
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
    let scheduled = scheduled_units(tree, &rollout::units_with_schedule(tx, today).await?);
    let size = |count: i64| usize::try_from(count).unwrap_or(0);
    for count in rollout::unit_counts(tx, today).await? {
        let Some(opd) = tree.opd_of(count.unit_id).and_then(|opd| facts.get_mut(&opd)) else { continue };
        opd.people += size(count.people);
        opd.with_number += size(count.with_number);
        opd.with_superior += size(count.with_superior);
        let whole_unit = scheduled.contains(&count.unit_id);
        opd.with_schedule += size(if whole_unit { count.people } else { count.with_schedule });
        opd.with_pin += size(count.with_pin);
        if count.unit_id != opd.unit || !has_units_below(tree, opd.unit) {
            opd.with_unit += size(count.people);
        }
    }
    for opd in facts.values_mut() {
        // The head of an OPD has no superior inside it; everybody else must have one.
        opd.with_superior = opd.people.min(opd.with_superior + 1);
        // The head and the staff beside the head may stand in the OPD itself, if others stand below.
        if opd.with_unit > 0 {
            opd.with_unit = opd.people;
        }
    }
    Ok(())
}

fn has_units_below(tree: &Tree, opd: UnitId) -> bool {
    tree.walk().iter().any(|node| node.unit.id == opd && !node.children.is_empty())
}

/// The units that follow a schedule given to them or to a unit above.
fn scheduled_units(tree: &Tree, given: &[UnitId]) -> std::collections::HashSet<UnitId> {
    let mut scheduled: std::collections::HashSet<UnitId> = given.iter().copied().collect();
    for node in tree.walk() {
        if scheduled.contains(&node.unit.id) {
            scheduled.extend(node.children.iter().map(|child| child.unit.id));
        }
    }
    scheduled
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
                opd.terminals_seen += usize::from(now.duration_since(terminal.last_seen) <= SILENT);
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
    tree: &Tree,
    today: Date,
    facts: &mut HashMap<UnitId, OpdFacts>,
) -> Result<(), ServiceError> {
    let zone = tenant::own(tx).await?.zone;
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
