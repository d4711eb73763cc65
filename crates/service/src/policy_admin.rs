//! Policies in force, those that ship, and the activation of one by two officers.

use domain::policy::{Checked, Policy, PolicySet, Problem, SHIPPED};
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use store::{Tx, policy::PolicyRow};

use crate::{Office, ServiceError, audit, reference};

/// A policy as lists show it.
#[derive(Debug, Clone)]
pub struct PolicyView {
    /// Id inside the file.
    pub id: String,
    /// Title.
    pub title: String,
    /// Version: start of the hash of its text.
    pub version: String,
    /// Legal basis.
    pub legal_basis: String,
    /// How well the legal basis is known.
    pub evidence: String,
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Option<Date>,
    /// The two officers, once active.
    pub activated: Option<(String, String)>,
    /// The text.
    pub text: String,
}

/// Why a policy was not put in force.
#[derive(Debug)]
pub enum Refusal {
    /// The text has errors, or it clashes with one in force.
    Problems(Vec<Problem>),
    /// Anything else.
    Other(ServiceError),
}

impl<E: Into<ServiceError>> From<E> for Refusal {
    fn from(error: E) -> Self {
        Refusal::Other(error.into())
    }
}

/// Active policies and proposals, newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn recorded(tx: &mut Tx) -> Result<Vec<PolicyView>, ServiceError> {
    let rows = store::policy::all(tx).await?;
    let in_force = rows.into_iter().filter(|r| r.withdrawn_at.is_none());
    let mut views: Vec<PolicyView> = in_force.filter_map(|row| view_of(&row)).collect();
    views.sort_by_key(|v| std::cmp::Reverse(v.from));
    Ok(views)
}

/// The policies that ship.
pub fn library() -> Vec<PolicyView> {
    SHIPPED.iter().filter_map(|p| Some(view(&Policy::parse(p.text).ok()?.policy, p.text, None))).collect()
}

fn view_of(row: &PolicyRow) -> Option<PolicyView> {
    let policy = Policy::parse(&row.text).ok()?.policy;
    let officers =
        row.activated_by.clone().map(|first| (first, row.second_approver.clone().unwrap_or_default()));
    Some(view(&policy, &row.text, officers))
}

fn view(policy: &Policy, text: &str, activated: Option<(String, String)>) -> PolicyView {
    PolicyView {
        id: policy.id().to_owned(),
        title: policy.title().to_owned(),
        version: policy.version().to_owned(),
        legal_basis: policy.legal_basis().to_owned(),
        evidence: policy.evidence().to_owned(),
        from: policy.effective_from(),
        until: policy.effective_until(),
        activated,
        text: text.to_owned(),
    }
}

/// Puts a policy in force from its own effective date. Two officers answer for it, and they must be two.
///
/// # Errors
/// [`Refusal::Problems`] for a text that cannot be used or that contradicts a policy in force.
pub async fn activate(
    office: &Office,
    tx: &mut Tx,
    text: &str,
    first: &str,
    second: &str,
) -> Result<PolicyView, Refusal> {
    let proposed = propose(office, tx, text, first).await?;
    approve(office, tx, &proposed.id, &proposed.version, second).await
}

/// The first officer's half: the text is checked against the policies in force and kept as a proposal.
///
/// # Errors
/// As [`activate`].
pub async fn propose(office: &Office, tx: &mut Tx, text: &str, officer: &str) -> Result<PolicyView, Refusal> {
    let Checked { policy, .. } = Policy::parse(text).map_err(Refusal::Problems)?;
    let rows = store::policy::all(tx).await?;
    let same = |r: &&PolicyRow| {
        r.policy_id == policy.id() && r.version == policy.version() && r.withdrawn_at.is_none()
    };
    match rows.iter().find(same) {
        Some(row) if row.activated_at.is_some() => {
            return Err(Refusal::Other(ServiceError::conflict(
                "Versi kebijakan ini sudah berlaku.",
                "This version of the policy is in force already.",
            )));
        }
        Some(_) => return Ok(view(&policy, text, None)),
        None => {}
    }
    beside_active(&rows, policy.clone())?;
    let row = PolicyRow {
        policy_id: policy.id().to_owned(),
        version: policy.version().to_owned(),
        text: text.to_owned(),
        sha256: hex::encode(Sha256::digest(text.as_bytes())),
        effective_from: policy.effective_from(),
        effective_until: policy.effective_until(),
        recorded_at: office.now(),
        recorded_by: officer.to_owned(),
        activated_at: None,
        activated_by: None,
        second_approver: None,
        withdrawn_at: None,
    };
    store::policy::add(tx, &[row]).await?;
    let detail = serde_json::json!({ "version": policy.version() });
    let about = audit::Subject::new("policy", policy.id());
    audit::write(office, tx, officer, audit::Action::ProposePolicy, about, detail).await?;
    Ok(view(&policy, text, None))
}

/// The second officer's half: the proposal comes into force.
///
/// # Errors
/// [`Refusal::Other`] when the proposer approves, or there is no such proposal; [`Refusal::Problems`] when it now
/// contradicts a policy in force.
pub async fn approve(
    office: &Office,
    tx: &mut Tx,
    id: &str,
    version: &str,
    officer: &str,
) -> Result<PolicyView, Refusal> {
    let rows = store::policy::all(tx).await?;
    let open = |r: &&PolicyRow| {
        r.policy_id == id && r.version == version && r.activated_at.is_none() && r.withdrawn_at.is_none()
    };
    let Some(row) = rows.iter().find(open) else {
        return Err(Refusal::Other(ServiceError::not_found(
            "Usulan kebijakan tidak ada.",
            "No such proposal.",
        )));
    };
    if officer.trim().is_empty() || row.recorded_by.trim() == officer.trim() {
        return Err(Refusal::Other(ServiceError::conflict(
            "Kebijakan diberlakukan oleh dua pejabat yang berbeda. Minta pejabat lain menyetujuinya.",
            "A policy is put in force by two different officers. Ask another officer to approve it.",
        )));
    }
    let policy = Policy::parse(&row.text).map_err(Refusal::Problems)?.policy;
    beside_active(&rows, policy.clone())?;
    store::policy::activate(tx, (id, version), &row.recorded_by, Some(officer), office.now()).await?;
    let detail = serde_json::json!({ "version": version, "first": row.recorded_by });
    audit::write(
        office,
        tx,
        officer,
        audit::Action::ActivatePolicy,
        audit::Subject::new("policy", id),
        detail,
    )
    .await?;
    reference::moved(office, tx, officer).await?;
    Ok(view(&policy, &row.text, Some((row.recorded_by.clone(), officer.to_owned()))))
}

/// Refuses a policy that contradicts one in force.
fn beside_active(rows: &[PolicyRow], policy: Policy) -> Result<(), Refusal> {
    let active = rows.iter().filter(|r| r.activated_at.is_some() && r.withdrawn_at.is_none());
    let mut set: Vec<Policy> = active.filter_map(|r| Some(Policy::parse(&r.text).ok()?.policy)).collect();
    set.push(policy);
    PolicySet::new(set).map(|_| ()).map_err(Refusal::Problems)
}
