//! Links with which a person sets the passphrase of an account: they work once, and only for that account.

use domain::ids::AccountId;
use jiff::SignedDuration;
use store::{
    Tx, account,
    session::{self, LinkPurpose, OneTimeLink},
};

use super::{login::hash, passphrase, token_hash};
use crate::{Office, ServiceError, audit};

/// How long a link can be used.
pub const INVITATION_LASTS: SignedDuration = SignedDuration::from_hours(72);

/// Whose link it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// Name on the screen.
    pub name: String,
    /// What is typed at the door.
    pub login: String,
}

/// Makes a link for an account and gives its secret part, which is stored nowhere. Older links of the account no longer
/// work; its passphrase, if it has one, works until the link is used.
///
/// # Errors
/// As every write.
pub async fn invite(
    office: &Office,
    tx: &mut Tx,
    id: AccountId,
    actor: &str,
) -> Result<String, ServiceError> {
    let now = office.now();
    let token = hex::encode(office.random::<24>());
    session::void_links(tx, id, now).await?;
    let link = OneTimeLink {
        token_hash: token_hash(&token),
        purpose: LinkPurpose::Activate,
        account_id: Some(id),
        created_at: now,
        created_by: actor.to_owned(),
        expires_at: now.saturating_add(INVITATION_LASTS).unwrap_or(now),
    };
    session::add_link(tx, &link).await?;
    let about = audit::Subject::new("account", id);
    audit::write(office, tx, actor, audit::Action::InviteAccount, about, serde_json::Value::Null).await?;
    Ok(token)
}

/// Whose link this is; `None` when it is unknown, used or over, or the account is locked.
///
/// # Errors
/// When the database cannot be reached.
pub async fn invitation(office: &Office, token: &str) -> Result<Option<Invited>, ServiceError> {
    let mut tx = office.db.begin_read(office.tenant).await?;
    let link = session::peek_link(&mut tx, &token_hash(token), office.now()).await?;
    let Some(id) = link.filter(|l| l.purpose == LinkPurpose::Activate).and_then(|l| l.account_id) else {
        return Ok(None);
    };
    let found = account::get(&mut tx, id).await?;
    let open = found.disabled_at.is_none();
    Ok(open.then_some(Invited { name: found.display_name, login: found.login }))
}

/// Uses the link: sets the passphrase and ends all sessions of the account. Everything happens in one transaction, so a
/// refused passphrase leaves the link usable.
///
/// # Errors
/// [`crate::Fault::Conflict`] when the link is unknown, used or over, or the account is locked,
/// [`crate::Fault::Invalid`] for a passphrase against the rules.
pub async fn accept(office: &Office, token: &str, new: &str) -> Result<(), ServiceError> {
    let Some(invited) = invitation(office, token).await? else { return Err(over()) };
    passphrase::check_rules(new, &invited.login)?;
    let hash = hash(office, new).await?;
    let now = office.now();
    let mut tx = office.db.begin_write(office.tenant).await?;
    let used = session::use_link(&mut tx, &token_hash(token), LinkPurpose::Activate, now).await?;
    let Some(id) = used.and_then(|link| link.account_id) else { return Err(over()) };
    if account::get(&mut tx, id).await?.disabled_at.is_some() {
        return Err(over());
    }
    account::set_password(&mut tx, id, &hash, false).await?;
    session::revoke_all(&mut tx, id, None, now).await?;
    let about = audit::Subject::new("account", id);
    let detail = serde_json::json!({ "by": "link" });
    audit::write(office, &mut tx, &id.to_string(), audit::Action::ChangePassphrase, about, detail).await?;
    tx.commit().await?;
    Ok(())
}

fn over() -> ServiceError {
    ServiceError::conflict(
        "Tautan ini sudah dipakai atau kedaluwarsa. Minta tautan baru kepada pengelola akun.",
        "This link was used or is over. Ask whoever manages accounts for a new one.",
    )
}
