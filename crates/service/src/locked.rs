//! A locked month is history: nothing that it was judged by may be changed for it.

use domain::{ids::UnitId, month::Month};
use store::{
    Tx,
    month_close::{self, CloseState},
};

use crate::{ServiceError, reference::Reference};

/// Refuses when the OPD of `unit`, or any OPD below it, has locked `month`.
///
/// # Errors
/// [`crate::Fault::Conflict`] with the way on.
pub(crate) async fn refuse_locked_month(
    tx: &mut Tx,
    reference: &Reference,
    unit: UnitId,
    month: Month,
) -> Result<(), ServiceError> {
    let units = &reference.units;
    let touched = |opd| units.path(opd).contains(&unit) || units.path(unit).contains(&opd);
    let states = month_close::states(tx, month).await?;
    let Some(closed) = states.iter().find(|s| s.state != CloseState::Reopened && touched(s.unit_id)) else {
        return Ok(());
    };
    let name = units.name(closed.unit_id);
    Err(ServiceError::conflict(
        format!(
            "Bulan {month} {name} sudah dikunci. Pilih bulan sesudahnya, atau minta BKPSDM membukanya. (E-410)"
        ),
        format!(
            "Month {month} of {name} is locked. Choose a later month, or ask BKPSDM to reopen it. (E-410)"
        ),
    ))
}
