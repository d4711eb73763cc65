//! The work that is left for the personnel clerk of an OPD.

use std::sync::Arc;

use domain::{ids::UnitId, month::Month, org::Stage};
use jiff::civil::Date;
use store::{Scope, Tx, month_close::CloseState};

use crate::{
    Office, ServiceError,
    day_counts::DayCounts,
    month::{MonthSheet, ProblemKind, Wanted, load_with},
    reference::Reference,
};

/// Most unmapped PINs counted.
const MAX_PINS: i64 = 500;

/// What the clerk should know first.
#[derive(Debug, Clone)]
pub struct Clerk {
    /// Today where the OPD works.
    pub today: Date,
    /// Stage of the OPD.
    pub stage: Stage,
    /// Today so far; `None` on a free day.
    pub counts: Option<DayCounts>,
    /// The month to lock next.
    pub month: Month,
    /// What is left to do before it can be locked.
    pub work: OpenWork,
}

/// Counts of what is left to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OpenWork {
    /// Days without notice that nobody has looked at.
    pub unexplained: usize,
    /// Days with one punch only.
    pub missing_punches: usize,
    /// PINs on the terminals of the OPD that belong to nobody.
    pub unmapped_pins: usize,
    /// People without a schedule.
    pub without_schedule: usize,
    /// Terminals that are silent.
    pub silent_terminals: usize,
}

/// The work of the clerk of `unit`.
///
/// # Errors
/// When the database cannot be read.
pub async fn clerk(
    office: &Office,
    tx: &mut Tx,
    reference: &Arc<Reference>,
    unit: UnitId,
) -> Result<Clerk, ServiceError> {
    let today = reference.units.today(Some(unit), office.now());
    let month = next_to_lock(tx, unit, today).await?;
    let scope = Scope::Subtree(unit);
    let sheet = load_with(office, tx, Arc::clone(reference), Wanted::month(scope, month)).await?;
    let day = load_with(office, tx, Arc::clone(reference), Wanted::day(scope, today)).await?;
    let results = || day.people.iter().filter_map(|p| p.day(today));
    let planned = results().any(|d| d.planned.is_some());
    Ok(Clerk {
        today,
        stage: reference.stage(unit, today),
        counts: planned.then(|| DayCounts::of(results())),
        month,
        work: OpenWork { unmapped_pins: unmapped(tx, reference, unit).await?, ..open_work(&sheet) },
    })
}

/// Last month as long as it is not locked, then this one.
async fn next_to_lock(tx: &mut Tx, unit: UnitId, today: Date) -> Result<Month, ServiceError> {
    let this = Month::of(today);
    let last = store::month_close::history(tx, unit, this.previous()).await?.pop();
    let open = last.is_none_or(|close| close.state == CloseState::Reopened);
    Ok(if open { this.previous() } else { this })
}

async fn unmapped(tx: &mut Tx, reference: &Reference, unit: UnitId) -> Result<usize, ServiceError> {
    let pins = store::punch::unmapped(tx, MAX_PINS).await?;
    let terminals = store::terminal::all(tx).await?;
    let mine = |group| {
        terminals.iter().any(|t| {
            t.group_id == Some(group) && t.unit_id.is_some_and(|u| reference.units.path(u).contains(&unit))
        })
    };
    Ok(pins.iter().filter(|pin| mine(pin.device_group_id)).count())
}

fn open_work(sheet: &MonthSheet) -> OpenWork {
    let problems = sheet.problems();
    let count = |wanted: fn(&ProblemKind) -> bool| problems.iter().filter(|p| wanted(&p.kind)).count();
    OpenWork {
        unexplained: count(|kind| matches!(kind, ProblemKind::UnexplainedAbsence(_))),
        missing_punches: count(|kind| matches!(kind, ProblemKind::MissingPunch(_))),
        unmapped_pins: 0,
        without_schedule: count(|kind| matches!(kind, ProblemKind::NoSchedule)),
        silent_terminals: sheet.silent_terminals.len(),
    }
}
