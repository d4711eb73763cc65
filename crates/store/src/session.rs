//! Browsers that are logged in, and links that work once. Secrets are stored as SHA-256 only.

use domain::ids::AccountId;
use jiff::Timestamp;

use crate::{
    error::Result,
    sql::{
        record::{Record, record},
        text_enum::text_enum,
        value::params,
    },
    tx::Tx,
};

record! {
    /// A browser that is logged in.
    pub struct Session {
        /// SHA-256 of the cookie.
        pub token_hash: Vec<u8>,
        /// Who.
        pub account_id: AccountId,
        /// When it began.
        pub created_at: Timestamp,
        /// When it becomes void.
        pub expires_at: Timestamp,
        /// The last request, kept coarsely.
        pub last_seen_at: Timestamp,
        /// Browser.
        pub user_agent: String,
        /// Address at login.
        pub ip: String,
    }
}

text_enum! {
    /// What a link that works once is for.
    pub enum LinkPurpose {
        /// First set-up of the installation.
        Setup = "setup",
        /// Activation of an account.
        Activate = "activate",
    }
}

record! {
    /// A link that works once.
    pub struct OneTimeLink {
        /// SHA-256 of its secret part.
        pub token_hash: Vec<u8>,
        /// What it is for.
        pub purpose: LinkPurpose,
        /// The account; `None` for set-up.
        pub account_id: Option<AccountId>,
        /// When it was made.
        pub created_at: Timestamp,
        /// By whom.
        pub created_by: String,
        /// When it becomes void.
        pub expires_at: Timestamp,
    }
}

/// Begins a session.
///
/// # Errors
/// [`crate::ErrorKind::Conflict`] when the token is known.
pub async fn begin(tx: &mut Tx, session: &Session) -> Result<()> {
    let sql =
        format!("INSERT INTO session (tenant_id, {}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", Session::LIST);
    tx.execute(sql, session.values()).await.map(|_| ())
}

/// The session of a cookie, unless it is over at `now`.
///
/// # Errors
/// As every call.
pub async fn get(tx: &mut Tx, token_hash: &[u8], now: Timestamp) -> Result<Option<Session>> {
    let sql = format!(
        "SELECT {} FROM session
         WHERE tenant_id = $1 AND token_hash = $2 AND revoked_at IS NULL AND expires_at > $3",
        Session::LIST
    );
    tx.fetch_optional(sql, params![token_hash.to_vec(), now]).await
}

/// Notes a request and moves the end.
///
/// # Errors
/// As every call.
pub async fn extend(tx: &mut Tx, token_hash: &[u8], now: Timestamp, expires_at: Timestamp) -> Result<()> {
    let sql = "UPDATE session SET last_seen_at = $3, expires_at = $4
               WHERE tenant_id = $1 AND token_hash = $2 AND revoked_at IS NULL";
    tx.execute(sql, params![token_hash.to_vec(), now, expires_at]).await.map(|_| ())
}

/// The sessions of an account that are not over, newest first.
///
/// # Errors
/// As every call.
pub async fn of_account(tx: &mut Tx, account: AccountId, now: Timestamp) -> Result<Vec<Session>> {
    let sql = format!(
        "SELECT {} FROM session
         WHERE tenant_id = $1 AND account_id = $2 AND revoked_at IS NULL AND expires_at > $3
         ORDER BY last_seen_at DESC",
        Session::LIST
    );
    tx.fetch(sql, params![account, now]).await
}

/// Ends one session.
///
/// # Errors
/// As every call.
pub async fn revoke(tx: &mut Tx, token_hash: &[u8], now: Timestamp) -> Result<()> {
    let sql = "UPDATE session SET revoked_at = $3
               WHERE tenant_id = $1 AND token_hash = $2 AND revoked_at IS NULL";
    tx.execute(sql, params![token_hash.to_vec(), now]).await.map(|_| ())
}

/// Ends all sessions of an account but one: after a change of password, or when it is switched off.
///
/// # Errors
/// As every call.
pub async fn revoke_all(tx: &mut Tx, account: AccountId, keep: Option<&[u8]>, now: Timestamp) -> Result<u64> {
    let sql = "UPDATE session SET revoked_at = $4
               WHERE tenant_id = $1 AND account_id = $2 AND revoked_at IS NULL AND token_hash <> $3";
    tx.execute(sql, params![account, keep.unwrap_or_default().to_vec(), now]).await
}

/// Removes sessions and links that were over before `before`.
///
/// # Errors
/// As every call.
pub async fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    let sessions = "DELETE FROM session WHERE tenant_id = $1 AND expires_at < $2";
    let links = "DELETE FROM one_time_link WHERE tenant_id = $1 AND expires_at < $2";
    Ok(tx.execute(sessions, params![before]).await? + tx.execute(links, params![before]).await?)
}

/// Stores a link.
///
/// # Errors
/// [`crate::ErrorKind::Conflict`] when the token is known.
pub async fn add_link(tx: &mut Tx, link: &OneTimeLink) -> Result<()> {
    let sql = format!(
        "INSERT INTO one_time_link (tenant_id, {}) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        OneTimeLink::LIST
    );
    tx.execute(sql, link.values()).await.map(|_| ())
}

/// A link that was not used and is not over, without using it: to show its page.
///
/// # Errors
/// As every call.
pub async fn peek_link(tx: &mut Tx, token_hash: &[u8], now: Timestamp) -> Result<Option<OneTimeLink>> {
    let sql = format!(
        "SELECT {} FROM one_time_link
         WHERE tenant_id = $1 AND token_hash = $2 AND used_at IS NULL AND expires_at > $3",
        OneTimeLink::LIST
    );
    tx.fetch_optional(sql, params![token_hash.to_vec(), now]).await
}

/// Uses a link; `None` when it is unknown, over, used or for something else. Of two who try at once one gets it.
///
/// # Errors
/// As every call.
pub async fn use_link(
    tx: &mut Tx,
    token_hash: &[u8],
    purpose: LinkPurpose,
    now: Timestamp,
) -> Result<Option<OneTimeLink>> {
    let sql = format!(
        "UPDATE one_time_link SET used_at = $4
         WHERE tenant_id = $1 AND token_hash = $2 AND purpose = $3 AND used_at IS NULL AND expires_at > $4
         RETURNING {}",
        OneTimeLink::LIST
    );
    tx.fetch_optional(sql, params![token_hash.to_vec(), purpose, now]).await
}

/// Makes the unused links of an account void: a newer one takes their place.
///
/// # Errors
/// As every call.
pub async fn void_links(tx: &mut Tx, account: AccountId, now: Timestamp) -> Result<u64> {
    let sql = "UPDATE one_time_link SET used_at = $3
               WHERE tenant_id = $1 AND account_id = $2 AND used_at IS NULL";
    tx.execute(sql, params![account, now]).await
}

/// Makes all unused links for a purpose void: a newer one takes their place.
///
/// # Errors
/// As every call.
pub async fn void_links_for(tx: &mut Tx, purpose: LinkPurpose, now: Timestamp) -> Result<u64> {
    let sql = "UPDATE one_time_link SET used_at = $3
               WHERE tenant_id = $1 AND purpose = $2 AND used_at IS NULL";
    tx.execute(sql, params![purpose, now]).await
}
