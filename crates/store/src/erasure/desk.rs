//! What the desk of the terminals keeps of a person: alerts about their punches, and commands that carry their name.

use domain::ids::{EmployeeId, RecordId, TerminalId};
use jiff::{Timestamp, civil::Date};
use serde_json::Value as Json;

use super::{Erased, pins::Pins};
use crate::{
    error::Result,
    sql::value::{Row, params},
    tx::Tx,
};

/// Deletes the alerts that name the person or one of their PINs.
pub(super) async fn drop_alerts(
    tx: &mut Tx,
    (person, until): (EmployeeId, Date),
    pins: &Pins,
    erased: &mut Erased,
) -> Result<()> {
    let sql = "SELECT alert_id, terminal_id, detail, raised_at FROM terminal_alert WHERE tenant_id = $1";
    let person = person.to_string();
    let read = |row: Row<'_>| {
        let (terminal, detail) = (row.get::<Option<TerminalId>>("terminal_id")?, row.get::<Json>("detail")?);
        let raised = row.get::<Timestamp>("raised_at")?.to_zoned(jiff::tz::TimeZone::UTC).date();
        let day =
            detail["local_time"].as_str().and_then(|time| time.get(..10)?.parse().ok()).unwrap_or(raised);
        let of_pin = ["pin", "operator"].into_iter().filter_map(|key| detail[key].as_str());
        let mut of_pin = of_pin.zip(std::iter::repeat(terminal));
        let is_theirs = (detail["employee"].as_str() == Some(person.as_str()) && day <= until)
            || of_pin.any(|(pin, terminal)| terminal.is_some_and(|it| pins.are(it, pin, Some(day))));
        Ok(is_theirs.then_some(row.get::<RecordId>("alert_id")?))
    };
    for alert in tx.fetch_map(sql, params![], read).await?.into_iter().flatten() {
        let sql = "DELETE FROM terminal_alert WHERE tenant_id = $1 AND alert_id = $2";
        erased.count("terminal_alert", tx.execute(sql, params![alert]).await?);
    }
    Ok(())
}

/// Deletes the commands that name a PIN of the person, with their name as it was sent.
pub(super) async fn drop_commands(tx: &mut Tx, pins: &Pins, erased: &mut Erased) -> Result<()> {
    let sql = "SELECT command_id, terminal_id, body FROM terminal_command
               WHERE tenant_id = $1 AND terminal_id IN set_of($2)";
    let read = |row: Row<'_>| {
        let terminal: TerminalId = row.get("terminal_id")?;
        let body = row.get::<String>("body")?;
        let named = serde_json::from_str(&body).map(|order: Json| pin_in(&order)).unwrap_or_default();
        let is_theirs = named.is_some_and(|pin| pins.are(terminal, &pin, None));
        Ok(is_theirs.then_some(row.get::<String>("command_id")?))
    };
    for command in tx.fetch_map(sql, vec![pins.terminals()], read).await?.into_iter().flatten() {
        let sql = "DELETE FROM terminal_command WHERE tenant_id = $1 AND command_id = $2";
        erased.count("terminal_command", tx.execute(sql, params![command]).await?);
    }
    Ok(())
}

/// The PIN that an order names, wherever it stands in it.
fn pin_in(order: &Json) -> Option<String> {
    let fields = order.as_object()?;
    let own = fields.get("pin").and_then(Json::as_str).map(str::to_owned);
    own.or_else(|| fields.values().find_map(pin_in))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_pin_of_an_order_is_found() {
        let update = json!({ "update_user": { "pin": "7", "name": "Budi" } });
        assert_eq!(pin_in(&update).as_deref(), Some("7"));
        assert_eq!(pin_in(&json!({ "order": "delete_user", "pin": "8" })).as_deref(), Some("8"));
        assert_eq!(pin_in(&json!("reboot")), None);
    }
}
