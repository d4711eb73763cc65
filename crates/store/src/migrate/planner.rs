//! What SQLite's planner is told of tables that grow large.
//!
//! Without figures it takes every table for a small one, and reads a whole log where an index leads to one row. Figures of the
//! database itself (`ANALYZE`) would be those of the moment: of a new office, none.

use crate::{error::Result, sql::value::params, tx::Tx};

/// Table, index (a key that is the table itself bears its name), and the rows that share the first column, the first two, and so on,
/// behind the number of all.
const SHAPES: &[(&str, &str, &str)] = &[
    ("log_entry", "log_entry", "5000000 5000000 1"),
    ("log_entry", "log_entry_subject", "5000000 5000000 2 1"),
];

/// Tells it, unless the database has figures of its own.
///
/// # Errors
/// As every write.
pub(super) async fn tell(tx: &mut Tx) -> Result<()> {
    let there = "SELECT COUNT(*) AS value FROM sqlite_schema WHERE name = 'sqlite_stat1' /* tenant_id */";
    if tx.scalar::<i64>(there, params![]).await? == 0 {
        // Makes the table of figures; those of no table are in it.
        tx.batch("ANALYZE sqlite_schema").await?;
    }
    let insert = "INSERT INTO sqlite_stat1 (tbl, idx, stat) SELECT $2, $3, $4 /* tenant_id */
                  WHERE NOT EXISTS (SELECT 1 FROM sqlite_stat1 WHERE tbl = $2 AND idx = $3)";
    let mut told = 0;
    for (table, index, shape) in SHAPES {
        told += tx.execute(insert, params![*table, *index, *shape]).await?;
    }
    // Connections read the figures when they open the database, this one now.
    if told > 0 { tx.batch("ANALYZE sqlite_schema").await } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        sql::value::Value,
        testing::{TENANT, sqlite},
    };

    /// How the engine goes about it.
    async fn plan(tx: &mut Tx, which: &str) -> String {
        let sql = format!(
            "EXPLAIN QUERY PLAN SELECT seq, entry, salt FROM log_entry WHERE tenant_id = $1 AND {which}"
        );
        let steps =
            tx.fetch_map(sql, vec![Value::Ids(vec![[1; 16]])], |row| row.get::<String>("detail")).await;
        steps.unwrap().join("; ")
    }

    #[tokio::test]
    async fn entries_are_found_by_their_row_and_by_their_place() {
        let test = sqlite().await;
        let mut tx = test.db.begin_write(TENANT).await.unwrap();
        for which in [
            "subject = $2 ORDER BY seq LIMIT 1",
            "subject = $2 ORDER BY seq DESC LIMIT 1",
            "subject IN set_of($2) AND covers = 'punch' ORDER BY seq",
            "subject IN set_of($2) AND seq >= 3",
        ] {
            let plan = plan(&mut tx, which).await;
            assert!(plan.contains("INDEX log_entry_subject (tenant_id=? AND subject=?"), "{which}: {plan}");
        }
        let plan = plan(&mut tx, "seq >= $2 ORDER BY seq LIMIT 100").await;
        assert!(plan.contains("PRIMARY KEY (tenant_id=? AND seq>?)"), "{plan}");
        drop(tx);
        test.finish().await;
    }
}
