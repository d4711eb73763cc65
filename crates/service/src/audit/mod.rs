//! The register of who did or saw what. Every use case writes it in its own transaction.

mod action;

use std::fmt::Display;

use domain::ids::RecordId;
use jiff::SignedDuration;
use serde_json::Value;
use store::{Tx, audit::AuditEntry};

pub use action::Action;

use crate::{Office, ServiceError};

/// What an entry is about.
#[derive(Debug, Clone)]
pub struct Subject {
    kind: &'static str,
    id: String,
}

impl Subject {
    /// The thing of `kind` called `id`.
    pub fn new(kind: &'static str, id: impl Display) -> Subject {
        Subject { kind, id: id.to_string() }
    }
}

/// Writes an entry.
///
/// # Errors
/// As every write.
pub async fn write(
    office: &Office,
    tx: &mut Tx,
    actor: &str,
    action: Action,
    about: Subject,
    detail: Value,
) -> Result<(), ServiceError> {
    let entry = AuditEntry {
        audit_id: office.id(RecordId::new),
        at: office.now(),
        actor: actor.to_owned(),
        action: action.code().to_owned(),
        subject_kind: about.kind.to_owned(),
        subject_id: about.id,
        detail,
        ip: String::new(),
    };
    store::audit::write(tx, &[entry]).await?;
    Ok(())
}

/// How long a transaction that reads may take before its row could be missed by [`log_readings`].
const SETTLED: SignedDuration = SignedDuration::from_mins(5);

/// Commits in the log to all readings of people's data since the last time; how many they were.
///
/// # Errors
/// As every write.
pub async fn log_readings(office: &Office) -> Result<u64, ServiceError> {
    let mut tx = office.db.begin_write(office.tenant).await?;
    let now = office.now();
    let deed = store::log::digest_reads(&mut tx, office.id(RecordId::new), now - SETTLED, now).await?;
    tx.commit().await?;
    Ok(deed.and_then(|deed| deed.detail["count"].as_u64()).unwrap_or(0))
}
