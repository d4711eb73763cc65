//! Imported files and their undoing.

use domain::ids::ImportId;
use jiff::Timestamp;

use crate::{
    error::{Result, StoreError},
    log,
    sql::{
        bulk::{self, OnConflict},
        record::{Record, record},
        value::params,
    },
    tx::Tx,
};

record! {
    /// An imported file.
    pub struct FileImport {
        /// Identity; the facts it brought carry it.
        pub import_id: ImportId,
        /// `employees`, `attlog`, `status`, `roster`, `month_input`, ….
        pub kind: String,
        /// Name of the file as it came.
        pub file_name: String,
        /// SHA-256 of its bytes, hexadecimal.
        pub sha256: String,
        /// Who imported it.
        pub actor: String,
        /// When.
        pub imported_at: Timestamp,
        /// Rows added, changed, left, refused.
        pub summary: serde_json::Value,
        /// When it was undone.
        pub undone_at: Option<Timestamp>,
        /// By whom.
        pub undone_by: Option<String>,
    }
}

/// What [`undo`] took back, in rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Undone {
    /// People withdrawn.
    pub people: u64,
    /// People whose name, titles, birth date and sex are as before.
    pub restored: u64,
    /// Numbers revoked.
    pub numbers: u64,
    /// Dated facts revoked.
    pub facts: u64,
    /// Punches void.
    pub punches: u64,
}

/// Writes an import down. Before its facts, so that they can carry its id.
///
/// # Errors
/// [`crate::ErrorKind::Conflict`] when the id is known.
pub async fn add(tx: &mut Tx, import: &FileImport) -> Result<()> {
    bulk::insert(tx, "file_import", std::slice::from_ref(import), OnConflict::Fail).await.map(|_| ())
}

/// Writes what came of an import.
///
/// # Errors
/// [`crate::ErrorKind::NotFound`] when there is no such import.
pub async fn set_summary(tx: &mut Tx, import: ImportId, summary: &serde_json::Value) -> Result<()> {
    let sql = "UPDATE file_import SET summary = $3 WHERE tenant_id = $1 AND import_id = $2";
    match tx.execute(sql, params![import, summary.clone()]).await? {
        0 => Err(StoreError::not_found("import")),
        _ => Ok(()),
    }
}

/// The newest imports, newest first; of one kind or all.
///
/// # Errors
/// As every call.
pub async fn recent(tx: &mut Tx, kind: Option<&str>, limit: i64) -> Result<Vec<FileImport>> {
    let sql = format!(
        "SELECT {} FROM file_import WHERE tenant_id = $1 AND ($2 IS NULL OR kind = $2)
         ORDER BY imported_at DESC, import_id DESC LIMIT $3",
        FileImport::LIST
    );
    tx.fetch(sql, params![kind, limit]).await
}

/// The import of a file with these bytes that was not undone.
///
/// # Errors
/// As every call.
pub async fn by_sha256(tx: &mut Tx, sha256: &str) -> Result<Option<FileImport>> {
    let sql = format!(
        "SELECT {} FROM file_import WHERE tenant_id = $1 AND sha256 = $2 AND undone_at IS NULL",
        FileImport::LIST
    );
    tx.fetch_optional(sql, params![sha256]).await
}

/// Takes everything back that an import brought: facts are revoked, punches void, people it added withdrawn and master rows
/// it changed are as before. Nothing is deleted, and importing the same file again brings it back.
///
/// # Errors
/// [`crate::ErrorKind::NotFound`] when there is no such import or it was undone.
pub async fn undo(tx: &mut Tx, import: ImportId, actor: &str, now: Timestamp) -> Result<Undone> {
    let sql = "UPDATE file_import SET undone_at = $3, undone_by = $4
               WHERE tenant_id = $1 AND import_id = $2 AND undone_at IS NULL";
    if tx.execute(sql, params![import, now, actor]).await? == 0 {
        return Err(StoreError::not_found("import that is not undone"));
    }
    let mut facts = 0;
    for sql in [
        "UPDATE employee_attribute SET revoked_at = $3
         WHERE tenant_id = $1 AND import_id = $2 AND revoked_at IS NULL",
        "UPDATE roster_entry SET revoked_at = $3
         WHERE tenant_id = $1 AND import_id = $2 AND revoked_at IS NULL",
        "UPDATE month_input SET revoked_at = $3
         WHERE tenant_id = $1 AND import_id = $2 AND revoked_at IS NULL",
        "UPDATE tpp_amount SET withdrawn_at = $3
         WHERE tenant_id = $1 AND import_id = $2 AND withdrawn_at IS NULL",
    ] {
        facts += log::update(tx, sql, params![import, now]).await?;
    }
    let statuses = "UPDATE person_status SET revoked_at = $3, revoked_by = $4
                    WHERE tenant_id = $1 AND import_id = $2 AND revoked_at IS NULL";
    facts += log::update(tx, statuses, params![import, now, actor]).await?;
    let punches = "UPDATE punch SET voided_at = $3, voided_by = $4
                   WHERE tenant_id = $1 AND import_id = $2 AND voided_at IS NULL";
    let punches = log::update(tx, punches, params![import, now, actor]).await?;
    let numbers = "UPDATE employee_number SET revoked_at = $3
                   WHERE tenant_id = $1 AND import_id = $2 AND revoked_at IS NULL";
    let numbers = log::update(tx, numbers, params![import, now]).await?;
    let people = "UPDATE employee SET withdrawn_at = $3
                  WHERE tenant_id = $1 AND import_id = $2 AND withdrawn_at IS NULL";
    let people = log::update(tx, people, params![import, now]).await?;
    let restore = "UPDATE employee SET name = c.name, front_title = c.front_title, back_title = c.back_title,
            birth_date = c.birth_date, sex = c.sex
        FROM import_change c
        WHERE employee.tenant_id = $1 AND c.tenant_id = $1 AND c.import_id = $2
          AND c.employee_id = employee.employee_id";
    let restored = tx.execute(restore, params![import]).await?;
    Ok(Undone { people, restored, numbers, facts, punches })
}
