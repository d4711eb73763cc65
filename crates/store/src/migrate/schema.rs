//! Reading the migration files themselves: which tables and columns they make and what each is for.

/// The table of the runner itself; not part of any numbered file, because it must exist before the first.
pub(crate) const OWN_TABLE: &str = "\
-- Migrations this database has had.
CREATE TABLE IF NOT EXISTS schema_migration (
    number BIGINT NOT NULL, -- Number of the file
    name TEXT NOT NULL, -- Name of the file
    checksum TEXT NOT NULL, -- SHA-256 of its text, hexadecimal
    applied_at BIGINT NOT NULL, -- Instant of application
    PRIMARY KEY (number)
);
";

/// Tables that belong to the installation and not to one tenant; row security leaves them out.
pub const INSTANCE_TABLES: &[&str] = &["schema_migration", "tenant"];

/// A table as its file declares it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Name.
    pub name: String,
    /// The sentence above it.
    pub comment: String,
    /// Its columns in order.
    pub columns: Vec<TableColumn>,
    /// PRIMARY KEY and UNIQUE constraints inside the table, as column lists.
    pub keys: Vec<Vec<String>>,
}

/// A column as its file declares it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableColumn {
    /// Name.
    pub name: String,
    /// The comment at the end of its line; empty when it is missing.
    pub comment: String,
}

/// All tables of a migration file.
pub fn tables(text: &str) -> Vec<Table> {
    let mut found = Vec::new();
    let mut above = String::new();
    let mut open: Option<Table> = None;
    for line in text.lines() {
        let line = line.trim();
        match &mut open {
            None => {
                if let Some(comment) = line.strip_prefix("--") {
                    above = format!("{above} {}", comment.trim()).trim().to_owned();
                } else if let Some(rest) = line.strip_prefix("CREATE TABLE ") {
                    let name =
                        rest.trim_start_matches("IF NOT EXISTS ").trim_end_matches(['(', ' ']).to_owned();
                    open = Some(Table {
                        name,
                        comment: std::mem::take(&mut above),
                        columns: Vec::new(),
                        keys: Vec::new(),
                    });
                } else {
                    above.clear();
                }
            }
            Some(table) if line.starts_with(')') => {
                found.push(table.clone());
                open = None;
            }
            Some(table) => read_line(table, line),
        }
    }
    found
}

fn read_line(table: &mut Table, line: &str) {
    let (code, comment) = line.split_once("--").unwrap_or((line, ""));
    let first = code.split_whitespace().next().unwrap_or("");
    match first {
        "PRIMARY" | "UNIQUE" => {
            let inside =
                code.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map_or("", |(list, _)| list);
            table.keys.push(inside.split(',').map(|c| c.trim().to_owned()).collect());
        }
        "FOREIGN" | "CHECK" | "" => {}
        name => table.columns.push(TableColumn { name: name.to_owned(), comment: comment.trim().to_owned() }),
    }
}

/// Columns that a file adds to tables of earlier files: (table, column, comment).
pub fn added_columns(text: &str) -> Vec<(String, String, String)> {
    text.lines()
        .filter_map(|line| line.trim().strip_prefix("ALTER TABLE "))
        .filter_map(|rest| {
            let (code, comment) = rest.split_once("--").unwrap_or((rest, ""));
            let (table, column) = code.split_once(" ADD COLUMN ")?;
            let column = column.split_whitespace().next()?;
            Some((table.trim().to_owned(), column.to_owned(), comment.trim().to_owned()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::migrate::MIGRATIONS;

    #[test]
    fn every_table_and_column_says_what_it_is() {
        for migration in MIGRATIONS {
            for table in tables(migration.text) {
                assert!(!table.comment.is_empty(), "table {} has no comment", table.name);
                for column in &table.columns {
                    assert!(!column.comment.is_empty(), "{}.{} has no comment", table.name, column.name);
                }
            }
            for (table, column, comment) in added_columns(migration.text) {
                assert!(!comment.is_empty(), "{table}.{column} has no comment");
            }
        }
    }

    #[test]
    fn the_tenant_leads_every_key() {
        for table in MIGRATIONS.iter().flat_map(|m| tables(m.text)) {
            if INSTANCE_TABLES.contains(&table.name.as_str()) {
                continue;
            }
            assert!(!table.keys.is_empty(), "{} has no primary key", table.name);
            for key in &table.keys {
                assert_eq!(key[0], "tenant_id", "a key of {}", table.name);
            }
        }
        for line in MIGRATIONS.iter().flat_map(|m| m.text.lines()) {
            if line.starts_with("CREATE UNIQUE INDEX") || line.starts_with("CREATE INDEX") {
                assert!(line.contains("(tenant_id,"), "{line}");
            }
        }
    }

    #[test]
    fn there_is_no_trigger() {
        for migration in MIGRATIONS {
            assert!(!migration.text.to_uppercase().contains("TRIGGER"), "{}", migration.name);
        }
    }

    #[test]
    fn added_columns_are_found() {
        let text = "ALTER TABLE punch ADD COLUMN lat DOUBLE PRECISION; -- Latitude\n";
        assert_eq!(added_columns(text), [("punch".into(), "lat".into(), "Latitude".into())]);
    }
}
