//! Login, lockout, logout and the change of a passphrase.

use std::net::IpAddr;

use domain::ids::AccountId;
use jiff::{SignedDuration, Timestamp};
use store::{Tx, account, session, setting};
use tokio::sync::Semaphore;

use super::{normal_login, passphrase, token_hash};
use crate::{Office, ServiceError, audit};

/// Wrong passphrases in a row before the account rests.
const TRIES: i64 = 5;
/// How long it rests.
const REST: SignedDuration = SignedDuration::from_mins(15);
/// How long a session lasts after the last request that extended it.
pub(super) const SESSION: SignedDuration = SignedDuration::from_hours(12);
/// Argon2 takes 19 MiB each; more at once than this would only slow each other down.
static HASHING: Semaphore = Semaphore::const_new(4);

/// A hash that no passphrase fits, so that an unknown login costs as much time as a known one.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$aGFkaXItbm9ib2R5LTAwMQ$vMBRPqvPPYjXLGJ0bC1bP9lGUjGTRFqUuVJq0e5QbHk";

/// Who wants in.
#[derive(Debug, Clone)]
pub struct LoginRequest<'a> {
    /// NIP or chosen login, as typed.
    pub login: &'a str,
    /// Passphrase, as typed.
    pub passphrase: &'a str,
    /// Browser.
    pub user_agent: &'a str,
    /// Address.
    pub ip: IpAddr,
}

/// A session that began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Secret of the cookie.
    pub token: String,
    /// Whether the passphrase must be changed first.
    pub must_change: bool,
}

/// What came of a login.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LoginOutcome {
    /// In.
    Welcome(Entry),
    /// Login or passphrase wrong; so many tries are left before the account rests.
    Wrong {
        /// Tries left.
        left: u32,
    },
    /// Too many wrong tries.
    Locked {
        /// When the next try is accepted.
        until: Timestamp,
    },
    /// Too many wrong tries from this address, whatever the login.
    Crowded {
        /// When the next try is accepted.
        until: Timestamp,
    },
    /// Switched off.
    Closed,
}

/// Where the failures of unknown logins are counted.
const UNKNOWN: &str = "login.unknown";

/// Checks a passphrase and begins a session. Unknown logins are counted, answered and rest like known ones, and cost as
/// much time: one hash and one small write.
///
/// # Errors
/// When the database cannot be reached.
pub async fn login(office: &Office, request: LoginRequest<'_>) -> Result<LoginOutcome, ServiceError> {
    let login = normal_login(request.login);
    let now = office.now();
    if let Err(until) = office.guesses.admit(request.ip, now) {
        return Ok(LoginOutcome::Crowded { until });
    }
    let mut tx = office.db.begin_read(office.tenant).await?;
    let found = account::by_login(&mut tx, &login).await?;
    drop(tx);
    let rests = found.as_ref().map_or_else(|| office.guesses.resting(&login), |a| a.locked_until);
    // Nobody rests for longer than this: a longer one was ordered under a clock that was set back since.
    if let Some(until) = rests.filter(|until| *until > now && until.duration_since(now) <= REST) {
        return Ok(LoginOutcome::Locked { until });
    }
    let stored = found.as_ref().and_then(|a| a.password_hash.clone()).unwrap_or_else(|| NOBODY.to_owned());
    let fits = verify(request.passphrase, stored).await?;
    match found {
        Some(account) if fits && account.disabled_at.is_some() => Ok(LoginOutcome::Closed),
        Some(account) if fits => {
            office.guesses.forgive(request.ip);
            Ok(LoginOutcome::Welcome(enter(office, &account, &request).await?))
        }
        Some(account) => wrong(office, account.account_id, &request).await,
        None => unknown(office, &login, &request).await,
    }
}

async fn verify(passphrase: &str, stored: String) -> Result<bool, ServiceError> {
    if passphrase.len() > passphrase::LONGEST {
        return Ok(false);
    }
    let passphrase = passphrase.to_owned();
    let _turn = HASHING.acquire().await.map_err(ServiceError::internal)?;
    tokio::task::spawn_blocking(move || passphrase::verify(&passphrase, &stored))
        .await
        .map_err(ServiceError::internal)
}

pub(super) async fn hash(office: &Office, passphrase: &str) -> Result<String, ServiceError> {
    let (passphrase, salt) = (passphrase.to_owned(), office.random::<16>());
    let _turn = HASHING.acquire().await.map_err(ServiceError::internal)?;
    tokio::task::spawn_blocking(move || passphrase::hash(&passphrase, salt))
        .await
        .map_err(ServiceError::internal)?
}

async fn enter(
    office: &Office,
    account: &account::Account,
    request: &LoginRequest<'_>,
) -> Result<Entry, ServiceError> {
    let now = office.now();
    let token = hex::encode(office.random::<32>());
    let mut tx = office.db.begin_write(office.tenant).await?;
    let begun = session::Session {
        token_hash: token_hash(&token),
        account_id: account.account_id,
        created_at: now,
        expires_at: now.saturating_add(SESSION).unwrap_or(now),
        last_seen_at: now,
        user_agent: request.user_agent.chars().take(200).collect(),
        ip: request.ip.to_string(),
    };
    session::begin(&mut tx, &begun).await?;
    account::note_login(&mut tx, account.account_id, now).await?;
    tx.commit().await?;
    Ok(Entry { token, must_change: account.must_change })
}

async fn wrong(
    office: &Office,
    id: AccountId,
    request: &LoginRequest<'_>,
) -> Result<LoginOutcome, ServiceError> {
    let until = rest_until(office);
    let mut tx = office.db.begin_write(office.tenant).await?;
    let failures = account::note_failure(&mut tx, id).await?;
    if failures >= TRIES {
        account::lock(&mut tx, id, until).await?;
        note_rest(office, &mut tx, &id.to_string(), request.ip).await?;
    }
    tx.commit().await?;
    Ok(outcome(failures, until))
}

/// As [`wrong`] for a login that does not exist, with a write of the same size.
async fn unknown(
    office: &Office,
    login: &str,
    request: &LoginRequest<'_>,
) -> Result<LoginOutcome, ServiceError> {
    let (now, until) = (office.now(), rest_until(office));
    let failures = office.guesses.note(login, now, TRIES, until);
    let mut tx = office.db.begin_write(office.tenant).await?;
    setting::set(&mut tx, UNKNOWN, &now.to_string(), "public", now).await?;
    if failures >= TRIES {
        note_rest(office, &mut tx, "unknown", request.ip).await?;
    }
    tx.commit().await?;
    Ok(outcome(failures, until))
}

fn outcome(failures: i64, until: Timestamp) -> LoginOutcome {
    match TRIES - failures {
        left if left > 0 => LoginOutcome::Wrong { left: u32::try_from(left).unwrap_or(0) },
        _ => LoginOutcome::Locked { until },
    }
}

fn rest_until(office: &Office) -> Timestamp {
    let now = office.now();
    now.saturating_add(REST).unwrap_or(now)
}

async fn note_rest(office: &Office, tx: &mut Tx, account: &str, ip: IpAddr) -> Result<(), ServiceError> {
    let about = audit::Subject::new("account", account);
    audit::write(office, tx, account, audit::Action::LockAccount, about, serde_json::json!({ "ip": ip }))
        .await
}

/// Ends the session of a cookie.
///
/// # Errors
/// When the database cannot be reached.
pub async fn logout(office: &Office, token: &str) -> Result<(), ServiceError> {
    let mut tx = office.db.begin_write(office.tenant).await?;
    session::revoke(&mut tx, &token_hash(token), office.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// Changes the passphrase of the session's account; all its other sessions end.
///
/// # Errors
/// [`crate::Fault::Invalid`] when the old one is wrong or the new one breaks the rules.
pub async fn change_passphrase(
    office: &Office,
    token: &str,
    old: &str,
    new: &str,
) -> Result<(), ServiceError> {
    let hashed = token_hash(token);
    let mut tx = office.db.begin_read(office.tenant).await?;
    let Some(current) = session::get(&mut tx, &hashed, office.now()).await? else {
        return Err(ServiceError::forbidden());
    };
    let account = account::get(&mut tx, current.account_id).await?;
    drop(tx);
    if !verify(old, account.password_hash.unwrap_or_default()).await? {
        return Err(ServiceError::invalid("Kata sandi lama salah.", "The old passphrase is wrong."));
    }
    if old == new {
        return Err(ServiceError::invalid(
            "Kata sandi baru harus berbeda dari yang lama.",
            "The new passphrase must differ from the old one.",
        ));
    }
    passphrase::check_rules(new, &account.login)?;
    let hash = hash(office, new).await?;
    let mut tx = office.db.begin_write(office.tenant).await?;
    account::set_password(&mut tx, current.account_id, &hash, false).await?;
    session::revoke_all(&mut tx, current.account_id, Some(&hashed), office.now()).await?;
    let about = audit::Subject::new("account", current.account_id);
    audit::write(
        office,
        &mut tx,
        &current.account_id.to_string(),
        audit::Action::ChangePassphrase,
        about,
        serde_json::Value::Null,
    )
    .await?;
    tx.commit().await?;
    Ok(())
}
