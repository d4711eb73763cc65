//! A locked month: what was stored at the lock is what is shown, whatever facts have come since.

use domain::{ids::UnitId, month::Month};
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use store::{
    Tx,
    month_close::{self, CloseState},
};

use super::sheet::{MonthSheet, PersonSheet};
use crate::ServiceError;

/// The stored judgement of a locked month, checked against its digest.
///
/// # Errors
/// [`crate::Fault::Altered`] when the stored text does not fit its digest: somebody changed it.
pub(super) async fn stored(tx: &mut Tx, opd: UnitId, month: Month) -> Result<Vec<PersonSheet>, ServiceError> {
    let Some(close) = month_close::locked(tx, opd, month).await? else { return Ok(Vec::new()) };
    if hex::encode(Sha256::digest(close.payload.as_bytes())) != close.digest {
        return Err(altered(month));
    }
    serde_json::from_str(&close.payload).map_err(ServiceError::internal)
}

fn altered(month: Month) -> ServiceError {
    ServiceError::altered(
        format!(
            "Bulan {month} OPD ini sudah dikunci, tetapi isinya diubah di basis data sesudah dikunci. Angkanya tidak ditampilkan dan tidak boleh dipakai membayar. Laporkan ke Inspektorat; pengelola sistem menjalankan hadir verify facts untuk melihat yang tidak cocok dengan log, lalu memulihkannya dari cadangan."
        ),
        format!(
            "Month {month} of this OPD was changed in the database after its lock. Its figures are not shown and must not be paid. Tell the Inspektorat; `hadir verify facts` shows what does not match the log, and a backup from before has the true figures."
        ),
    )
}

/// The stored people with the days asked for. Of a part of the OPD, or of one person, only what was asked for is taken.
pub(super) fn shown(
    stored: Vec<PersonSheet>,
    live: &[PersonSheet],
    whole: bool,
    (from, until): (Date, Date),
) -> Vec<PersonSheet> {
    let mut people = Vec::with_capacity(stored.len());
    for mut person in stored {
        let fresh = live.iter().find(|p| p.id == person.id);
        if whole || fresh.is_some() {
            // The judgement is the stored one; the facts beside it stay the present ones.
            person.statuses = fresh.map(|p| p.statuses.clone()).unwrap_or_default();
            person.punches = fresh.map(|p| p.punches.clone()).unwrap_or_default();
            // Made of what the lock stored, too.
            person.year = fresh.and_then(|p| p.year);
            person.days.retain(|d| from <= d.date && d.date <= until);
            people.push(person);
        }
    }
    people
}

impl MonthSheet {
    /// Whether the month is locked (or verified) and stored results are shown.
    pub fn is_locked(&self) -> bool {
        self.close.as_ref().is_some_and(|c| c.state != CloseState::Reopened)
    }
}
