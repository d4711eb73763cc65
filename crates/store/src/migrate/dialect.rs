//! From the common subset of the migration files to each engine.

use super::schema::{INSTANCE_TABLES, added_columns, tables};
use crate::db::EngineKind;

/// How a table of few small columns ends whose rows SQLite is to keep in its key: one tree to write instead of two.
const NARROW: &str = "); -- narrow";

/// The file in the words of the engine; only the types differ, and SQLite's tables are made strict.
pub(super) fn translate(text: &str, kind: EngineKind) -> String {
    match kind {
        EngineKind::Postgres => text.to_owned(),
        EngineKind::Sqlite => text.lines().map(|line| sqlite_line(line) + "\n").collect(),
    }
}

fn sqlite_line(line: &str) -> String {
    match line.trim() {
        ");" => return ") STRICT;".to_owned(),
        NARROW => return ") STRICT, WITHOUT ROWID;".to_owned(),
        _ => {}
    }
    let (code, comment) = match line.split_once("--") {
        Some((code, comment)) => (code, Some(comment)),
        None => (line, None),
    };
    let code = code.replace("DOUBLE PRECISION", "REAL");
    let code: Vec<String> = code
        .split(' ')
        .map(|word| {
            let name = word.trim_end_matches([',', ';']);
            let end = &word[name.len()..];
            match name {
                "BIGINT" | "BOOLEAN" => format!("INTEGER{end}"),
                "BYTEA" => format!("BLOB{end}"),
                _ => word.to_owned(),
            }
        })
        .collect();
    match comment {
        Some(comment) => format!("{}--{comment}", code.join(" ")),
        None => code.join(" "),
    }
}

/// `COMMENT ON` statements from the comments of the file.
pub(super) fn comments(text: &str) -> String {
    let mut out = String::from("\n");
    let quote = |t: &str| t.replace('\'', "''");
    for table in tables(text) {
        out.push_str(&format!("COMMENT ON TABLE {} IS '{}';\n", table.name, quote(&table.comment)));
        for column in &table.columns {
            out.push_str(&column_comment(&table.name, &column.name, &quote(&column.comment)));
        }
    }
    for (table, column, comment) in added_columns(text) {
        out.push_str(&column_comment(&table, &column, &quote(&comment)));
    }
    out
}

fn column_comment(table: &str, column: &str, comment: &str) -> String {
    format!("COMMENT ON COLUMN {table}.{column} IS '{comment}';\n")
}

/// Row security, forced also for the owner of the tables: without `SET LOCAL hadir.tenant` nothing is visible.
pub(super) fn row_security(text: &str) -> String {
    tables(text)
        .iter()
        .filter(|table| !INSTANCE_TABLES.contains(&table.name.as_str()))
        .map(|table| {
            let name = &table.name;
            format!(
                "ALTER TABLE {name} ENABLE ROW LEVEL SECURITY;\n\
                 ALTER TABLE {name} FORCE ROW LEVEL SECURITY;\n\
                 CREATE POLICY {name}_of_tenant ON {name} \
                 USING (tenant_id = NULLIF(current_setting('hadir.tenant', true), '')::bigint);\n"
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "\
-- A thing's table.
CREATE TABLE thing (
    tenant_id BIGINT NOT NULL, -- Tenant
    weight DOUBLE PRECISION, -- BIGINT in a comment stays
    photo BYTEA NOT NULL, -- Photo
    PRIMARY KEY (tenant_id)
);
";

    #[test]
    fn sqlite_gets_its_own_types() {
        let sql = translate(FILE, EngineKind::Sqlite);
        assert!(sql.contains("tenant_id INTEGER NOT NULL, -- Tenant"));
        assert!(sql.contains("weight REAL, -- BIGINT in a comment stays"));
        assert!(sql.contains("photo BLOB NOT NULL,"));
        assert!(sql.ends_with(") STRICT;\n"));
    }

    #[test]
    fn a_narrow_table_is_its_own_key_in_sqlite() {
        let narrow = FILE.replace(");\n", "); -- narrow\n");
        assert!(translate(&narrow, EngineKind::Sqlite).ends_with(") STRICT, WITHOUT ROWID;\n"));
        assert!(comments(&narrow).contains("COMMENT ON COLUMN thing.photo IS 'Photo'"));
    }

    #[test]
    fn postgres_gets_comments_and_row_security() {
        assert!(comments(FILE).contains("COMMENT ON TABLE thing IS 'A thing''s table.';"));
        assert!(comments(FILE).contains("COMMENT ON COLUMN thing.photo IS 'Photo';"));
        assert!(row_security(FILE).contains("ALTER TABLE thing FORCE ROW LEVEL SECURITY;"));
    }
}
