//! What the listener noticed and an administrator should see.

use async_trait::async_trait;
use intake::Work;
use serde_json::{Value, json};
use store::{
    Result, StoreError, Tx,
    terminal::{self as register, TerminalState},
};
use terminal::desk::{Incident, IncidentKind};

use super::{TerminalDesk, alert::AlertKind};

impl TerminalDesk {
    /// Raises an alert; what cannot be stored is logged.
    pub(super) async fn note(&self, incident: Incident) {
        let (peer, kind) = (incident.peer, incident.kind.code());
        if let Err(error) = self.door.work(Note { desk: self.clone(), incident }).await {
            tracing::error!(%peer, kind, %error, "incident not stored");
        }
    }
}

struct Note {
    desk: TerminalDesk,
    incident: Incident,
}

#[async_trait]
impl Work for Note {
    type Answer = ();
    type Refusal = StoreError;

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let Self { desk, incident } = self;
        let (kind, mut detail) = describe(&incident.kind);
        detail["address"] = json!(incident.peer.ip().to_canonical());
        detail["serial"] = json!(incident.serial);
        let known = match &incident.serial {
            Some(serial) => register::by_serial(tx, serial.as_str()).await?,
            None => None,
        };
        // Only approved terminals get an alert of their own: anybody can invent serial numbers.
        let known = known.filter(|terminal| terminal.state == TerminalState::Approved);
        desk.raise(tx, known.as_ref(), kind, "", detail, incident.at).await
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
