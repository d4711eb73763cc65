//! Who is present today, for the leadership: one number, and each OPD.

use std::sync::Arc;

use domain::{ids::UnitId, org::Stage};
use jiff::civil::{Date, Time};
use store::{Scope, Tx};

use crate::{
    Office, ServiceError,
    day_counts::DayCounts,
    month::{MonthSheet, PersonSheet, Wanted, load_with},
    reference::Reference,
};

/// The presence of today.
#[derive(Debug, Clone)]
pub struct Presence {
    /// Today.
    pub today: Date,
    /// Everybody.
    pub all: DayCounts,
    /// Everybody yesterday.
    pub yesterday: DayCounts,
    /// From when the first punches of today are taken; `None` on a day free for all.
    pub opens: Option<Time>,
    /// OPDs that are past pendataan, lowest rate first, those without data last.
    pub opds: Vec<OpdPresence>,
    /// Names of terminals that are silent.
    pub silent_terminals: Vec<String>,
}

/// The presence of one OPD.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpdPresence {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Counts of today; `None` when no data has arrived.
    pub counts: Option<DayCounts>,
}

/// Reads and counts today and yesterday.
///
/// # Errors
/// When the database cannot be read.
pub async fn presence(
    office: &Office,
    tx: &mut Tx,
    reference: &Arc<Reference>,
) -> Result<Presence, ServiceError> {
    let today = reference.units.today(None, office.now());
    let before = today.yesterday().unwrap_or(today);
    let day = |date| Wanted::day(Scope::Everyone, date);
    let sheet = load_with(office, tx, Arc::clone(reference), day(today)).await?;
    let yesterday = load_with(office, tx, Arc::clone(reference), day(before)).await?;
    let opens = sheet.people.iter().flat_map(|p| &p.days).filter_map(|d| d.planned.as_ref());
    Ok(Presence {
        today,
        all: everybody(&sheet),
        yesterday: everybody(&yesterday),
        opens: opens.map(|planned| planned.window_from).min().map(|from| from.time()),
        opds: by_opd(reference, &sheet, today),
        silent_terminals: sheet.silent_terminals,
    })
}

fn everybody(sheet: &MonthSheet) -> DayCounts {
    DayCounts::of(sheet.people.iter().flat_map(|p| &p.days))
}

fn by_opd(reference: &Reference, sheet: &MonthSheet, today: Date) -> Vec<OpdPresence> {
    let belongs = |person: &&PersonSheet, opd: UnitId| {
        person.unit.and_then(|unit| reference.units.opd_of(unit)).is_some_and(|of| of.unit_id == opd)
    };
    let in_use = reference.units.opds().filter(|opd| reference.stage(opd.unit_id, today) != Stage::Pendataan);
    let mut opds: Vec<OpdPresence> = in_use
        .map(|opd| {
            let mine = sheet.people.iter().filter(|person| belongs(person, opd.unit_id));
            let counts = DayCounts::of(mine.flat_map(|p| &p.days));
            OpdPresence {
                code: opd.code.clone(),
                name: opd.name.clone(),
                counts: (counts.present > 0).then_some(counts),
            }
        })
        .collect();
    opds.sort_by_key(|opd| opd.counts.map_or(u32::MAX, |c| c.present * 1000 / c.due.max(1)));
    opds
}
