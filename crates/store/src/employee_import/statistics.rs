//! What the planner of PostgreSQL must learn at once after thousands of people came in.

use crate::{db::EngineKind, error::Result, tx::Tx};

/// Counts the tables anew that an import fills.
///
/// PostgreSQL plans by statistics that autovacuum refreshes a minute later at the earliest; until then it takes 50,000
/// new people for a handful and compares everybody with everybody. They become visible with the commit. SQLite follows
/// the order in which the joins are written and needs nothing.
///
/// # Errors
/// When the database is not available.
pub async fn refresh_statistics(tx: &mut Tx) -> Result<()> {
    match tx.kind() {
        EngineKind::Sqlite => Ok(()),
        EngineKind::Postgres => {
            tx.batch("ANALYZE org_unit, employee, employee_number, employee_attribute, pin_map").await
        }
    }
}
