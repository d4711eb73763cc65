//! Locking and unlocking an account, ending its sessions, and a new link to set its passphrase.

use domain::ids::AccountId;
use store::{Tx, account, session};

use super::Manager;
use crate::{
    Office, ServiceError,
    account::invite,
    audit::{self, Action, Subject},
    reason::checked_reason,
};

/// Locks an account: its sessions end at once, and neither passphrase nor link lets anybody in.
///
/// # Errors
/// [`crate::Fault::Forbidden`] for one's own account or one out of reach, [`crate::Fault::Invalid`] without a reason,
/// [`crate::Fault::Conflict`] when it is locked already.
pub async fn lock(
    office: &Office,
    tx: &mut Tx,
    manager: &Manager,
    id: AccountId,
    reason: &str,
) -> Result<(), ServiceError> {
    let (found, _) = manager.other(tx, id).await?;
    let reason = checked_reason(reason)?;
    if found.disabled_at.is_some() {
        return Err(ServiceError::conflict("Akun ini sudah terkunci.", "This account is locked already."));
    }
    let now = office.now();
    account::set_disabled(tx, id, Some(now)).await?;
    let ended = session::revoke_all(tx, id, None, now).await?;
    let detail = serde_json::json!({ "reason": reason, "sessions": ended });
    register(office, tx, manager, Action::CloseAccount, id, detail).await
}

/// Lets an account in again, whether it was locked here or rests after wrong passphrases.
///
/// # Errors
/// [`crate::Fault::Forbidden`] for one's own account or one out of reach, [`crate::Fault::Invalid`] without a reason.
pub async fn unlock(
    office: &Office,
    tx: &mut Tx,
    manager: &Manager,
    id: AccountId,
    reason: &str,
) -> Result<(), ServiceError> {
    manager.other(tx, id).await?;
    let reason = checked_reason(reason)?;
    account::unlock(tx, id).await?;
    // A login that ran beside the lock may have left a session behind.
    session::revoke_all(tx, id, None, office.now()).await?;
    register(office, tx, manager, Action::OpenAccount, id, serde_json::json!({ "reason": reason })).await
}

/// Ends all sessions of an account; how many there were.
///
/// # Errors
/// [`crate::Fault::Forbidden`] for one's own account or one out of reach.
pub async fn end_sessions(
    office: &Office,
    tx: &mut Tx,
    manager: &Manager,
    id: AccountId,
) -> Result<u64, ServiceError> {
    manager.other(tx, id).await?;
    let ended = session::revoke_all(tx, id, None, office.now()).await?;
    let detail = serde_json::json!({ "sessions": ended });
    register(office, tx, manager, Action::EndSessions, id, detail).await?;
    Ok(ended)
}

/// A new link for somebody who never used the first one or forgot the passphrase; its secret part.
///
/// # Errors
/// [`crate::Fault::Forbidden`] for one's own account or one out of reach, [`crate::Fault::Conflict`] when it is locked.
pub async fn new_link(
    office: &Office,
    tx: &mut Tx,
    manager: &Manager,
    id: AccountId,
) -> Result<(String, account::Account), ServiceError> {
    let (found, _) = manager.other(tx, id).await?;
    if found.disabled_at.is_some() {
        return Err(ServiceError::conflict(
            "Akun ini terkunci. Buka kuncinya dahulu, lalu buat tautan.",
            "This account is locked. Unlock it first, then make the link.",
        ));
    }
    let token = invite(office, tx, id, &manager.actor()).await?;
    Ok((token, found))
}

async fn register(
    office: &Office,
    tx: &mut Tx,
    manager: &Manager,
    action: Action,
    id: AccountId,
    detail: serde_json::Value,
) -> Result<(), ServiceError> {
    audit::write(office, tx, &manager.actor(), action, Subject::new("account", id), detail).await
}
