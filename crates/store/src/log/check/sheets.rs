//! What locks stored: their entries commit to its digest.

use domain::{ids::UnitId, month::Month};
use sha2::{Digest, Sha256};

use super::{Checked, Finding};
use crate::{
    erasure,
    error::Result,
    sql::value::{Row, params},
    tx::Tx,
};

/// Compares each stored sheet with its digest, one at a time.
pub(super) async fn check(tx: &mut Tx, checked: &mut Checked) -> Result<()> {
    let erased = erasure::all_sheets(tx).await?;
    let sql = "SELECT unit_id, month, version, digest FROM month_close
               WHERE tenant_id = $1 AND state = 'locked' ORDER BY unit_id, month, version";
    let read = |row: Row<'_>| {
        let sheet = erasure::Sheet {
            unit: row.get("unit_id")?,
            month: row.get("month")?,
            version: row.get("version")?,
        };
        Ok((sheet, row.get::<String>("digest")?))
    };
    for (sheet, logged) in tx.fetch_map(sql, params![], read).await? {
        if erased.contains(&sheet) {
            continue;
        }
        let found = digest(tx, (sheet.unit, sheet.month, sheet.version)).await?;
        if found != logged {
            let erasure::Sheet { unit, month, version } = sheet;
            checked.found(Finding::Sheet { unit, month, version, logged, found });
        }
    }
    Ok(())
}

async fn digest(tx: &mut Tx, (unit, month, version): (UnitId, Month, i64)) -> Result<String> {
    let sql = "SELECT payload AS value FROM month_close
               WHERE tenant_id = $1 AND unit_id = $2 AND month = $3 AND version = $4";
    let payload: String = tx.scalar(sql, params![unit, month, version]).await?;
    Ok(hex::encode(Sha256::digest(payload.as_bytes())))
}
