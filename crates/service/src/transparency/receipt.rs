//! The receipt of a fact: proof, checkable without us, that it is in the log.

use ledger::{
    Receipt,
    read::{Log, published},
};
use store::log;

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
    /// There is no such fact.
    Unknown,
}

/// The receipt of the fact with this id (of a punch: the id in its answer). It holds no personal data.
///
/// # Errors
/// As every read; [`crate::Fault::Internal`] when the published files are damaged.
pub async fn receipt(office: &Office, files: &LogFiles, subject: [u8; 16]) -> Result<Proof, ServiceError> {
    let mut tx = office.db.begin_read(office.tenant).await?;
    let Some(row) = log::first_entry_about(&mut tx, subject).await? else { return Ok(Proof::Unknown) };
    drop(tx);
    let index = row.seq.unsigned_abs();
    let files = files.clone();
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
        Receipt::make(&tree, index, &row.entry, &signed).map(|receipt| Proof::Receipt(Box::new(receipt)))
    });
    match read.await {
        Ok(Ok(proof)) => Ok(proof),
        Ok(Err(error)) => Err(ServiceError::internal(error)),
        Err(error) => Err(ServiceError::internal(error)),
    }
}
