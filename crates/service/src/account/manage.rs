//! Making accounts and granting roles.

use domain::{
    ids::{AccountId, EmployeeId, RecordId, UnitId},
    rights::Role,
};
use jiff::civil::Date;
use store::{Tx, account, tenant};

use super::{login::hash, normal_login, passphrase};
use crate::{Office, ServiceError, audit};

/// An account to be made.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// The person, if it is one's.
    pub employee: Option<EmployeeId>,
    /// NIP or chosen login.
    pub login: String,
    /// Name on the screen.
    pub name: String,
    /// First passphrase.
    pub passphrase: String,
    /// Whether it must be changed at the first login.
    pub must_change: bool,
}

/// Makes an account.
///
/// # Errors
/// [`crate::Fault::Invalid`] for a passphrase against the rules, [`crate::Fault::Conflict`] when the login is taken.
pub async fn add(
    office: &Office,
    tx: &mut Tx,
    new: NewAccount,
    actor: &str,
) -> Result<AccountId, ServiceError> {
    let login = normal_login(&new.login);
    passphrase::check_rules(&new.passphrase, &login)?;
    let hash = hash(office, &new.passphrase).await?;
    let row = account::Account {
        employee_id: new.employee,
        password_hash: Some(hash),
        must_change: new.must_change,
        ..empty(office, login, new.name)
    };
    store(office, tx, row, actor).await
}

/// Makes an account without a passphrase: nobody can log in until a link of [`super::invite`] was used.
///
/// # Errors
/// [`crate::Fault::Conflict`] when the login is taken.
pub async fn add_without_passphrase(
    office: &Office,
    tx: &mut Tx,
    (login, name, employee): (&str, String, Option<EmployeeId>),
    actor: &str,
) -> Result<AccountId, ServiceError> {
    let row = account::Account { employee_id: employee, ..empty(office, normal_login(login), name) };
    store(office, tx, row, actor).await
}

fn empty(office: &Office, login: String, name: String) -> account::Account {
    account::Account {
        account_id: office.id(AccountId::new),
        employee_id: None,
        login,
        display_name: name,
        password_hash: None,
        must_change: false,
        failed_count: 0,
        locked_until: None,
        lang: "id".into(),
        disabled_at: None,
        created_at: office.now(),
        last_login_at: None,
    }
}

/// Stores the row while it holds the tenant, so that no set-up link is used beside it.
async fn store(
    office: &Office,
    tx: &mut Tx,
    row: account::Account,
    actor: &str,
) -> Result<AccountId, ServiceError> {
    let id = row.account_id;
    tenant::hold(tx).await?;
    account::add(tx, &[row]).await?;
    let about = audit::Subject::new("account", id);
    audit::write(office, tx, actor, audit::Action::CreateAccount, about, serde_json::Value::Null).await?;
    Ok(id)
}

/// Where and how long a role is to hold, and why.
#[derive(Debug, Clone)]
pub struct NewGrant {
    /// The role.
    pub role: Role,
    /// The node whose subtree it covers; `None` covers everything.
    pub unit: Option<UnitId>,
    /// First day.
    pub from: Date,
    /// Last day; open if `None`.
    pub until: Option<Date>,
    /// The letter or reason; may be empty.
    pub reason: String,
}

/// Grants a role on a node, from a day on without end.
///
/// # Errors
/// When the account or unit does not exist.
pub async fn grant(
    office: &Office,
    tx: &mut Tx,
    (account, role, unit): (AccountId, Role, Option<UnitId>),
    from: Date,
    actor: &str,
) -> Result<(), ServiceError> {
    let new = NewGrant { role, unit, from, until: None, reason: String::new() };
    grant_between(office, tx, account, new, actor).await
}

/// Grants a role on a node between two days.
///
/// # Errors
/// When the account or unit does not exist.
pub async fn grant_between(
    office: &Office,
    tx: &mut Tx,
    account: AccountId,
    new: NewGrant,
    actor: &str,
) -> Result<(), ServiceError> {
    let row = account::Grant {
        grant_id: office.id(RecordId::new),
        account_id: account,
        role: new.role,
        unit_id: new.unit,
        valid_from: new.from,
        valid_until: new.until,
        granted_by: actor.to_owned(),
        recorded_at: office.now(),
    };
    account::grant(tx, &[row]).await?;
    let detail = serde_json::json!({
        "role": new.role.code(),
        "unit": new.unit.map(|u| u.to_string()),
        "from": new.from.to_string(),
        "until": new.until.map(|day| day.to_string()),
        "reason": new.reason,
    });
    let about = audit::Subject::new("account", account);
    audit::write(office, tx, actor, audit::Action::GrantRole, about, detail).await
}
