//! Small choices of a tenant: kop, signatories, default schedule.

use jiff::Timestamp;

use crate::{error::Result, sql::value::params, tx::Tx};

/// The value of a setting.
///
/// # Errors
/// As every call.
pub async fn get(tx: &mut Tx, key: &str) -> Result<Option<String>> {
    let sql = "SELECT value FROM setting WHERE tenant_id = $1 AND key = $2";
    let rows = tx.fetch_map(sql, params![key], |row| row.get("value")).await?;
    Ok(rows.into_iter().next())
}

/// All settings: (key, value), by key.
///
/// # Errors
/// As every call.
pub async fn all(tx: &mut Tx) -> Result<Vec<(String, String)>> {
    let sql = "SELECT key, value FROM setting WHERE tenant_id = $1 ORDER BY key";
    tx.fetch_map(sql, params![], |row| Ok((row.get("key")?, row.get("value")?))).await
}

/// Sets a value.
///
/// # Errors
/// As every call.
pub async fn set(tx: &mut Tx, key: &str, value: &str, actor: &str, now: Timestamp) -> Result<()> {
    let sql =
        "INSERT INTO setting (tenant_id, key, value, changed_at, changed_by) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (tenant_id, key) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at,
            changed_by = excluded.changed_by";
    tx.execute(sql, params![key, value, now, actor]).await.map(|_| ())
}
