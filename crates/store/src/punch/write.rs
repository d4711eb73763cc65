//! Writing punches.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::ids::PunchId;
use jiff::Timestamp;
use uuid::Uuid;

use super::PunchRow;
use crate::{
    db::EngineKind,
    error::{ErrorKind, Result, StoreError},
    intake::Press,
    log,
    sql::{
        bulk::{self, Derived, OnConflict},
        value::{Bind, Column, Kind, Row, Value, params},
    },
    tx::Tx,
};

/// From how many punches on it pays to ask first which of them are known. A terminal that lost an answer sends its whole
/// memory again, and finding a punch costs a tenth of trying to insert it.
const ASK_FIRST: usize = 50;

/// Stores punches and says how many were new. The same punch (source, PIN and local time) is kept once, however often and
/// from however many connections it comes; one that was void because its import was undone comes back to life, and one
/// that only a file told becomes the terminal's when the terminal sends it, so that undoing the file does not take it away.
/// Both count as new. Persons are taken as given: see [`crate::pin_map::resolve`]. Each punch brings an id that was never
/// used before, also when it comes again.
///
/// # Errors
/// [`ErrorKind::Other`] for a punch that has neither terminal, group nor person.
pub async fn insert_batch(tx: &mut Tx, punches: &[PunchRow]) -> Result<u64> {
    // In order of the key: two batches that overlap then wait for each other instead of deadlocking. And each key once:
    // a statement must not meet its own rows.
    let mut rows: BTreeMap<Press, &PunchRow> = BTreeMap::new();
    for punch in punches {
        rows.entry(key(punch)?).or_insert(punch);
    }
    if rows.len() >= ASK_FIRST {
        drop_known(tx, &mut rows).await?;
    }
    let rows: Vec<PunchRow> = rows.into_values().cloned().collect();
    insert(tx, &rows).await
}

/// Stores punches of many origins and says for each press which punch it is now, its own or an earlier one.
pub(crate) async fn insert_unasked(tx: &mut Tx, punches: &[PunchRow]) -> Result<HashMap<Press, PunchId>> {
    let mut rows: BTreeMap<Press, &PunchRow> = BTreeMap::new();
    for punch in punches {
        rows.entry(key(punch)?).or_insert(punch);
    }
    let each: Vec<PunchRow> = rows.values().map(|punch| (*punch).clone()).collect();
    let new = insert(tx, &each).await?;
    let mut stored: HashMap<Press, PunchId> =
        rows.into_iter().map(|(press, punch)| (press, punch.punch_id)).collect();
    if usize::try_from(new) != Ok(stored.len()) {
        for known in same_presses(tx, stored.keys()).await? {
            stored.insert(known.press, known.punch_id);
        }
    }
    Ok(stored)
}

/// A stored punch.
struct Known {
    press: Press,
    punch_id: PunchId,
    /// Whether it would stay as it is if the same came again.
    is_settled: bool,
}

/// The stored punches of these presses, each looked up by itself.
async fn same_presses(tx: &mut Tx, presses: impl Iterator<Item = &Press>) -> Result<Vec<Known>> {
    let asked: Vec<String> = presses.filter_map(written).collect();
    let origin = match tx.kind() {
        EngineKind::Sqlite => "unhex(SUBSTR(a.press, 20, 32))",
        EngineKind::Postgres => "decode(SUBSTR(a.press, 20, 32), 'hex')",
    };
    let sql = format!(
        "WITH a (press) AS texts_of($2)
         SELECT p.local_time AS local_time, p.origin AS origin, p.pin AS pin, p.punch_id AS punch_id,
             p.voided_at IS NULL AND p.source <> 'file' AS settled
         FROM a CROSS JOIN punch p
         WHERE p.tenant_id = $1 AND p.local_time = SUBSTR(a.press, 1, 19) AND p.origin = {origin}
           AND p.pin = SUBSTR(a.press, 52)"
    );
    let read = |row: Row<'_>| {
        let press = (row.get("local_time")?, row.get("origin")?, row.get("pin")?);
        Ok(Known { press, punch_id: row.get("punch_id")?, is_settled: row.get("settled")? })
    };
    tx.fetch_map(sql, vec![Value::Texts(asked)], read).await
}

/// A press as one text: second (19 characters), origin (32), PIN.
fn written((at, origin, pin): &Press) -> Option<String> {
    Some(Column::to_value(at).into_text()? + &hex::encode(origin) + &Value::text(pin).into_text()?)
}

/// What makes two presses one.
///
/// # Errors
/// [`ErrorKind::Other`] for a punch that has neither terminal, group nor person.
pub(crate) fn key(punch: &PunchRow) -> Result<Press> {
    let origin = origin(punch)
        .ok_or_else(|| StoreError::new(ErrorKind::Other, "a punch needs a terminal, a group or a person"))?;
    Ok((punch.local_time, origin, punch.pin.clone()))
}

/// Stores rows of different presses; how many were new or came back to life. Rows that are all new, as nearly always, cost no
/// answer of the database but their number.
async fn insert(tx: &mut Tx, rows: &[PunchRow]) -> Result<u64> {
    let new =
        bulk::insert_without_entries(tx, "punch", rows, Some(derived_origin()), OnConflict::Ignore).await?;
    if usize::try_from(new) == Ok(rows.len()) {
        bulk::enter(tx, "punch", rows.iter(), Some(&derived_origin()))?;
        return Ok(new);
    }
    let stored = stored_ids(tx, rows).await?;
    let (fresh, met): (Vec<PunchRow>, Vec<PunchRow>) =
        rows.iter().cloned().partition(|punch| stored.contains(&punch.punch_id));
    bulk::enter(tx, "punch", fresh.iter(), Some(&derived_origin()))?;
    let clause = "ON CONFLICT (tenant_id, local_time, origin, pin) DO UPDATE SET
        voided_at = NULL, voided_by = NULL, employee_id = excluded.employee_id, received_at = excluded.received_at,
        source = excluded.source, journal_id = excluded.journal_id, import_id = excluded.import_id,
        flags = excluded.flags
        WHERE punch.voided_at IS NOT NULL OR (punch.source = 'file' AND excluded.source = 'terminal')";
    let revived =
        bulk::insert_derived(tx, "punch", &met, Some(derived_origin()), OnConflict::Clause(clause)).await?;
    Ok(new + revived)
}

fn derived_origin() -> Derived<PunchRow> {
    Derived { column: "origin", kind: Kind::Bytes, value: |punch| origin(punch).bind() }
}

/// Those of the rows that are stored under their own id.
async fn stored_ids(tx: &mut Tx, rows: &[PunchRow]) -> Result<HashSet<PunchId>> {
    let ids = Value::Ids(rows.iter().map(|punch| punch.punch_id.0.into_bytes()).collect());
    let sql = "SELECT punch_id FROM punch WHERE tenant_id = $1 AND punch_id IN set_of($2)";
    Ok(tx.fetch_map(sql, vec![ids], |row| row.get("punch_id")).await?.into_iter().collect())
}

/// Leaves out punches that are stored and would stay as they are. It is only a saving: what another connection stores
/// meanwhile, or what a file told, is left to the conflict clause of the insert.
async fn drop_known(tx: &mut Tx, rows: &mut BTreeMap<Press, &PunchRow>) -> Result<()> {
    for known in same_presses(tx, rows.keys()).await? {
        if known.is_settled {
            rows.remove(&known.press);
        }
    }
    Ok(())
}

/// What a punch is unique within: its terminal, else its group, else its person.
fn origin(punch: &PunchRow) -> Option<Uuid> {
    let terminal = punch.terminal_id.map(|id| id.0);
    let group = punch.device_group_id.map(|id| id.0);
    terminal.or(group).or(punch.employee_id.map(|id| id.0))
}

/// Withdraws a punch that was written down by hand or came by mistake; it stays stored but counts no more.
///
/// # Errors
/// [`ErrorKind::NotFound`] when there is no such punch that counts.
pub async fn void(tx: &mut Tx, punch: PunchId, actor: &str, now: Timestamp) -> Result<()> {
    let sql = "UPDATE punch SET voided_at = $3, voided_by = $4
               WHERE tenant_id = $1 AND punch_id = $2 AND voided_at IS NULL";
    match log::update(tx, sql, params![punch, now, actor]).await? {
        0 => Err(StoreError::not_found("punch")),
        _ => Ok(()),
    }
}
