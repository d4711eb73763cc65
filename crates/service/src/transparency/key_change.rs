//! Replacing the key of the log: routine, or because the old one may have been seen by others.

use domain::ids::RecordId;
use store::log::{self, LogKey, Sealer};

use super::{Decision, LogFiles, Publishing, RecoveryError, publish, recovery};
use crate::Office;

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyChange {
    /// The log.
    pub origin: String,
    /// The new key.
    pub vkey: String,
    /// The key before it.
    pub replaces: String,
    /// The entry that names the new key.
    pub entry: u64,
}

/// Says in the log, signed by the old key, that `next` signs from now on; both keys sign the end that says so, and it is
/// published. No server may be running. The caller puts the new key into its place afterwards; until then both keys are good.
///
/// # Errors
/// [`RecoveryError`].
pub async fn change_key(
    office: &Office,
    files: &LogFiles,
    next: &Sealer,
    decision: &Decision,
) -> Result<KeyChange, RecoveryError> {
    let publishing = recovery::hold(files)?;
    let sealer = office.db.sealer().ok_or(RecoveryError::OtherKey)?;
    let mut tx = office.db.begin_write(office.tenant).await?;
    let origin = log::head(&mut tx).await?.ok_or(RecoveryError::NothingPublished)?.origin;
    let key = LogKey {
        key_id: office.id(RecordId::new),
        at: office.now(),
        vkey: next.vkey(&origin)?,
        replaces: sealer.vkey(&origin)?,
        reason: decision.reason.clone(),
        actor: decision.actor.clone(),
    };
    log::add_key(&mut tx, &key).await?;
    tx.commit().await?;
    let entry = follow(office, files, publishing, next, &key).await.map_err(RecoveryError::unfinished)?;
    Ok(KeyChange { origin, vkey: key.vkey, replaces: key.replaces, entry })
}

/// What follows once the log names the next key: both sign, and it is published.
async fn follow(
    office: &Office,
    files: &LogFiles,
    publishing: Publishing,
    next: &Sealer,
    key: &LogKey,
) -> Result<u64, RecoveryError> {
    let mut tx = office.db.begin_write(office.tenant).await?;
    log::countersign(&mut tx, next).await?;
    tx.commit().await?;
    let (_, done) = publish(office, publishing).await;
    done?;
    recovery::show(office, files, *key.key_id.0.as_bytes()).await
}
