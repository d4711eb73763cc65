//! `hadir account add`: an account with a role and a passphrase that must be changed.

use anyhow::Context;
use domain::{nip::EmployeeNumber, rights::Role};
use serde_json::json;
use service::{
    account::{NewAccount, add, grant, passphrase},
    reference,
};

use super::ACTOR;
use crate::{
    cli::{AccountAddArgs, Format},
    config::Config,
    output, system,
};

/// Makes the account if there is none, grants the role, and prints the passphrase of a new account.
pub async fn run(config: &Config, args: &AccountAddArgs, format: Format) -> anyhow::Result<()> {
    let role = Role::parse(&args.role).with_context(|| {
        let codes: Vec<&str> = Role::ALL.iter().map(|r| r.code()).collect();
        format!("'{}' is not a role; choose one of {}", args.role, codes.join(", "))
    })?;
    let office = system::open_to_write(config).await?;
    let mut tx = office.db.begin_write(office.tenant).await?;
    let reference = reference::current(&office, &mut tx).await?;
    let unit = match &args.unit {
        None => None,
        Some(code) => {
            let found = reference.units.by_code(code);
            Some(found.with_context(|| format!("there is no unit with the code '{code}'"))?.unit_id)
        }
    };
    let (login, employee, known_name) = match EmployeeNumber::parse(&args.login) {
        Ok(number) => {
            let id = super::people::by_number(&mut tx, number.as_str()).await?;
            let person = store::employee::get(&mut tx, id).await?;
            (number.as_str().to_owned(), Some(id), Some(person.employee.name))
        }
        Err(_) => (args.login.trim().to_lowercase(), None, None),
    };
    let (account, secret) = match store::account::by_login(&mut tx, &login).await? {
        Some(account) => (account.account_id, None),
        None => {
            let secret = passphrase::generate(&office);
            let name = args.name.clone().or(known_name).unwrap_or_else(|| login.clone());
            let new = NewAccount {
                employee,
                login: login.clone(),
                name,
                passphrase: secret.clone(),
                must_change: true,
            };
            (add(&office, &mut tx, new, ACTOR).await?, Some(secret))
        }
    };
    let today = reference.units.home_zone().local(office.now()).date();
    grant(&office, &mut tx, (account, role, unit), today, ACTOR).await?;
    tx.commit().await?;
    let said = secret.as_deref().unwrap_or("unchanged");
    match format {
        Format::Text => output::line(&format!(
            "{login}: {} {}; passphrase {said}, to be changed at the first login",
            role.label(),
            args.unit.as_deref().unwrap_or("everywhere"),
        )),
        Format::Json => output::json(
            None,
            &json!({ "login": login, "role": role.code(), "unit": args.unit, "passphrase": secret }),
        ),
        _ => Err(output::no_format("account add", format, "text or json")),
    }
}
