//! The upload cursors of terminals, handed back at the next handshake.

use domain::ids::TerminalId;

use crate::{error::Result, sql::value::params, tx::Tx};

/// The stamp of each table of a terminal: (table, stamp).
///
/// # Errors
/// As every call.
pub async fn stamps(tx: &mut Tx, terminal: TerminalId) -> Result<Vec<(String, String)>> {
    let sql = "SELECT table_name, stamp FROM terminal_stamp WHERE tenant_id = $1 AND terminal_id = $2
               ORDER BY table_name";
    tx.fetch_map(sql, params![terminal], |row| Ok((row.get("table_name")?, row.get("stamp")?))).await
}

/// Remembers a stamp; `0` lets the terminal send everything again.
///
/// # Errors
/// As every call.
pub async fn set_stamp(tx: &mut Tx, terminal: TerminalId, table: &str, stamp: &str) -> Result<()> {
    let sql = "INSERT INTO terminal_stamp (tenant_id, terminal_id, table_name, stamp) VALUES ($1, $2, $3, $4)
        ON CONFLICT (tenant_id, terminal_id, table_name) DO UPDATE SET stamp = excluded.stamp";
    tx.execute(sql, params![terminal, table, stamp]).await.map(|_| ())
}
