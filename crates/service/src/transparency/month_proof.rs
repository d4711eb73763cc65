//! What proves the figures of a locked month to somebody who has neither the database nor our word.

use domain::{ids::UnitId, month::Month};
use ledger::{Opening, Receipt};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::{log, month_close};

use super::{LogFiles, Proof, receipt};
use crate::{Office, ServiceError, month::PersonSheet};

/// The form of the file.
const FORM: &str = "hadir-month-proof/v1";

/// A locked month with the receipt of its lock: everything needed to check figures that were exported from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MonthProof {
    /// Always `hadir-month-proof/v1`.
    pub form: String,
    /// The receipt of the entry of the lock, as c2sp.org/tlog-proof.
    pub receipt: String,
    /// What that entry commits to, as `ledger::Opening`: the step of the closing with the digest of the figures.
    pub opening: String,
    /// The figures as they were stored at the lock, JSON.
    pub payload: String,
}

/// A proof whose parts belong together. The receipt itself is still to be verified.
#[derive(Debug)]
pub struct LockedMonth {
    /// The receipt.
    pub receipt: Receipt,
    /// The OPD.
    pub unit: UnitId,
    /// The month.
    pub month: Month,
    /// Which step of the closing it was.
    pub version: i64,
    /// By whom it was locked.
    pub actor: String,
    /// The figures.
    pub people: Vec<PersonSheet>,
}

/// The step of the closing, as far as it is needed.
#[derive(Debug, Deserialize)]
struct Step {
    table: String,
    unit_id: String,
    month: String,
    version: i64,
    state: String,
    actor: String,
    digest: String,
}

impl MonthProof {
    /// Puts the parts together: the figures must have the digest that the opening names, and the entry of the receipt must
    /// commit to the opening.
    ///
    /// # Errors
    /// A sentence that says which part does not fit.
    pub fn open(&self) -> Result<LockedMonth, String> {
        if self.form != FORM {
            return Err(format!("the form is not {FORM}"));
        }
        let receipt = Receipt::parse(&self.receipt).map_err(|error| error.to_string())?;
        let opening = Opening::parse(&self.opening).map_err(|error| error.to_string())?;
        let bytes = receipt.extra().ok_or("the receipt does not hold its entry")?;
        let entry = ledger::Entry::parse(bytes).map_err(|error| error.to_string())?;
        opening.check(&entry).map_err(|error| format!("the closing of the month: {error}"))?;
        let step: Step = serde_json::from_str(&opening.payload).map_err(|error| error.to_string())?;
        if step.table != "month_close" || step.state != "locked" {
            return Err("the entry is not the lock of a month".to_owned());
        }
        if hex::encode(Sha256::digest(&self.payload)) != step.digest {
            return Err(
                "the figures in the proof do not have the digest that was logged at the lock".to_owned()
            );
        }
        let unreadable = |what: &str| format!("the {what} in the proof cannot be read");
        Ok(LockedMonth {
            receipt,
            unit: UnitId::parse(&step.unit_id).ok_or_else(|| unreadable("OPD"))?,
            month: step.month.parse().map_err(|_| unreadable("month"))?,
            version: step.version,
            actor: step.actor,
            people: serde_json::from_str(&self.payload).map_err(|_| unreadable("figures"))?,
        })
    }
}

/// The proof of a month that an OPD has locked.
///
/// # Errors
/// [`crate::Fault::Conflict`] when it is not locked, or its lock is not published yet.
pub async fn month_proof(
    office: &Office,
    files: &LogFiles,
    opd: UnitId,
    month: Month,
) -> Result<MonthProof, ServiceError> {
    let mut tx = office.db.begin_read(office.tenant).await?;
    let locked = month_close::locked(&mut tx, opd, month).await?;
    let Some(close) = locked else {
        return Err(ServiceError::conflict(
            "Bulan ini belum dikunci, jadi belum ada yang dapat dibuktikan.",
            "This month is not locked, so there is nothing to prove yet.",
        ));
    };
    let row = log::entry_of_close(&mut tx, &close).await?;
    let opening = match &row {
        Some(row) => log::opening(&mut tx, row).await?,
        None => None,
    };
    let (Some(row), Some(opening)) = (row, opening) else {
        return Err(ServiceError::internal(
            "the lock of the month is not what was logged; see `hadir verify facts`",
        ));
    };
    match receipt::of(tx, files, row).await? {
        Proof::Receipt(receipt) => Ok(MonthProof {
            form: FORM.to_owned(),
            receipt: receipt.to_string(),
            opening: opening.to_string(),
            payload: close.payload,
        }),
        _ => Err(ServiceError::conflict(
            "Penguncian bulan ini belum terbit di log transparansi; coba lagi sebentar lagi.",
            "The lock of this month is not published yet; try again in a moment.",
        )),
    }
}
