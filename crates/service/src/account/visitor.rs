//! Who stands behind a session cookie.

use domain::{
    ids::{AccountId, EmployeeId},
    lang::Lang,
    rights::{Access, Grant},
};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use store::{session, visitor as stored};

use super::{login::SESSION, token_hash};
use crate::{Office, ServiceError};

/// Sessions are extended at most this often, so that reading pages does not write.
const EXTEND_AFTER: SignedDuration = SignedDuration::from_mins(30);

/// A logged-in visitor.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// The account.
    pub account: AccountId,
    /// The person behind it, if any.
    pub employee: Option<EmployeeId>,
    /// Login as typed at the door.
    pub login: String,
    /// Name on the screen.
    pub name: String,
    /// Names of the units on which roles are granted.
    pub units: Vec<String>,
    /// What the visitor may reach.
    pub access: Access,
    /// Language of the account.
    pub lang: Lang,
    /// Whether the passphrase must be changed before anything else.
    pub must_change: bool,
    /// Token against forged forms, derived from the session.
    pub csrf: String,
}

impl Visitor {
    /// How the visitor is named in records: the id of the account.
    pub fn actor(&self) -> String {
        self.account.to_string()
    }
}

/// The visitor of a session cookie, or `None` when the session is over. One statement, except twice an hour.
///
/// # Errors
/// When the database cannot be reached.
pub async fn visitor(office: &Office, token: &str) -> Result<Option<Visitor>, ServiceError> {
    let now = office.now();
    let hashed = token_hash(token);
    let mut tx = office.db.begin_read(office.tenant).await?;
    let Some(found) = stored::of_session(&mut tx, &hashed, now).await? else { return Ok(None) };
    drop(tx);
    let unseen = now.duration_since(found.last_seen_at);
    // Begun under a clock that ran ahead and was set back since; it would last until that time comes.
    if -unseen > SESSION {
        return Ok(None);
    }
    if unseen.abs() > EXTEND_AFTER {
        extend(office, &hashed, now).await?;
    }
    // Dates of grants are civil dates; the westernmost zone decides so that no right ends early.
    let today = domain::zone::Zone::Wib.local(now).date();
    let mut units: Vec<String> = found.grants.iter().filter_map(|g| g.unit_name.clone()).collect();
    units.dedup();
    let grants = found
        .grants
        .into_iter()
        .map(|g| Grant { role: g.role, unit: g.unit_id, from: g.valid_from, until: g.valid_until })
        .collect();
    Ok(Some(Visitor {
        account: found.account_id,
        employee: found.employee_id,
        login: found.login,
        name: found.display_name,
        units,
        access: Access::new(found.employee_id, grants, today),
        lang: if found.lang == "en" { Lang::En } else { Lang::Id },
        must_change: found.must_change,
        csrf: csrf(token),
    }))
}

async fn extend(office: &Office, hashed: &[u8], now: Timestamp) -> Result<(), ServiceError> {
    let mut tx = office.db.begin_write(office.tenant).await?;
    session::extend(&mut tx, hashed, now, now.saturating_add(SESSION).unwrap_or(now)).await?;
    tx.commit().await?;
    Ok(())
}

fn csrf(token: &str) -> String {
    let mut digest = Sha256::new();
    digest.update(b"hadir form ");
    digest.update(token.as_bytes());
    hex::encode(&digest.finalize()[..16])
}
