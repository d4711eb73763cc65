//! The first run: a link that works once instead of any default password. The newest link alone works, and none as soon
//! as there is an account.

use domain::{ids::UnitId, rights::Role, zone::Zone};
use jiff::SignedDuration;
use store::{
    Tx, account, org,
    session::{self, LinkPurpose, OneTimeLink},
    tenant,
};

use super::{NewAccount, add, grant, token_hash};
use crate::{Office, ServiceError, reference};

/// What the first page asks.
#[derive(Debug, Clone)]
pub struct SetupForm {
    /// Official name: `Pemerintah Kabupaten Contoh`.
    pub regency: String,
    /// Province.
    pub province: String,
    /// Civil zone.
    pub zone: Zone,
    /// The first administrator.
    pub admin: FirstAdmin,
}

/// The first administrator.
#[derive(Debug, Clone)]
pub struct FirstAdmin {
    /// NIP or chosen login.
    pub login: String,
    /// Name.
    pub name: String,
    /// Passphrase.
    pub passphrase: String,
}

/// What a set-up link is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetupState {
    /// It can be used.
    Open,
    /// It is unknown, used or over, or a newer one took its place.
    Over,
    /// An account exists: no link sets anything up any more.
    Done,
}

/// Makes a set-up link and gives its secret part. Older set-up links no longer work.
///
/// # Errors
/// [`crate::Fault::Conflict`] when an account exists already.
pub async fn make_link(office: &Office, lasts: SignedDuration) -> Result<String, ServiceError> {
    let now = office.now();
    let token = hex::encode(office.random::<24>());
    let mut tx = office.db.begin_write(office.tenant).await?;
    hold_first_run(&mut tx).await?;
    session::void_links_for(&mut tx, LinkPurpose::Setup, now).await?;
    let link = OneTimeLink {
        token_hash: token_hash(&token),
        purpose: LinkPurpose::Setup,
        account_id: None,
        created_at: now,
        created_by: "cli".into(),
        expires_at: now.saturating_add(lasts).unwrap_or(now),
    };
    session::add_link(&mut tx, &link).await?;
    tx.commit().await?;
    Ok(token)
}

/// What a link is good for, without using it.
///
/// # Errors
/// When the database cannot be reached.
pub async fn setup_state(office: &Office, token: &str) -> Result<SetupState, ServiceError> {
    let mut tx = office.db.begin_read(office.tenant).await?;
    if account::any(&mut tx).await? {
        return Ok(SetupState::Done);
    }
    let link = session::peek_link(&mut tx, &token_hash(token), office.now()).await?;
    let is_open = link.is_some_and(|l| l.purpose == LinkPurpose::Setup);
    Ok(if is_open { SetupState::Open } else { SetupState::Over })
}

/// Uses the link: names the government and makes the first administrator, who may manage rules, people and
/// machines. Everything happens in one transaction, so a refused form leaves the link usable, and of two links that are
/// used at once only one makes an account.
///
/// # Errors
/// [`crate::Fault::Conflict`] when the link is used or over or an account exists, [`crate::Fault::Invalid`] for a form
/// that cannot be.
pub async fn complete(office: &Office, token: &str, form: SetupForm) -> Result<(), ServiceError> {
    if form.regency.trim().is_empty()
        || form.admin.name.trim().is_empty()
        || form.admin.login.trim().is_empty()
    {
        return Err(ServiceError::invalid(
            "Isi nama pemerintah daerah, nama Anda, dan NIP atau nama masuk.",
            "Fill in the name of the government, your name, and a NIP or login.",
        ));
    }
    let mut tx = office.db.begin_write(office.tenant).await?;
    hold_first_run(&mut tx).await?;
    let used = session::use_link(&mut tx, &token_hash(token), LinkPurpose::Setup, office.now()).await?;
    if used.is_none() {
        return Err(ServiceError::conflict(
            "Tautan pemasangan ini sudah dipakai atau kedaluwarsa. Jalankan `hadir setup` untuk tautan baru.",
            "This set-up link was used or is over. Run `hadir setup` for a new one.",
        ));
    }
    let mut government = tenant::own(&mut tx).await?;
    government.name = form.regency.trim().to_owned();
    government.province = form.province.trim().to_owned();
    government.zone = form.zone;
    tenant::update(&mut tx, &government).await?;
    if org::tree(&mut tx).await?.is_empty() {
        org::put(&mut tx, &[root(office, &government.name)]).await?;
    }
    let new = NewAccount {
        employee: None,
        login: form.admin.login,
        name: form.admin.name.trim().to_owned(),
        passphrase: form.admin.passphrase,
        must_change: false,
    };
    let account = add(office, &mut tx, new, "setup").await?;
    let today = form.zone.local(office.now()).date();
    for role in [Role::Bkpsdm, Role::Sistem] {
        grant(office, &mut tx, (account, role, None), today, "setup").await?;
    }
    reference::moved(office, &mut tx, "setup").await?;
    tx.commit().await?;
    Ok(())
}

/// Goes on only as long as there is no account, and lets nobody else make one before the transaction ends.
async fn hold_first_run(tx: &mut Tx) -> Result<(), ServiceError> {
    tenant::hold(tx).await?;
    if account::any(tx).await? {
        return Err(ServiceError::conflict(
            "Sudah ada akun. Tautan pemasangan hanya untuk pemasangan pertama.",
            "An account exists already. The set-up link is for the first run only.",
        ));
    }
    Ok(())
}

/// The root of the tree: the government itself.
fn root(office: &Office, name: &str) -> org::Unit {
    org::Unit { kind: "pemda".into(), ..org::Unit::new(office.id(UnitId::new), "PEMDA", name, office.now()) }
}
