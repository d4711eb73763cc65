//! Giving PINs to thousands of people in a handful of statements.

use domain::ids::{DeviceGroupId, EmployeeId};
use jiff::{Timestamp, ToSpan, civil::Date};

use crate::{
    error::Result,
    log,
    pin_map::{PinOwner, Touched},
    sql::{
        bulk::{self, OnConflict},
        record::Record,
        value::params,
    },
    tx::Tx,
};

/// What all PINs of an import have in common; together it finds them again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PinBatch {
    /// Group of terminals.
    pub group: DeviceGroupId,
    /// First day.
    pub since: Date,
    /// Instant of recording.
    pub recorded_at: Timestamp,
    /// Who.
    pub actor: String,
}

impl PinBatch {
    fn before(&self) -> Date {
        self.since.saturating_sub(1.day())
    }
}

/// Gives each PIN to its person from the first day on. What these PINs and these people held before ends the day before
/// and is returned, so that it can be restored. Stored punches on these PINs go to the new owner; punches on a PIN that
/// a person gives up stay theirs.
///
/// # Errors
/// [`crate::ErrorKind::Conflict`] when a person does not exist.
pub async fn assign_pins(
    tx: &mut Tx,
    batch: &PinBatch,
    pins: &[(String, EmployeeId)],
) -> Result<Vec<PinOwner>> {
    let texts: Vec<String> = pins.iter().map(|(pin, _)| pin.clone()).collect();
    let people: Vec<EmployeeId> = pins.iter().map(|(_, person)| *person).collect();
    let touched = Touched::of(tx, batch.group, texts.clone()).await?;
    let held = "tenant_id = $1 AND group_id = $2 AND (pin IN texts_of($3) OR employee_id IN set_of($4))
        AND valid_from <= $5 AND (valid_until IS NULL OR valid_until >= $5)";
    let sql = format!("SELECT {} FROM pin_map WHERE {held}", PinOwner::LIST);
    let params = params![batch.group, &texts[..], &people[..], batch.since];
    let ended: Vec<PinOwner> = tx.fetch(sql, params).await?;
    if !ended.is_empty() {
        let sql = format!("UPDATE pin_map SET valid_until = $6 WHERE {held}");
        let params = params![batch.group, &texts[..], &people[..], batch.since, batch.before()];
        log::update(tx, sql, params).await?;
    }
    let owners: Vec<PinOwner> = pins
        .iter()
        .map(|(pin, person)| PinOwner {
            group_id: batch.group,
            pin: pin.clone(),
            valid_from: batch.since,
            recorded_at: batch.recorded_at,
            employee_id: *person,
            valid_until: None,
            actor: batch.actor.clone(),
        })
        .collect();
    bulk::insert(tx, "pin_map", &owners, OnConflict::Fail).await?;
    touched.attach(tx, batch.since).await?;
    Ok(ended)
}

/// Takes the PINs of a batch back and restores the owners that it ended; stored punches follow.
///
/// # Errors
/// As every call.
pub async fn take_back_pins(tx: &mut Tx, batch: &PinBatch, ended: &[PinOwner]) -> Result<()> {
    let sql = "SELECT pin FROM pin_map
        WHERE tenant_id = $1 AND group_id = $2 AND valid_from = $3 AND recorded_at = $4";
    let params = params![batch.group, batch.since, batch.recorded_at];
    let pins = tx.fetch_map(sql, params, |row| row.get("pin")).await?;
    let touched = Touched::of(tx, batch.group, pins).await?;
    let sql = "UPDATE pin_map SET valid_until = $5
        WHERE tenant_id = $1 AND group_id = $2 AND valid_from = $3 AND recorded_at = $4";
    log::update(tx, sql, params![batch.group, batch.since, batch.recorded_at, batch.before()]).await?;
    let clause = "ON CONFLICT (tenant_id, group_id, pin, valid_from, recorded_at) DO UPDATE SET
        valid_until = excluded.valid_until";
    bulk::insert(tx, "pin_map", ended, OnConflict::Clause(clause)).await?;
    touched.attach(tx, batch.since).await.map(|_| ())
}
