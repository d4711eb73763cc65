//! Whether an import of employees can still be taken back; [`crate::import::undo`] does it.

use domain::{
    ids::{ImportId, UnitId},
    month::Month,
};
use jiff::Timestamp;

use crate::{
    error::Result,
    import::FileImport,
    sql::{
        record::{Record, record},
        value::params,
    },
    tx::Tx,
};

record! {
    /// How much was built on an import; all zero means that it can be taken back.
    pub struct Dependents {
        /// Leave, duty and other statuses of the people it added.
        pub statuses: i64,
        /// Logins of these people.
        pub accounts: i64,
        /// Facts about these people from elsewhere.
        pub facts: i64,
        /// People from elsewhere whose superior is one of them.
        pub subordinates: i64,
        /// Punches, shifts and attendance at events entered by hand for them.
        pub entries: i64,
        /// People whose names a later import has changed again.
        pub renamed: i64,
        /// Months closed since the import that it reaches into.
        pub locked_months: i64,
    }
}

impl Dependents {
    /// Whether nothing was built on it.
    pub fn is_empty(&self) -> bool {
        [
            self.statuses,
            self.accounts,
            self.facts,
            self.subordinates,
            self.entries,
            self.renamed,
            self.locked_months,
        ]
        .iter()
        .all(|count| *count == 0)
    }
}

/// What was built on an import that holds from `first` month on and was made at `imported_at`. One statement.
///
/// # Errors
/// As every call.
pub async fn dependents(
    tx: &mut Tx,
    import: ImportId,
    first: Month,
    imported_at: Timestamp,
) -> Result<Dependents> {
    let sql = "WITH added AS (
            SELECT employee_id FROM employee
            WHERE tenant_id = $1 AND import_id = $2 AND withdrawn_at IS NULL)
        SELECT
        (SELECT COUNT(*) FROM added CROSS JOIN person_status s
         WHERE s.employee_id = added.employee_id AND s.tenant_id = $1 AND s.revoked_at IS NULL) AS statuses,
        (SELECT COUNT(*) FROM added CROSS JOIN account a
         WHERE a.employee_id = added.employee_id AND a.tenant_id = $1) AS accounts,
        (SELECT COUNT(*) FROM added CROSS JOIN employee_attribute f
         WHERE f.employee_id = added.employee_id AND f.tenant_id = $1 AND f.revoked_at IS NULL AND (f.import_id IS NULL OR f.import_id <> $2)) AS facts,
        (SELECT COUNT(*) FROM added CROSS JOIN employee_attribute f
         WHERE f.ref_id = added.employee_id AND f.tenant_id = $1 AND f.attribute = 'superior' AND f.revoked_at IS NULL
           AND (f.import_id IS NULL OR f.import_id <> $2)) AS subordinates,
        (SELECT COUNT(*) FROM added CROSS JOIN punch p
         WHERE p.employee_id = added.employee_id AND p.tenant_id = $1 AND p.source = 'manual' AND p.voided_at IS NULL)
        + (SELECT COUNT(*) FROM added CROSS JOIN roster_entry r
           WHERE r.employee_id = added.employee_id AND r.tenant_id = $1 AND r.revoked_at IS NULL)
        + (SELECT COUNT(*) FROM added CROSS JOIN month_input i
           WHERE i.employee_id = added.employee_id AND i.tenant_id = $1 AND i.revoked_at IS NULL)
        + (SELECT COUNT(*) FROM added CROSS JOIN event_attendance e
           WHERE e.employee_id = added.employee_id AND e.tenant_id = $1) AS entries,
        (SELECT COUNT(*) FROM file_import f CROSS JOIN import_change later CROSS JOIN import_change mine
         WHERE later.tenant_id = $1 AND later.import_id = f.import_id AND f.tenant_id = $1
           AND mine.employee_id = later.employee_id AND mine.tenant_id = $1 AND mine.import_id = $2 AND f.imported_at > $4 AND f.undone_at IS NULL) AS renamed,
        (SELECT COUNT(*) FROM month_close c
         WHERE c.tenant_id = $1 AND c.state <> 'reopened' AND c.at > $4 AND c.month >= $3
           AND c.version = (SELECT MAX(n.version) FROM month_close n
                WHERE n.tenant_id = $1 AND n.unit_id = c.unit_id AND n.month = c.month)) AS locked_months";
    tx.fetch_optional(sql, params![import, first, imported_at])
        .await?
        .ok_or_else(|| crate::StoreError::not_found("import"))
}

/// An import by its id.
///
/// # Errors
/// [`crate::ErrorKind::NotFound`] when there is none.
pub async fn find(tx: &mut Tx, import: ImportId) -> Result<FileImport> {
    let sql = format!("SELECT {} FROM file_import WHERE tenant_id = $1 AND import_id = $2", FileImport::LIST);
    tx.fetch_optional(sql, params![import]).await?.ok_or_else(|| crate::StoreError::not_found("import"))
}

/// Removes those of `units` that nothing refers to any more; how many. Give children before their parents.
///
/// # Errors
/// As every call.
pub async fn remove_unused_units(tx: &mut Tx, units: &[UnitId]) -> Result<u64> {
    let sql = "DELETE FROM org_unit WHERE tenant_id = $1 AND unit_id = $2
        AND NOT EXISTS (SELECT 1 FROM org_unit c WHERE c.tenant_id = $1 AND c.parent_id = $2)
        AND NOT EXISTS (SELECT 1 FROM employee_attribute a
            WHERE a.tenant_id = $1 AND a.ref_id = $2 AND a.attribute = 'unit' AND a.revoked_at IS NULL)
        AND NOT EXISTS (SELECT 1 FROM opd_stage s WHERE s.tenant_id = $1 AND s.unit_id = $2)
        AND NOT EXISTS (SELECT 1 FROM role_grant g WHERE g.tenant_id = $1 AND g.unit_id = $2)
        AND NOT EXISTS (SELECT 1 FROM unit_schedule u WHERE u.tenant_id = $1 AND u.unit_id = $2)
        AND NOT EXISTS (SELECT 1 FROM terminal t WHERE t.tenant_id = $1 AND t.unit_id = $2)
        AND NOT EXISTS (SELECT 1 FROM month_close m WHERE m.tenant_id = $1 AND m.unit_id = $2)
        AND NOT EXISTS (SELECT 1 FROM tpp_amount p WHERE p.tenant_id = $1 AND p.unit_id = $2)";
    let mut removed = 0;
    for unit in units {
        removed += tx.execute(sql, params![*unit]).await?;
    }
    Ok(removed)
}
