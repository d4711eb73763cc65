//! Whose punches they are: the entry of a punch commits to its PIN, and the owners of PINs have entries of their own.

use super::{Checked, Finding, MOST};
use crate::{
    error::Result,
    sql::value::{Row, params},
    tx::Tx,
};

/// Whose PIN it was on the day of the punch.
const HOLDER: &str = "(SELECT m.employee_id FROM pin_map m
    WHERE m.tenant_id = $1 AND m.group_id = punch.device_group_id AND m.pin = punch.pin
      AND m.valid_from <= SUBSTR(punch.local_time, 1, 10)
      AND (m.valid_until IS NULL OR m.valid_until >= SUBSTR(punch.local_time, 1, 10))
    ORDER BY m.valid_from DESC, m.recorded_at DESC LIMIT 1)";

/// Compares the person of each punch with the owners of its PIN, or, for one written down by hand, with its origin. A punch may
/// stay with somebody who gave its PIN up, but not with somebody who never had it.
pub(super) async fn check(tx: &mut Tx, checked: &mut Checked) -> Result<()> {
    let strangers = strangers("");
    let read = |row: Row<'_>| {
        let (punch, counted) = (row.get("punch_id")?, row.get("employee_id")?);
        let (pin, local_time) = (row.get("pin")?, row.get("local_time")?);
        Ok(Finding::Owner { punch, pin, local_time, counted, holder: row.get("holder")? })
    };
    let sql = format!(
        "SELECT p.punch_id, p.pin, p.local_time, p.employee_id, p.holder {strangers} ORDER BY p.local_time LIMIT {MOST}"
    );
    let some = tx.fetch_map(sql, params![], read).await?;
    if some.len() == MOST as usize {
        let all: i64 = tx.scalar(format!("SELECT COUNT(*) AS value {strangers}"), params![]).await?;
        checked.more += (all - i64::from(MOST)).unsigned_abs();
    }
    some.into_iter().for_each(|finding| checked.found(finding));
    Ok(())
}

/// Whether the punch with this id counts for somebody who did not have its PIN.
pub(in crate::log) async fn is_stranger(tx: &mut Tx, punch: [u8; 16]) -> Result<bool> {
    let sql = format!("SELECT COUNT(*) AS value {}", strangers("AND punch_id = $2"));
    let count: i64 = tx.scalar(sql, params![punch.to_vec()]).await?;
    Ok(count > 0)
}

/// The punches, of those that fulfil a condition, that count for somebody who did not have their PIN: `FROM …`.
fn strangers(which: &str) -> String {
    format!(
        "FROM (
           SELECT punch_id, local_time, employee_id, origin, terminal_id, device_group_id, pin, {HOLDER} AS holder
           FROM punch WHERE tenant_id = $1 {which}) p
         WHERE (p.holder IS NOT NULL AND p.employee_id IS DISTINCT FROM p.holder)
            OR (p.holder IS NULL AND p.device_group_id IS NOT NULL AND p.employee_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM pin_map m WHERE m.tenant_id = $1 AND m.group_id = p.device_group_id
                  AND m.pin = p.pin AND m.employee_id = p.employee_id))
            OR (p.terminal_id IS NULL AND p.device_group_id IS NULL AND p.employee_id IS DISTINCT FROM p.origin)"
    )
}
