//! Decisions about alerts and about lines set aside.

use domain::ids::RecordId;
use serde_json::json;
use store::{Tx, terminal as register};

use crate::{Office, ServiceError, audit, terminal_desk::alert::AlertKind};

/// Acknowledges an alert. A changed communication key is accepted by it: the next one that the terminal tells counts.
///
/// # Errors
/// [`crate::Fault::NotFound`] when no such alert is open.
pub async fn acknowledge(
    office: &Office,
    tx: &mut Tx,
    alert: RecordId,
    actor: &str,
) -> Result<(), ServiceError> {
    let open = register::open_alerts(tx).await?.into_iter().find(|a| a.alert_id == alert);
    register::acknowledge(tx, alert, actor, office.now()).await?;
    let Some(open) = open else { return Ok(()) };
    if AlertKind::parse(&open.kind) == Some(AlertKind::CommKeyChanged)
        && let Some(id) = open.terminal_id
    {
        let serial = register::get(tx, id).await?.serial;
        if let Some(mut terminal) = register::lock(tx, &serial).await? {
            terminal.comm_key_hash = None;
            register::put(tx, &terminal).await?;
        }
    }
    // The deed stays for ever; what the alert says of people goes with the alert when they are erased.
    let names_somebody = ["employee", "pin"].iter().any(|key| open.detail.get(key).is_some());
    let facts = (!names_somebody).then_some(&open.detail);
    let detail =
        json!({ "alert": alert, "kind": open.kind, "occurrences": open.occurrences, "facts": facts });
    let about = match open.terminal_id {
        Some(terminal) => audit::Subject::new("terminal", terminal),
        None => audit::Subject::new("alert", alert),
    };
    audit::write(office, tx, actor, audit::Action::AcknowledgeAlert, about, detail).await
}

/// Decides about a line set aside; the line stays stored with the decision.
///
/// # Errors
/// [`crate::Fault::Invalid`] without a reason, [`crate::Fault::NotFound`] when no such line waits.
pub async fn resolve_line(
    office: &Office,
    tx: &mut Tx,
    (journal, line): (RecordId, i64),
    decision: &str,
    actor: &str,
) -> Result<(), ServiceError> {
    let decision = decision.trim();
    if decision.is_empty() {
        return Err(ServiceError::invalid(
            "Tulis alasan keputusan ini.",
            "Write down the reason for this decision.",
        ));
    }
    register::resolve_quarantine(tx, (journal, line), &format!("{actor}: {decision}"), office.now()).await?;
    let detail = json!({ "line": line, "decision": decision });
    audit::write(
        office,
        tx,
        actor,
        audit::Action::DecideLine,
        audit::Subject::new("terminal_journal", journal),
        detail,
    )
    .await
}
