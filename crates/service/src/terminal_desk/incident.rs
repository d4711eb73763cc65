//! What the listener noticed and an administrator should see.

use jiff::Timestamp;
use serde_json::{Value, json};
use store::{
    StoreError,
    terminal::{self as register, TerminalState},
};
use terminal::desk::{Incident, IncidentKind};

use super::{TerminalDesk, alert::AlertKind};

impl TerminalDesk {
    /// Raises an alert; what cannot be stored is logged.
    pub(super) async fn note(&self, incident: Incident) {
        if let Err(error) = self.try_note(&incident).await {
            tracing::error!(peer = %incident.peer, kind = incident.kind.code(), %error, "incident not stored");
        }
    }

    async fn try_note(&self, incident: &Incident) -> Result<(), StoreError> {
        let (kind, mut detail) = describe(&incident.kind);
        detail["address"] = json!(incident.peer.ip().to_canonical());
        detail["serial"] = json!(incident.serial);
        let at: Timestamp = incident.at;
        let mut tx = self.office.db.begin_write(self.office.tenant).await?;
        let known = match &incident.serial {
            Some(serial) => register::by_serial(&mut tx, serial.as_str()).await?,
            None => None,
        };
        // Only approved terminals get an alert of their own: anybody can invent serial numbers.
        let known = known.filter(|terminal| terminal.state == TerminalState::Approved);
        self.raise(&mut tx, known.as_ref(), kind, "", detail, at).await?;
        tx.commit().await
    }
}

fn describe(kind: &IncidentKind) -> (AlertKind, Value) {
    match kind {
        IncidentKind::EmptyUpload { table, without_length } => {
            (AlertKind::EmptyUpload, json!({ "table": table, "without_length": without_length }))
        }
        IncidentKind::TruncatedUpload { received, announced } => {
            (AlertKind::TruncatedUpload, json!({ "received": received, "announced": announced }))
        }
        IncidentKind::TooLarge { announced } => (AlertKind::TooLarge, json!({ "announced": announced })),
        IncidentKind::NotHttp { detail } => (AlertKind::NotHttp, json!({ "detail": detail })),
        IncidentKind::BadSerial { sent } => (AlertKind::BadSerial, json!({ "sent": sent })),
        IncidentKind::RateLimited => (AlertKind::RateLimited, json!({})),
    }
}
