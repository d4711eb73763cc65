//! Replacing the key of a log: the log says so while the old key still signs, and both keys sign the end that says it.

use domain::ids::RecordId;
use jiff::Timestamp;
use ledger::SignedCheckpoint;

use super::{head, sealer::Sealer};
use crate::{
    error::{ErrorKind, Result, StoreError},
    sql::{
        bulk::{self, OnConflict},
        record::record,
        value::params,
    },
    tx::Tx,
};

record! {
    /// A key that signs from now on. It is covered, so the log names it.
    pub struct LogKey {
        /// Identity.
        pub key_id: RecordId,
        /// When.
        pub at: Timestamp,
        /// The new key, as a vkey.
        pub vkey: String,
        /// The key before it.
        pub replaces: String,
        /// Why.
        pub reason: String,
        /// Who decided.
        pub actor: String,
    }
}

/// Writes the new key down.
///
/// # Errors
/// As every call.
pub async fn add_key(tx: &mut Tx, key: &LogKey) -> Result<()> {
    bulk::insert(tx, "log_key", std::slice::from_ref(key), OnConflict::Fail).await.map(|_| ())
}

/// Signs the present end of the log with `next` too, beside the signature that it has; gives the note.
///
/// # Errors
/// [`ErrorKind::NotFound`] for a log without entries.
pub async fn countersign(tx: &mut Tx, next: &Sealer) -> Result<SignedCheckpoint> {
    let unreadable = || StoreError::new(ErrorKind::Corrupt, "the signed end of the log cannot be read");
    let head = head::lock(tx).await?.filter(|head| head.edge.size() > 0);
    let head = head.ok_or_else(|| StoreError::not_found("the log has no entries"))?;
    let signed = SignedCheckpoint::parse(&head.checkpoint).map_err(|_| unreadable())?;
    let second = next.sign(&head.origin, &head.edge, head.at)?;
    let second = SignedCheckpoint::parse(&second).map_err(|_| unreadable())?;
    let both = signed.with_signatures(second.signatures()).map_err(|_| unreadable())?;
    let sql = "UPDATE log_head SET checkpoint = $2 WHERE tenant_id = $1";
    tx.execute(sql, params![both.text()]).await?;
    Ok(both)
}
