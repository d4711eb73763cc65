//! What the engine does with the rows of punches and nothing else, for the benches: a table like that of the punches, with the
//! same columns and indexes, that no log covers and nobody reads.

use crate::{
    db::EngineKind,
    error::Result,
    punch::PunchRow,
    sql::{
        bulk::{self, Derived, OnConflict},
        value::{Bind, Kind},
    },
    tx::Tx,
};

const TABLE: &str = "bench_punch";

/// Makes the table.
///
/// # Errors
/// As every call.
pub async fn prepare(tx: &mut Tx) -> Result<()> {
    let statements = match tx.kind() {
        EngineKind::Postgres => vec![format!("CREATE TABLE {TABLE} (LIKE punch INCLUDING ALL)")],
        EngineKind::Sqlite => {
            let sql = "SELECT sql AS value FROM sqlite_schema WHERE tbl_name = 'punch' AND sql IS NOT NULL /* tenant_id */";
            let made: Vec<String> = tx.fetch_map(sql, Vec::new(), |row| row.get("value")).await?;
            let renamed = |sql: &str| {
                sql.replacen("TABLE punch", &format!("TABLE {TABLE}"), 1)
                    .replacen("INDEX punch_", &format!("INDEX {TABLE}_"), 1)
                    .replacen("ON punch ", &format!("ON {TABLE} "), 1)
            };
            made.iter().map(|sql| renamed(sql)).collect()
        }
    };
    tx.batch(&statements.join(";\n")).await
}

/// Drops the table, so that the database holds nothing but what the migrations made.
///
/// # Errors
/// As every call.
pub async fn clear(tx: &mut Tx) -> Result<()> {
    tx.batch(&format!("DROP TABLE {TABLE}")).await
}

/// Stores rows.
///
/// # Errors
/// As every call.
pub async fn insert(tx: &mut Tx, rows: &[PunchRow]) -> Result<u64> {
    let origin =
        Derived { column: "origin", kind: Kind::Bytes, value: |row: &PunchRow| row.terminal_id.bind() };
    bulk::insert_derived(tx, TABLE, rows, Some(origin), OnConflict::Fail).await
}

#[cfg(test)]
mod tests {
    use crate::testing::{TENANT, each_engine};

    #[tokio::test]
    async fn the_table_is_like_that_of_the_punches() {
        each_engine(async |db| {
            let mut tx = db.begin_write(TENANT).await.unwrap();
            super::prepare(&mut tx).await.unwrap();
            assert_eq!(super::insert(&mut tx, &[]).await.unwrap(), 0);
            super::clear(&mut tx).await.unwrap();
            // Gone with its indexes: it can be made again.
            super::prepare(&mut tx).await.unwrap();
            tx.commit().await.unwrap();
        })
        .await;
    }
}
