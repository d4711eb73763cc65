//! Making accounts and granting roles.

use domain::{
    ids::{AccountId, EmployeeId, RecordId, UnitId},
    rights::Role,
};
use jiff::civil::Date;
use store::{Tx, account};

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
    let id = office.id(AccountId::new);
    let row = account::Account {
        account_id: id,
        employee_id: new.employee,
        login,
        display_name: new.name,
        password_hash: Some(hash),
        must_change: new.must_change,
        failed_count: 0,
        locked_until: None,
        lang: "id".into(),
        disabled_at: None,
        created_at: office.now(),
        last_login_at: None,
    };
    account::add(tx, &[row]).await?;
    audit::write(
        office,
        tx,
        actor,
        audit::Action::CreateAccount,
        audit::Subject::new("account", id),
        serde_json::Value::Null,
    )
    .await?;
    Ok(id)
}

/// Grants a role on a node, from a day on.
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
    let row = account::Grant {
        grant_id: office.id(RecordId::new),
        account_id: account,
        role,
        unit_id: unit,
        valid_from: from,
        valid_until: None,
        granted_by: actor.to_owned(),
        recorded_at: office.now(),
    };
    account::grant(tx, &[row]).await?;
    let detail = serde_json::json!({ "role": role.code(), "unit": unit.map(|u| u.to_string()) });
    audit::write(
        office,
        tx,
        actor,
        audit::Action::GrantRole,
        audit::Subject::new("account", account),
        detail,
    )
    .await?;
    Ok(())
}
