//! Logins and the roles they hold.

mod grant;
mod list;

pub use grant::{Grant, all_grants, grant, grants, grants_of, revoke_grant};
pub use list::{Listed, search};

use domain::ids::{AccountId, EmployeeId};
use jiff::Timestamp;

use crate::{
    error::{Result, StoreError},
    sql::{
        bulk::{self, OnConflict},
        record::{Record, record},
        value::params,
    },
    tx::Tx,
};

record! {
    /// A login.
    pub struct Account {
        /// Identity.
        pub account_id: AccountId,
        /// The person; `None` for accounts of services.
        pub employee_id: Option<EmployeeId>,
        /// NIP or a chosen name, lower case, unique.
        pub login: String,
        /// Name on the screen.
        pub display_name: String,
        /// Argon2 hash in PHC form; `None` until activated.
        pub password_hash: Option<String>,
        /// Whether the password must be changed at the next login.
        pub must_change: bool,
        /// Wrong passwords in a row.
        pub failed_count: i64,
        /// Until when login is refused.
        pub locked_until: Option<Timestamp>,
        /// `id` or `en`.
        pub lang: String,
        /// When it was switched off.
        pub disabled_at: Option<Timestamp>,
        /// When it was created.
        pub created_at: Timestamp,
        /// The last login.
        pub last_login_at: Option<Timestamp>,
    }
}

/// Adds accounts.
///
/// # Errors
/// [`crate::ErrorKind::Conflict`] when a login is taken or a person has an account.
pub async fn add(tx: &mut Tx, accounts: &[Account]) -> Result<u64> {
    bulk::insert(tx, "account", accounts, OnConflict::Fail).await
}

/// One account.
///
/// # Errors
/// [`crate::ErrorKind::NotFound`] when there is none.
pub async fn get(tx: &mut Tx, account: AccountId) -> Result<Account> {
    let sql = format!("SELECT {} FROM account WHERE tenant_id = $1 AND account_id = $2", Account::LIST);
    tx.fetch_optional(sql, params![account]).await?.ok_or_else(|| StoreError::not_found("account"))
}

/// The account with this login.
///
/// # Errors
/// As every call.
pub async fn by_login(tx: &mut Tx, login: &str) -> Result<Option<Account>> {
    let sql = format!("SELECT {} FROM account WHERE tenant_id = $1 AND login = $2", Account::LIST);
    tx.fetch_optional(sql, params![login]).await
}

/// The account of a person.
///
/// # Errors
/// As every call.
pub async fn of_employee(tx: &mut Tx, employee: EmployeeId) -> Result<Option<Account>> {
    let sql = format!("SELECT {} FROM account WHERE tenant_id = $1 AND employee_id = $2", Account::LIST);
    tx.fetch_optional(sql, params![employee]).await
}

/// All accounts by name.
///
/// # Errors
/// As every call.
pub async fn all(tx: &mut Tx) -> Result<Vec<Account>> {
    let sql =
        format!("SELECT {} FROM account WHERE tenant_id = $1 ORDER BY display_name, login", Account::LIST);
    tx.fetch(sql, params![]).await
}

/// Whether there is any account, switched off or not.
///
/// # Errors
/// As every call.
pub async fn any(tx: &mut Tx) -> Result<bool> {
    let sql = "SELECT COUNT(*) AS value FROM account WHERE tenant_id = $1";
    Ok(tx.scalar::<i64>(sql, params![]).await? > 0)
}

/// Sets the password; failures and lock are forgotten.
///
/// # Errors
/// [`crate::ErrorKind::NotFound`] when there is no such account.
pub async fn set_password(tx: &mut Tx, account: AccountId, hash: &str, must_change: bool) -> Result<()> {
    let sql = "UPDATE account SET password_hash = $3, must_change = $4, failed_count = 0, locked_until = NULL
               WHERE tenant_id = $1 AND account_id = $2";
    found(tx.execute(sql, params![account, hash, must_change]).await?)
}

/// Notes a wrong password and gives the number in a row.
///
/// # Errors
/// As every call.
pub async fn note_failure(tx: &mut Tx, account: AccountId) -> Result<i64> {
    let sql = "UPDATE account SET failed_count = failed_count + 1 WHERE tenant_id = $1 AND account_id = $2
               RETURNING failed_count AS value";
    tx.scalar(sql, params![account]).await
}

/// Refuses logins until an instant.
///
/// # Errors
/// [`crate::ErrorKind::NotFound`] when there is no such account.
pub async fn lock(tx: &mut Tx, account: AccountId, until: Timestamp) -> Result<()> {
    let sql = "UPDATE account SET locked_until = $3 WHERE tenant_id = $1 AND account_id = $2";
    found(tx.execute(sql, params![account, until]).await?)
}

/// Notes a login; failures and lock are forgotten.
///
/// # Errors
/// [`crate::ErrorKind::NotFound`] when there is no such account.
pub async fn note_login(tx: &mut Tx, account: AccountId, now: Timestamp) -> Result<()> {
    let sql = "UPDATE account SET last_login_at = $3, failed_count = 0, locked_until = NULL
               WHERE tenant_id = $1 AND account_id = $2";
    found(tx.execute(sql, params![account, now]).await?)
}

/// Changes the language of an account.
///
/// # Errors
/// [`crate::ErrorKind::NotFound`] when there is no such account.
pub async fn set_lang(tx: &mut Tx, account: AccountId, lang: &str) -> Result<()> {
    let sql = "UPDATE account SET lang = $3 WHERE tenant_id = $1 AND account_id = $2";
    found(tx.execute(sql, params![account, lang]).await?)
}

/// Switches an account off (`Some`) or on again (`None`).
///
/// # Errors
/// [`crate::ErrorKind::NotFound`] when there is no such account.
pub async fn set_disabled(tx: &mut Tx, account: AccountId, at: Option<Timestamp>) -> Result<()> {
    let sql = "UPDATE account SET disabled_at = $3 WHERE tenant_id = $1 AND account_id = $2";
    found(tx.execute(sql, params![account, at]).await?)
}

/// Lets an account log in again at once, whether it was switched off or rests after wrong passwords.
///
/// # Errors
/// [`crate::ErrorKind::NotFound`] when there is no such account.
pub async fn unlock(tx: &mut Tx, account: AccountId) -> Result<()> {
    let sql = "UPDATE account SET disabled_at = NULL, failed_count = 0, locked_until = NULL
               WHERE tenant_id = $1 AND account_id = $2";
    found(tx.execute(sql, params![account]).await?)
}

fn found(changed: u64) -> Result<()> {
    if changed == 0 { Err(StoreError::not_found("account")) } else { Ok(()) }
}
