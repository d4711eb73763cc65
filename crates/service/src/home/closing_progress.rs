//! How far the month of each OPD is on its way to the pay list.

use domain::{month::Month, org::Stage};
use jiff::civil::Date;
use store::{Tx, month_close::CloseState};

use super::lock_by;
use crate::{Office, ServiceError, reference::Reference};

/// The last full month of all OPDs in force.
#[derive(Debug, Clone)]
pub struct ClosingProgress {
    /// The month.
    pub month: Month,
    /// The OPDs in force at its end, those not locked first.
    pub opds: Vec<OpdClosing>,
}

/// The month of one OPD.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpdClosing {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Where the month stands; `None` was never locked.
    pub state: Option<CloseState>,
    /// Since when, in the zone of the OPD; for one that was never locked, the last day for it.
    pub since: Date,
    /// Whether that day has passed and it is not locked.
    pub late: bool,
}

impl OpdClosing {
    /// Whether it is not locked, or was opened again.
    pub fn is_open(&self) -> bool {
        matches!(self.state, None | Some(CloseState::Reopened))
    }
}

impl ClosingProgress {
    /// OPDs that are not locked.
    pub fn open(&self) -> usize {
        self.opds.iter().filter(|opd| opd.is_open()).count()
    }

    /// OPDs in a state.
    pub fn in_state(&self, state: CloseState) -> usize {
        self.opds.iter().filter(|opd| opd.state == Some(state)).count()
    }

    /// Whether every OPD is verified, so that the pay of the month is final.
    pub fn all_verified(&self) -> bool {
        !self.opds.is_empty() && self.in_state(CloseState::Verified) == self.opds.len()
    }
}

/// Reads how far last month is.
///
/// # Errors
/// When the database cannot be read.
pub async fn closing_progress(
    office: &Office,
    tx: &mut Tx,
    reference: &Reference,
) -> Result<ClosingProgress, ServiceError> {
    let today = reference.units.today(None, office.now());
    let month = Month::of(today).previous();
    let closings = store::month_close::states(tx, month).await?;
    let deadline = lock_by(month);
    let in_force =
        reference.units.opds().filter(|opd| reference.stage(opd.unit_id, month.last()) == Stage::Berlaku);
    let mut opds: Vec<OpdClosing> = in_force
        .map(|opd| {
            let close = closings.iter().find(|close| close.unit_id == opd.unit_id);
            let zone = reference.units.zone_of(opd.unit_id);
            let mut opd = OpdClosing {
                code: opd.code.clone(),
                name: opd.name.clone(),
                state: close.map(|close| close.state),
                since: close.map_or(deadline, |close| zone.local(close.at).date()),
                late: false,
            };
            opd.late = opd.is_open() && today > deadline;
            opd
        })
        .collect();
    opds.sort_by_key(|opd| !opd.is_open());
    Ok(ClosingProgress { month, opds })
}
