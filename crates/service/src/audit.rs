//! The register of who did or saw what. Every use case writes it in its own transaction.

use std::fmt::Display;

use domain::ids::RecordId;
use serde_json::Value;
use store::{Tx, audit::AuditEntry};

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
    action: &str,
    about: Subject,
    detail: Value,
) -> Result<(), ServiceError> {
    let entry = AuditEntry {
        audit_id: office.id(RecordId::new),
        at: office.now(),
        actor: actor.to_owned(),
        action: action.to_owned(),
        subject_kind: about.kind.to_owned(),
        subject_id: about.id,
        detail,
        ip: String::new(),
    };
    store::audit::write(tx, &[entry]).await?;
    Ok(())
}
