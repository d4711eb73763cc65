//! A new account with its first role and the link that sets its passphrase.

use domain::{
    ids::{AccountId, EmployeeId},
    lang::Lang,
    nip::EmployeeNumber,
};
use store::{Tx, account, employee};

use super::{Manager, roles::checked};
use crate::{
    Office, ServiceError,
    account::{NewGrant, add_without_passphrase, grant_between, invite, normal_login},
};

/// Somebody who is to have an account.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// NIP or NI PPPK of an employee, or a chosen login for somebody else.
    pub login: String,
    /// Name of somebody who is no employee; employees keep the name they have.
    pub name: String,
    /// The first role.
    pub grant: NewGrant,
}

/// An account that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Created {
    /// The account.
    pub account: AccountId,
    /// Name on the screen.
    pub name: String,
    /// What is typed at the door.
    pub login: String,
    /// Secret part of its link; stored nowhere.
    pub token: String,
}

/// Makes an account, gives it a role, and makes its link.
///
/// # Errors
/// [`crate::Fault::Invalid`] for a number nobody has, a login that cannot be, or a role that cannot be;
/// [`crate::Fault::Conflict`] when the person has an account or the login is taken; [`crate::Fault::Forbidden`] for a unit
/// out of reach.
pub async fn create(
    office: &Office,
    tx: &mut Tx,
    manager: &Manager,
    new: NewPerson,
) -> Result<Created, ServiceError> {
    let login = normal_login(&new.login);
    let (name, employee) = owner(tx, &login, new.name.trim()).await?;
    let grant = checked(manager, new.grant, employee.is_some())?;
    let taken = match employee {
        Some(id) => account::of_employee(tx, id).await?,
        None => None,
    };
    if taken.is_some() || account::by_login(tx, &login).await?.is_some() {
        return Err(ServiceError::conflict(
            "Orang atau nama masuk ini sudah punya akun. Cari di daftar akun, lalu beri peran atau buat tautan baru di sana.",
            "This person or login has an account. Find it in the list, and give it a role or a new link there.",
        ));
    }
    let actor = manager.actor();
    let id = add_without_passphrase(office, tx, (&login, name.clone(), employee), &actor).await?;
    grant_between(office, tx, id, grant, &actor).await?;
    let token = invite(office, tx, id, &actor).await?;
    Ok(Created { account: id, name, login, token })
}

/// Name and person behind a login. What consists of digits only must be the number of an employee: a mistyped NIP must
/// not become the login of somebody else.
async fn owner(tx: &mut Tx, login: &str, name: &str) -> Result<(String, Option<EmployeeId>), ServiceError> {
    if !login.is_empty() && login.chars().all(|c| c.is_ascii_digit()) {
        let number = EmployeeNumber::parse(login).map_err(|e| {
            let say = |lang| format!("{} {}", e.sentence(lang), e.remedy(lang));
            ServiceError::invalid(say(Lang::Id), say(Lang::En))
        })?;
        let found = employee::by_number(tx, number.as_str()).await?.ok_or_else(|| {
            ServiceError::invalid(
                "Tidak ada pegawai dengan NIP ini. Periksa angkanya, atau impor data pegawai dahulu.",
                "No employee has this number. Check the digits, or import the employees first.",
            )
        })?;
        return Ok((employee::get(tx, found).await?.employee.name, Some(found)));
    }
    let fits = (3..=32).contains(&login.len())
        && login.starts_with(|c: char| c.is_ascii_lowercase())
        && login
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_'));
    if !fits {
        return Err(ServiceError::invalid(
            "Nama masuk terdiri dari 3 sampai 32 huruf kecil, angka, titik atau garis, dan diawali huruf; untuk pegawai pakai NIP.",
            "A login has 3 to 32 lower-case letters, digits, dots or dashes and begins with a letter; employees use their NIP.",
        ));
    }
    if name.is_empty() || name.chars().any(char::is_control) || name.chars().count() > 120 {
        return Err(ServiceError::invalid(
            "Tulis nama orangnya, paling panjang 120 huruf.",
            "Write the person's name, at most 120 characters.",
        ));
    }
    Ok((name.to_owned(), None))
}
