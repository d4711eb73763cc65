//! Finding people and accounts by what a person types.

use domain::{ids::EmployeeId, lang::Lang, nip::EmployeeNumber};
use service::account::normal_login;
use store::{Tx, account::Account};

/// The person with this NIP or NI PPPK; blanks in it do not matter.
///
/// # Errors
/// A number that cannot be one, with how to repair it; nobody has it.
pub async fn by_number(tx: &mut Tx, text: &str) -> anyhow::Result<EmployeeId> {
    let number = EmployeeNumber::parse(text)
        .map_err(|e| anyhow::anyhow!("'{text}': {} {}", e.sentence(Lang::En), e.remedy(Lang::En)))?;
    let found = store::employee::by_number(tx, number.as_str()).await?;
    found.ok_or_else(|| {
        anyhow::anyhow!("nobody has the number {}; import the list of employees first", number.printed())
    })
}

/// The account with this login, or of the person with this number.
///
/// # Errors
/// No such account, or one that is switched off.
pub async fn account(tx: &mut Tx, text: &str) -> anyhow::Result<Account> {
    let login = normal_login(text);
    let mut found = store::account::by_login(tx, &login).await?;
    if found.is_none()
        && let Some(employee) = store::employee::by_number(tx, &login).await?
    {
        found = store::account::of_employee(tx, employee).await?;
    }
    let account = found.ok_or_else(|| {
        anyhow::anyhow!("there is no account with the login '{text}'; make one with `hadir account add`")
    })?;
    anyhow::ensure!(
        account.disabled_at.is_none(),
        "the account '{text}' is switched off; name an active one"
    );
    Ok(account)
}
