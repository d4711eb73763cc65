//! The receipt of a fact: proof, checkable without us, that it is in the log.

use ledger::{
    Opening, Receipt, SignedCheckpoint,
    read::{Log, ReadError, cosigned, published},
};
use store::{
    Tx,
    log::{self, EntryRow, Held},
};

use super::LogFiles;
use crate::{Office, ServiceError};

/// What there is to show for a fact.
#[derive(Debug, Clone, PartialEq)]
pub enum Proof {
    /// The receipt, in the form of c2sp.org/tlog-proof.
    Receipt(Box<Receipt>),
    /// It is in the log but not published yet: ask again in a second.
    Soon {
        /// Its place in the log.
        index: u64,
    },
    /// It is stored, but the log may not be signed at present: it is entered as soon as it may.
    Waiting,
    /// The entry in the database is not the one that was published: somebody changed it.
    Altered {
        /// Its place in the log.
        index: u64,
    },
    /// There is no such fact.
    Unknown,
}

/// The receipt of the fact with this id (of a punch: the id in its answer). It holds no personal data.
///
/// # Errors
/// As every read; [`crate::Fault::Internal`] when the published files are damaged.
pub async fn receipt(office: &Office, files: &LogFiles, subject: [u8; 16]) -> Result<Proof, ServiceError> {
    let mut tx = office.db.begin_read(office.tenant).await?;
    match log::first_entry_about(&mut tx, subject).await? {
        Some(row) => of(tx, files, row).await,
        None if log::is_waiting(&mut tx, subject).await? => Ok(Proof::Waiting),
        None => Ok(Proof::Unknown),
    }
}

/// The receipt of the entry at `index`.
///
/// # Errors
/// As [`receipt`].
pub async fn receipt_at(office: &Office, files: &LogFiles, index: u64) -> Result<Proof, ServiceError> {
    let mut tx = office.db.begin_read(office.tenant).await?;
    match log::entries(&mut tx, index, 1).await?.pop() {
        Some(row) => of(tx, files, row).await,
        None => Ok(Proof::Unknown),
    }
}

/// Whether the fact with this id still is what the log says of it. Beside the log of the database, the published one is asked.
///
/// # Errors
/// As [`receipt`].
pub async fn is_as_logged(
    office: &Office,
    files: &LogFiles,
    subject: [u8; 16],
) -> Result<bool, ServiceError> {
    let mut tx = office.db.begin_read(office.tenant).await?;
    match log::held(&mut tx, subject).await? {
        Held::Fits { newest } => Ok(!matches!(of(tx, files, *newest).await?, Proof::Altered { .. })),
        Held::Waits => Ok(true),
        Held::Differs => Ok(false),
    }
}

/// What the entry commits to with which the fact with this id came into the log; `None` when it has none, or was changed since.
///
/// # Errors
/// As every read.
pub async fn opening(office: &Office, subject: [u8; 16]) -> Result<Option<Opening>, ServiceError> {
    let mut tx = office.db.begin_read(office.tenant).await?;
    match log::first_entry_about(&mut tx, subject).await? {
        Some(row) => Ok(log::opening(&mut tx, &row).await?),
        None => Ok(None),
    }
}

pub(super) async fn of(mut tx: Tx, files: &LogFiles, row: EntryRow) -> Result<Proof, ServiceError> {
    let place = log::place(&mut tx, &row).await?;
    drop(tx);
    let (files, index) = (files.generation(place.generation), place.index);
    let read = tokio::task::spawn_blocking(move || {
        let signed = match published(&files.fetch()) {
            Ok(signed) => signed,
            // Nothing is published yet.
            Err(_) if !files.root().join("checkpoint").exists() => return Ok(Proof::Soon { index }),
            Err(error) => return Err(error),
        };
        if signed.size() <= index {
            return Ok(Proof::Soon { index });
        }
        let tree = Log::open(files.fetch(), signed.checkpoint())?;
        let made = |note: &SignedCheckpoint| Receipt::make(&tree, index, &row.entry, note);
        // The newest checkpoint may not be cosigned yet; a somewhat older one that is proves more.
        let cosigned = cosigned(&files.fetch()).ok().flatten().filter(|note| note.size() > index);
        let receipt = match cosigned.map(|note| made(&note)) {
            Some(Ok(receipt)) => receipt,
            _ => match made(&signed) {
                Err(ReadError::Entry { .. }) => return Ok(Proof::Altered { index }),
                made => made?,
            },
        };
        Ok(Proof::Receipt(Box::new(receipt)))
    });
    match read.await {
        Ok(Ok(proof)) => Ok(proof),
        Ok(Err(error)) => Err(ServiceError::internal(error)),
        Err(error) => Err(ServiceError::internal(error)),
    }
}
