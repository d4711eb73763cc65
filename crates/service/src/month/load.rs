//! Reading the facts of many people in a fixed number of statements, and judging them.

use std::{collections::HashMap, sync::Arc};

use domain::{
    ids::{EmployeeId, UnitId},
    month::Month,
};
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, DateTime},
};
use store::{Scope, Tx, month_close::CloseState, person_facts, punch::PunchRow};

use super::{
    gap,
    judge::Judge,
    past::Past,
    sheet::{MonthSheet, PersonSheet},
    stored,
};
use crate::{
    Office, ServiceError,
    actors::Actors,
    reference::{self, Reference},
};

/// What to judge.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Whose days.
    pub scope: Scope<'a>,
    /// The month.
    pub month: Month,
    /// Only these days of it; `None` for all.
    pub days: Option<(Date, Date)>,
    /// Whether the TPP is wanted too. It needs the whole month.
    pub with_tpp: bool,
    /// Whether absence and lost minutes since 1 January are wanted too. It needs the whole month.
    pub with_year: bool,
    /// Whether what the month hands on to later ones is wanted too, to be stored at its lock.
    pub with_carry: bool,
}

impl<'a> Wanted<'a> {
    /// A whole month with TPP.
    pub fn month(scope: Scope<'a>, month: Month) -> Wanted<'a> {
        Wanted { scope, month, days: None, with_tpp: true, with_year: false, with_carry: false }
    }

    /// One day, without TPP.
    pub fn day(scope: Scope<'a>, day: Date) -> Wanted<'a> {
        Wanted { days: Some((day, day)), with_tpp: false, ..Wanted::month(scope, Month::of(day)) }
    }

    /// A whole month with TPP and the sums since 1 January.
    pub fn with_year(scope: Scope<'a>, month: Month) -> Wanted<'a> {
        Wanted { with_year: true, ..Wanted::month(scope, month) }
    }

    /// A whole month with all that its lock stores.
    pub(crate) fn to_lock(scope: Scope<'a>, month: Month) -> Wanted<'a> {
        Wanted { with_carry: true, ..Wanted::month(scope, month) }
    }
}

/// Reads and judges. The number of statements does not depend on the number of people.
///
/// # Errors
/// When the database cannot be read.
pub async fn load(office: &Office, tx: &mut Tx, wanted: Wanted<'_>) -> Result<MonthSheet, ServiceError> {
    let reference = reference::current(office, tx).await?;
    load_with(office, tx, reference, wanted).await
}

/// [`load`] with reference data that was read in this transaction already.
///
/// # Errors
/// As [`load`].
pub async fn load_with(
    office: &Office,
    tx: &mut Tx,
    reference: Arc<Reference>,
    wanted: Wanted<'_>,
) -> Result<MonthSheet, ServiceError> {
    let now = office.now();
    let unit = match wanted.scope {
        Scope::Subtree(unit) => Some(unit),
        _ => None,
    };
    let (from, until) = wanted.days.unwrap_or((wanted.month.first(), wanted.month.last()));
    let people = store::employee::load(tx, wanted.scope, from, until).await?;
    // Months before are read in the same statements, and only where nothing is stored of them.
    let (past, steps) = Past::read(tx, &reference, &wanted, (from, until), &people).await?;
    let first = past.first_day().unwrap_or(from).min(from);
    let punches = by_person(store::punch::of(tx, wanted.scope, around(first, -3), around(until, 4)).await?);
    let months = (Month::of(first), wanted.month);
    let facts = person_facts::of(tx, wanted.scope, first, until, months).await?;
    let terminals = store::terminal::all(tx).await?;
    let silence = gap::Silence::of(&reference, &terminals, now);
    let judge = Judge {
        reference: &reference,
        facts: &facts,
        punches: &punches,
        past: &past,
        silence: &silence,
        now,
        wanted,
        from,
        until,
        unit,
    };
    let mut people: Vec<PersonSheet> = people.iter().filter_map(|p| judge.person(p)).collect();
    let opd = closing_opd(&reference, wanted.scope, &people);
    let close = match (steps, opd) {
        (Some(mut steps), _) => steps.pop(),
        (None, Some(opd)) => store::month_close::history(tx, opd, wanted.month).await?.pop(),
        (None, None) => None,
    };
    if let (Some(opd), Some(CloseState::Locked | CloseState::Verified)) =
        (opd, close.as_ref().map(|c| c.state))
    {
        let locked = stored::stored(tx, opd, wanted.month).await?;
        people = stored::shown(locked, &people, unit == Some(opd), (from, until));
    }
    let of_close = close.as_ref().map(|close| close.actor.as_str());
    let mut known_by: Vec<&str> = of_close.into_iter().collect();
    if let Scope::People(_) = wanted.scope {
        known_by.extend(people.iter().flat_map(|p| &p.statuses).map(|status| status.actor.as_str()));
    }
    let actors = Actors::among(tx, &known_by).await?;
    let close_by = of_close.map(|actor| actors.name(actor)).unwrap_or_default();
    let terminal_names = terminals.iter().map(|t| (t.terminal_id, t.name.clone())).collect();
    let today = reference.units.today(unit, now);
    let (data_until, silent_terminals) = silence.report(&reference, unit);
    Ok(MonthSheet {
        unit,
        month: wanted.month,
        from,
        until,
        as_of: now,
        today,
        people,
        close,
        close_by,
        terminal_names,
        actors,
        data_until,
        silent_terminals,
        reference,
    })
}

/// The OPD whose lock decides what is shown: that of the unit, or of the one person asked for.
fn closing_opd(reference: &Reference, scope: Scope<'_>, people: &[PersonSheet]) -> Option<UnitId> {
    let unit = match scope {
        Scope::Subtree(unit) => Some(unit),
        Scope::People([_]) => people.first().and_then(|p| p.unit),
        _ => None,
    }?;
    reference.units.opd_of(unit).map(|opd| opd.unit_id)
}

fn by_person(rows: Vec<PunchRow>) -> HashMap<EmployeeId, Vec<PunchRow>> {
    let mut people: HashMap<EmployeeId, Vec<PunchRow>> = HashMap::new();
    for row in rows {
        if let Some(id) = row.employee_id {
            people.entry(id).or_default().push(row);
        }
    }
    people
}

/// Noon UTC some days away: a margin wide enough for every zone and night shift.
pub(super) fn around(day: Date, days: i64) -> Timestamp {
    let at: DateTime = day.saturating_add(days.days()).at(0, 0, 0, 0);
    domain::zone::Zone::Wib.instant(at).unwrap_or(if days < 0 { Timestamp::MIN } else { Timestamp::MAX })
}
